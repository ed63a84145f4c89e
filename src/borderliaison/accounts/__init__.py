"""Who may sign in on this node, and which reader a request speaks for. Never knows what is read."""
