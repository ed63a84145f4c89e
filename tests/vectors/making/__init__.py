"""How the vectors of PR-1 are made. One module for each file of vectors."""
