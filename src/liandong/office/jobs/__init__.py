"""Jobs: what runs in the background, how far it is, stop and start again."""
