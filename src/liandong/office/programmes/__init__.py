"""Programmes: talent plans, funds, policies; who qualifies, who applied, what was granted."""
