"""Template tags of the pages that join packages."""
