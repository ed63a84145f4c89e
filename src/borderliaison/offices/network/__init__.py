"""The network as it is shipped, and loading it."""
