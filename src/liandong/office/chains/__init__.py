"""Chains: the plan, its diagnosis, its gaps."""
