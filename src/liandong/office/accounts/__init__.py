"""Accounts: coming in, one's own account and tokens, and who may do what."""
