"""May this office exchange with that one now? A pure decision with its reason and its dates.

Source: docs/protocols/PR-3-directory.md, section 5.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from borderliaison.kernel.ids import OfficeCode
from borderliaison.offices.codes import country_of, is_code
from borderliaison.offices.directory import Directory
from borderliaison.offices.trust import Trust

GRACE: Final = timedelta(days=30)
"""How long after expiry letters are still sent across borders, with a warning."""


class Validity(StrEnum):
    """How a directory stands against its dates."""

    VALID = "valid"
    EXPIRED = "expired"
    """Expired less than 30 days ago: everything works and everyone is warned."""
    LAPSED = "lapsed"
    """Expired 30 days ago or more: nothing is sent across a border."""


class Reason(StrEnum):
    """Why an office may, or may not, exchange with another. Worded in ``wording``."""

    OWN_COUNTRY = "own_country"
    RECOGNISED = "recognised"
    NO_OWN_DIRECTORY = "no_own_directory"
    NOT_RECOGNISED = "not_recognised"
    NO_FOREIGN_DIRECTORY = "no_foreign_directory"
    DOES_NOT_RECOGNISE_US = "does_not_recognise_us"
    UNKNOWN_OFFICE = "unknown_office"
    LAPSED = "lapsed"

    @property
    def standing(self) -> str:
        """The same in the exchange's four words (``exchange.ports.Standing``)."""
        if self in (Reason.OWN_COUNTRY, Reason.RECOGNISED):
            return "allowed"
        if self in (Reason.NOT_RECOGNISED, Reason.DOES_NOT_RECOGNISE_US):
            return "not_recognised"
        return "directory_expired" if self is Reason.LAPSED else "unknown_office"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer.

    Attributes:
        may_send: whether a letter may go to that office.
        may_receive: whether what comes from it is taken in. Expiry never closes this direction.
        reason: why.
        warn: whether a directory that this rests on has expired.
        expires: when the first directory that this rests on expires, where there is one.
        stops: when sending stops because of that, where the office is abroad.
    """

    may_send: bool
    may_receive: bool
    reason: Reason
    warn: bool = False
    expires: datetime | None = None
    stops: datetime | None = None

    @property
    def allowed(self) -> bool:
        """Whether a letter may go to that office."""
        return self.may_send


def validity(directory: Directory, now: datetime) -> Validity:
    """Return how a directory stands at ``now``."""
    if now < directory.valid_until:
        return Validity.VALID
    return Validity.EXPIRED if now < directory.valid_until + GRACE else Validity.LAPSED


def judge(trust: Trust, office: OfficeCode, now: datetime) -> Verdict:
    """Decide whether this node may exchange with an office at ``now``."""
    refusal = _refusal(trust, office)
    if refusal is not None:
        return Verdict(False, False, refusal)
    country = country_of(office)
    dates = [one.valid_until for one in (trust.own, trust.directory_of(country)) if one]
    expires = min(dates)
    if country == trust.pin.country:
        return Verdict(True, True, Reason.OWN_COUNTRY, now >= expires, expires)
    stops = expires + GRACE
    if now >= stops:
        return Verdict(False, True, Reason.LAPSED, True, expires, stops)
    return Verdict(True, True, Reason.RECOGNISED, now >= expires, expires, stops)


def _refusal(trust: Trust, office: OfficeCode) -> Reason | None:
    if trust.own is None:
        return Reason.NO_OWN_DIRECTORY
    country = country_of(office) if is_code(office) else trust.pin.country
    if trust.recognised(country) is None:
        return Reason.NOT_RECOGNISED
    directory = trust.directory_of(country)
    if directory is None:
        return Reason.NO_FOREIGN_DIRECTORY
    if country != trust.pin.country and not trust.recognises_us(country):
        return Reason.DOES_NOT_RECOGNISE_US
    listed = any(one.public.office == office for one in directory.offices)
    return None if listed else Reason.UNKNOWN_OFFICE
