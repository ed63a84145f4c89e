"""Who may ask for the figures: whoever shows the token in ``keys/metrics.token``, and nobody without one.

Where there is no such file the figures are closed, and ``/metrics`` is answered like any address that does
not exist. Where a request comes from opens nothing: behind a proxy all of them come from this machine.
"""

import re
from collections.abc import Iterable
from enum import Enum
from hmac import compare_digest
from pathlib import Path
from stat import S_IMODE
from typing import Final

TOKEN_NAME: Final = "metrics.token"  # noqa: S105  # a file, not what is in it
MIN_TOKEN: Final = 32
MAX_TOKEN: Final = 512
_BEARER: Final = re.compile(r"bearer +(\S+)", re.IGNORECASE)


class Access(Enum):
    """What becomes of a request."""

    CLOSED = "closed"
    """No token is kept here."""
    UNSAFE = "unsafe"
    """Others than its owner may read the token, or it is too short to be one."""
    REFUSED = "refused"
    """The request shows no token, or another."""
    ALLOWED = "allowed"


def token_path(node: Path) -> Path:
    """Return where a node keeps the token."""
    return node / "keys" / TOKEN_NAME


def access(node: Path, headers: Iterable[tuple[bytes, bytes]]) -> Access:
    """Decide about one request.

    Args:
        node: the node's directory.
        headers: of the request, their names in small letters.
    """
    path = token_path(node)
    try:
        mode = S_IMODE(path.stat().st_mode)
        token = path.read_bytes()[: MAX_TOKEN + 1].strip()
    except OSError:
        return Access.CLOSED
    if mode & 0o077 or not MIN_TOKEN <= len(token) <= MAX_TOKEN:
        return Access.UNSAFE
    given = [value.decode("latin-1") for name, value in headers if name == b"authorization"]
    shown = _BEARER.fullmatch(given[0]) if len(given) == 1 else None
    if shown is None or not compare_digest(shown[1].encode("latin-1"), token):
        return Access.REFUSED
    return Access.ALLOWED
