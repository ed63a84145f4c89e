"""What a network's shape says of each of its nodes: exact, undirected, parallel lines as one. Pure."""
