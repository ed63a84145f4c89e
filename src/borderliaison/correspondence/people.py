"""Who writes, and what a role may do. An author is the office's own assertion about its officer."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from borderliaison.kernel.ids import AgencyCode, OfficeCode, OfficerId
from borderliaison.kernel.policy import Reader


class Role(StrEnum):
    """What an officer does in the office."""

    LIAISON = "liaison"
    DUTY = "duty"
    HEAD = "head"
    ANALYST = "analyst"
    OBSERVER = "observer"


AUTHORISING: frozenset[str] = frozenset({Role.DUTY, Role.HEAD})
"""The roles whose holders may authorise what crosses a border."""

WRITING: frozenset[str] = frozenset(Role) - {Role.OBSERVER}


@dataclass(frozen=True, slots=True)
class Author:
    """An officer as he appears on what he writes."""

    officer: OfficerId
    name: str
    role: str
    office: OfficeCode
    agency: AgencyCode


class HasOfficer(Protocol):
    """What of an account is needed to know the officer: ``accounts.Account`` has it."""

    officer_id: str
    full_name: str
    office: str
    agency: str

    @property
    def role_now(self) -> str:
        """What the officer does where he works now."""
        ...


def author_of(account: HasOfficer) -> Author:
    """Return the officer behind an account."""
    return Author(
        OfficerId(account.officer_id),
        account.full_name,
        account.role_now,
        OfficeCode(account.office),
        AgencyCode(account.agency),
    )


@dataclass(frozen=True, slots=True)
class Acting:
    """An officer at work: what he may read, and who he is."""

    reader: Reader
    author: Author
