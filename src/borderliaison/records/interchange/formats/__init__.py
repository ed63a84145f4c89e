"""Files of other systems, each read into and written from the in-between form. Pure but for the file."""
