"""What a network's shape says of each of its nodes: undirected, parallel lines as one. Pure."""
