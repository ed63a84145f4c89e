"""The worker: the one process that holds the private keys, and its links to the peers."""
