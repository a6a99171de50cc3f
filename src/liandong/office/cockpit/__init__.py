"""Cockpit: what one sees first; and what belongs to no subject: search, the language."""
