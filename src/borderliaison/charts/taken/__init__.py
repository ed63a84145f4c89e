"""A chart taken away: as a picture, on paper, as one file; under its marking and for a purpose."""
