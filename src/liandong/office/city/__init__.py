"""City: what its pages state of it, and of others beside it."""
