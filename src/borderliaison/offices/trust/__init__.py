"""Which directories this node holds, which of them count, and whom to exchange with by them."""
