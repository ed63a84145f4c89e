"""Taking in: a file is sent, read, tried, written to the records in pieces, and taken back."""
