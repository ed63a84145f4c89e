"""Fixed SQL for what runs with every letter and every page, on SQLite and PostgreSQL alike."""
