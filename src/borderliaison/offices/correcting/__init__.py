"""What an office's administrator corrects in the network, and its undoing."""
