"""What an authority signs, and what it is asked to sign: files that travel. Pure."""
