"""Draw one file anew: ``python -m borderliaison.files.reworking KIND``; the file on stdin, open to seek.

What comes out is one canonical map: the shared copy and the preview, or the code of what is wrong.
"""

import resource
import sys

from borderliaison.files.limits import CPU_S, MAX_SHEAF_BYTES, MEMORY_BYTES
from borderliaison.kernel.confined import confine


def _shut() -> None:
    """Open nothing any more: no file, no connection. What is to be read has been read."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def _work(kind_said: str) -> dict[str, object]:
    from borderliaison.files.errors import BrokenFile, FilesError, TooDemanding  # noqa: PLC0415
    from borderliaison.files.kinds import Kind  # noqa: PLC0415
    from borderliaison.files.reworking.drawing import page_of, preview_of  # noqa: PLC0415
    from borderliaison.files.reworking.opening import load_decoders, pages_of  # noqa: PLC0415
    from borderliaison.files.sheaf import Page, Sheaf  # noqa: PLC0415

    kind, data = Kind(kind_said), sys.stdin.buffer.read()
    load_decoders()
    _shut()
    try:
        pages: list[Page] = []
        preview: Page | None = None
        for one in pages_of(kind, data):
            preview = preview or preview_of(one.picture)
            pages.append(page_of(one.picture, lossless=one.is_lossless))
            if sum(len(one.data) for one in pages) > MAX_SHEAF_BYTES:
                raise TooDemanding("a shared copy of this size")  # likewise
        if preview is None:
            raise BrokenFile("nothing to see")  # one way out for all that is wrong
        sheaf, small = Sheaf(tuple(pages)).encode(), Sheaf((preview,)).encode()
    except FilesError as error:
        return {"code": error.code}
    except MemoryError:
        return {"code": TooDemanding.code}
    else:
        return {"code": "", "sheaf": sheaf, "preview": small}


def main() -> None:
    """Do it, confined, and write what came of it."""
    confine(memory_bytes=MEMORY_BYTES, cpu_s=CPU_S, written_bytes=2 * MAX_SHEAF_BYTES)
    done = _work(sys.argv[1])
    from borderliaison.kernel import canonical  # noqa: PLC0415

    sys.stdout.buffer.write(canonical.encode(done))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
