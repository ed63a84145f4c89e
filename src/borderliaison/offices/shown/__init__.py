"""The network and its directory as officers and administrators read them."""
