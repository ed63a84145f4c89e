"""The authority's desk: a folder on a machine of its own, where requests become a signed directory."""
