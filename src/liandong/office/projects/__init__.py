"""Projects: from lead to production, by gates, reviews and promises, on a board, in a table, page by page."""
