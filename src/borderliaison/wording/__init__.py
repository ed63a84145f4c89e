"""What pages of several packages say in the same words: the marking of a thing, as its reader knows it."""
