"""Audit: the log of every change and export, for those who check it."""
