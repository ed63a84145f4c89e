"""Who and what answers a question, for one reader, and why."""
