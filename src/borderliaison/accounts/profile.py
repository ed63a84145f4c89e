"""An officer's account in words, for his own page."""

from dataclasses import dataclass

from django.utils.translation import get_language_info

from borderliaison.accounts.models import Account, Clearance, Role
from borderliaison.offices.models import Agency, Office


@dataclass(frozen=True, slots=True)
class Profile:
    """What an officer reads about himself, in his language.

    Attributes:
        languages: that he speaks, each by its own name.
    """

    office: str
    agency: str
    role: str
    clearance: str
    languages: tuple[str, ...]


def profile_of(account: Account) -> Profile:
    """Put an account into words; codes stand where the directory has no name."""
    office = Office.objects.filter(code=account.office).first()
    agency = Agency.objects.filter(code=account.agency).first()
    return Profile(
        office=office.name if office else account.office,
        agency=agency.name if agency else account.agency,
        role=str(Role(account.role).label),
        clearance=str(Clearance(account.clearance).label),
        languages=tuple(_own_name(code) for code in account.languages),
    )


def _own_name(code: str) -> str:
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code
