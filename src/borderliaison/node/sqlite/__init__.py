"""Django's SQLite backend with one writer at a time across the node's processes."""
