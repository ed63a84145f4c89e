"""Who takes records in and out, and how many files of his are kept for him at once."""

from dataclasses import dataclass
from typing import Final

from borderliaison.accounts.models import Account, Role
from borderliaison.records.interchange.errors import NotYourTask

PLACES: Final = 4
"""How many files of one officer wait at once; beyond that the one that waits longest is let go."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose a file is.

    Attributes:
        officer: his id.
        realm: in which he works.
        token: the key of the program that sent it; empty for a page.
    """

    officer: str
    realm: str
    token: str = ""


def check_task(account: Account) -> None:
    """Look whether an officer may take records in or out.

    Raises:
        NotYourTask: he only reads.
    """
    if account.role_now == Role.OBSERVER:
        raise NotYourTask
