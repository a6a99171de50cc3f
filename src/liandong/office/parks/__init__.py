"""Parks: what they have, who may come, who came."""
