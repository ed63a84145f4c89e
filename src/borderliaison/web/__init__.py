"""The URL map, and the pages that join several packages."""
