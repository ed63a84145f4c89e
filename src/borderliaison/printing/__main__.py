"""Set one document: ``python -m borderliaison.printing SECONDS``; its data on stdin, open to seek.

SECONDS is the file's own date, in Unix time. What comes out is the PDF, or nothing and a status: 2 where
the template refuses the data.
"""

import sys
from pathlib import Path
from typing import Final, Literal

from borderliaison.kernel.confined import confine
from borderliaison.printing.limits import CPU_S, MAX_PDF_BYTES, MEMORY_BYTES

TEMPLATE = Path(__file__).with_name("template.typ")
STANDARDS: Final[tuple[Literal["a-2a", "ua-1"], ...]] = ("a-2a", "ua-1")
"""An archive's PDF whose parts are named for those who hear it."""
REFUSED = 2
DATA = "/proc/self/fd"
"""All that the template can open: it reads ``/0``, this process's input."""


def main() -> None:
    """Do it, confined."""
    confine(memory_bytes=MEMORY_BYTES, cpu_s=CPU_S, written_bytes=MAX_PDF_BYTES)
    import typst  # noqa: PLC0415 - within the limits

    from borderliaison.printing.letters import font_paths  # noqa: PLC0415

    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[one.parent for one in font_paths()],
    )
    press = typst.Compiler(
        TEMPLATE.read_bytes(), root=DATA, font_paths=fonts, ignore_system_fonts=True
    )
    try:
        pdf = press.compile(format="pdf", pdf_standards=[*STANDARDS], timestamp=int(sys.argv[1]))
    except typst.TypstError:  # its words would hold what somebody wrote
        sys.exit(REFUSED)
    if not isinstance(pdf, bytes):
        sys.exit(REFUSED)
    sys.stdout.buffer.write(pdf)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
