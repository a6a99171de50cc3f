"""Evidence: what a figure stands on, the same drawer from everywhere."""
