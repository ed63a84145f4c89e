"""Import specifications: which columns of a table make which things and links. Data, pure."""
