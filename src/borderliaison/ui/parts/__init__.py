"""What components are given: frozen data, in words that are already in the officer's language."""
