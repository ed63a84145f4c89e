"""The registers of incoming and outgoing correspondence of each agency."""
