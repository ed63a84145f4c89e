"""The accounts of this node, for the administrator."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator

from borderliaison.accounts.models import Account
from borderliaison.accounts.second_factor import SECOND_FACTORS


@dataclass(frozen=True, slots=True)
class Line:
    """One account.

    Attributes:
        second_steps: the kinds it has: ``webauthn``, ``totp``.
    """

    login: str
    officer: str
    office: str
    agency: str
    role: str
    clearance: int
    active: bool
    must_change_password: bool
    second_steps: tuple[str, ...]


def listing() -> list[Line]:
    """Return all accounts, by login name."""
    steps: dict[int, set[str]] = {}
    for account_id, kind in Authenticator.objects.filter(type__in=SECOND_FACTORS).values_list(
        "user_id", "type"
    ):
        steps.setdefault(account_id, set()).add(kind)
    return [
        Line(
            login=one.login,
            officer=one.officer_id,
            office=one.office,
            agency=one.agency,
            role=one.role,
            clearance=one.clearance,
            active=one.is_active,
            must_change_password=one.password_is_initial,
            second_steps=tuple(sorted(steps.get(one.pk, ()))),
        )
        for one in Account.objects.order_by("login")
    ]
