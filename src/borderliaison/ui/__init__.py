"""Base templates, components, static files, islands. Knows nothing of what the pages are about."""
