"""May this office exchange with that one now? A pure decision with its reason and its dates.

Source: docs/protocols/PR-3-directory.md, section 5.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from borderliaison.kernel.ids import OfficeCode
from borderliaison.offices.codes import country_of, is_code
from borderliaison.offices.directory.document import Directory
from borderliaison.offices.directory.listed import ListedOffice, Revocation
from borderliaison.offices.trust.held import Trust

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
    DIRECTORY_BEHIND = "directory_behind"
    NOT_RECOGNISED = "not_recognised"
    NO_FOREIGN_DIRECTORY = "no_foreign_directory"
    DOES_NOT_RECOGNISE_US = "does_not_recognise_us"
    UNKNOWN_OFFICE = "unknown_office"
    LAPSED = "lapsed"
    REVOKED = "revoked"
    KEYS_EXPIRED = "keys_expired"
    OWN_KEYS_EXPIRED = "own_keys_expired"
    OWN_KEYS_REVOKED = "own_keys_revoked"

    @property
    def standing(self) -> str:
        """The same in the exchange's words (``exchange.ports.Standing``)."""
        return _STANDINGS.get(self, "unknown_office")


_STANDINGS: Final = {
    Reason.OWN_COUNTRY: "allowed",
    Reason.RECOGNISED: "allowed",
    Reason.NOT_RECOGNISED: "not_recognised",
    Reason.DOES_NOT_RECOGNISE_US: "not_recognised",
    Reason.LAPSED: "directory_expired",
    Reason.REVOKED: "revoked",
    Reason.KEYS_EXPIRED: "keys_expired",
    Reason.OWN_KEYS_EXPIRED: "own_keys",
    Reason.OWN_KEYS_REVOKED: "own_keys",
}


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
        revocation: the newest of the office's revocations, where that is the reason.
    """

    may_send: bool
    may_receive: bool
    reason: Reason
    warn: bool = False
    expires: datetime | None = None
    stops: datetime | None = None
    revocation: Revocation | None = None

    @property
    def allowed(self) -> bool:
        """Whether a letter may go to that office."""
        return self.may_send


def validity(directory: Directory, now: datetime) -> Validity:
    """Return how a directory stands at ``now``."""
    if now < directory.valid_until:
        return Validity.VALID
    return Validity.EXPIRED if now < directory.valid_until + GRACE else Validity.LAPSED


def judge(trust: Trust, office: OfficeCode, now: datetime, us: OfficeCode | None = None) -> Verdict:
    """Decide whether this node may exchange with an office at ``now``.

    Args:
        trust: what this node goes by.
        office: the other office.
        now: the present instant.
        us: this node's own office, whose keys must be good, too; not looked at where nothing is said.
    """
    refusal = _refusal(trust, office)
    if refusal is not None:
        return Verdict(False, False, refusal, revocation=_revoked(trust, office, refusal))
    country = country_of(office)
    stopped = _stopped(trust, office, now, us)
    if stopped is not None:
        return Verdict(False, True, stopped)
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
    if listed_in(directory, office) is not None:
        return None
    return Reason.REVOKED if newest_revocation(directory, office) else Reason.UNKNOWN_OFFICE


def _revoked(trust: Trust, office: OfficeCode, refusal: Reason) -> Revocation | None:
    directory = trust.directory_of(country_of(office)) if refusal is Reason.REVOKED else None
    return newest_revocation(directory, office) if directory else None


def _stopped(
    trust: Trust, office: OfficeCode, now: datetime, us: OfficeCode | None
) -> Reason | None:
    """Return why nothing is sent because of the two offices' own keys."""
    if trust.own is not None and us is not None:
        ours = listed_in(trust.own, us)
        if ours is None and newest_revocation(trust.own, us) is not None:
            return Reason.OWN_KEYS_REVOKED
        if ours is not None and now >= ours.not_after:
            return Reason.OWN_KEYS_EXPIRED
    directory = trust.directory_of(country_of(office))
    theirs = listed_in(directory, office) if directory else None
    return Reason.KEYS_EXPIRED if theirs is not None and now >= theirs.not_after else None


def listed_in(directory: Directory, office: OfficeCode) -> ListedOffice | None:
    """Return an office as a directory lists it."""
    return next((one for one in directory.offices if one.public.office == office), None)


def newest_revocation(directory: Directory, office: OfficeCode) -> Revocation | None:
    """Return the revocation of an office's keys that counts from the latest instant on."""
    revoked = [one for one in directory.revoked if one.office == office]
    return max(revoked, key=lambda one: one.since, default=None)
