"""Writing sealed bodies: own ones when they are sealed, others' when they come."""

from collections.abc import Iterable
from typing import Final

from borderliaison.sql.statements import run_each

_BODY: Final = "INSERT INTO exchange_body (body_hash, content, size) VALUES (%s, %s, %s)"


def write_bodies(bodies: Iterable[tuple[bytes, bytes]]) -> None:
    """Write sealed bodies, each given by its hash and its content."""
    run_each(_BODY, [(digest, content, len(content)) for digest, content in bodies])
