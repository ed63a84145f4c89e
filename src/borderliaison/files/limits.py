"""How large files may be. Known to the process that opens them, which knows little else."""

from typing import Final

MAX_FILE_BYTES: Final = 30 * 1000 * 1000
"""Of what an officer adds."""
MAX_FILES: Final = 12
"""In one report or message."""
MAX_PIXELS: Final = 50_000_000
"""Of a picture; also of all that a page of a document would be drawn to."""
MAX_PAGES: Final = 40
PICTURE_SIDE: Final = 4096
"""The longer side of a shared picture, in points."""
PAGE_SIDE: Final = 2200
"""The longer side of a page of a document: 190 dots an inch on A4."""
PREVIEW_SIDE: Final = 1280
PREVIEW_BYTES: Final = 150_000
MAX_SHEAF_BYTES: Final = 48 * 1000 * 1000
"""All pages of a shared copy."""
MEMORY_BYTES: Final = 1500 * 1024 * 1024
CPU_S: Final = 40
PATIENCE_S: Final = 150.0
"""How long a file may take to open, on a machine that is busy with other things."""
