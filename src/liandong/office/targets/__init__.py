"""Targets: whom to court, why, and who does."""
