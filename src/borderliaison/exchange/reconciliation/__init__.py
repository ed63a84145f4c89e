"""What two offices tell each other of their ledgers: heads, acknowledgements, what is lacking."""
