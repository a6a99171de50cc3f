"""Liandong: industrial-transfer matchmaking, from a city's page to targets and sourced briefs."""

__version__ = "0.1.0"
