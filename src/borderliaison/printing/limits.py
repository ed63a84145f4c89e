"""How much one document may hold and cost. Known to the process that sets it, which knows little else."""

from typing import Final

MAX_DATA_BYTES: Final = 24 * 1000 * 1000
"""Of a document as it is handed over: words and pictures."""
MAX_PDF_BYTES: Final = 48 * 1000 * 1000
MAX_TABLE_ROWS: Final = 5000
"""Of all tables of a document; a register of a busy year."""
MEMORY_BYTES: Final = 1500 * 1024 * 1024
CPU_S: Final = 60
PATIENCE_S: Final = 150.0
"""How long a document may take, on a machine that is busy with other things."""
