"""The interned markings, the marked row, and the one filter ``readable_by(reader)``."""
