"""What OGC API Features asks of an address: its parameters, and its own description of itself."""
