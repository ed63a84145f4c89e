"""Files of the authority's desk: never over another one, and in its own words where one is lacking."""

from pathlib import Path

from borderliaison.kernel import durable
from borderliaison.offices.errors import AuthorityError


def write_new(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, and never over another one.

    Raises:
        AuthorityError: there is one already.
    """
    try:
        durable.write_new(path, data)
    except FileExistsError as error:
        raise AuthorityError(f"{path.name} exists already") from error


def remove(folder: Path, name: str) -> None:
    """Remove the file of one who is listed.

    Raises:
        AuthorityError: there is none.
    """
    try:
        durable.remove(folder / name)
    except FileNotFoundError as error:
        raise AuthorityError(f"{name.partition('.')[0]} is not listed") from error
