"""One office in a signed directory: its keys now and before, until when, and which count no more. Pure.

Source: PR-3 (docs/protocols), section 1.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final, Self

from borderliaison.kernel.ids import AgencyCode, OfficeCode
from borderliaison.kernel.keys import ED25519_BYTES, OfficePublic, SealSuite
from borderliaison.offices.errors import MalformedDirectory

VERSION: Final = 2
EARLIER_VERSION: Final = 1
"""Still read: without link keys, dates of keys, earlier keys and revocations."""
SEAL_KEY_BYTES: Final = {SealSuite.HYBRID: 1184 + 32, SealSuite.X25519: 32}
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
FOREVER: Final = datetime(9999, 12, 31, tzinfo=UTC)


class RevocationReason(StrEnum):
    """Why a key counts no more. Worded in ``wording``."""

    STOLEN = "stolen"
    LOST = "lost"
    SUSPECTED = "suspected"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class RetiredKey:
    """An earlier key of a listed office.

    Attributes:
        sign_key: raw Ed25519 public key.
        link_key: the one that belongs to it; empty where it had none.
        until: how long what it signed is still taken in.
    """

    sign_key: bytes
    link_key: bytes
    until: datetime

    def to_data(self) -> dict[str, Any]:
        """Return plain data for canonical encoding; without a link key where there is none."""
        link = {"link_key": self.link_key} if self.link_key else {}
        return {"sign_key": self.sign_key, **link, "until": to_ms(self.until)}

    @classmethod
    def from_data(cls, data: Any) -> Self:
        """Read what ``to_data`` wrote."""
        return cls(data["sign_key"], data.get("link_key", b""), from_ms(data["until"]))


@dataclass(frozen=True, slots=True)
class Revocation:
    """A key that counts no more, whatever it signed and whenever.

    Attributes:
        office: whose it was.
        sign_key: raw Ed25519 public key.
        since: from when on the authority doubts what it signed.
        reason: why.
    """

    office: OfficeCode
    sign_key: bytes
    since: datetime
    reason: RevocationReason

    def to_data(self) -> dict[str, Any]:
        """Return plain data for canonical encoding."""
        return {
            "office": self.office,
            "sign_key": self.sign_key,
            "since": to_ms(self.since),
            "reason": str(self.reason),
        }

    @classmethod
    def from_data(cls, data: Any) -> Self:
        """Read what ``to_data`` wrote."""
        reason = RevocationReason(data["reason"])
        return cls(OfficeCode(data["office"]), data["sign_key"], from_ms(data["since"]), reason)


@dataclass(frozen=True, slots=True)
class ListedOffice:
    """One office of the country.

    Attributes:
        public: its keys. Letters to it are sealed to them from now on.
        agencies: those that work in it.
        since: from when on it signs with them; with the newest earlier ones until then.
        not_after: when they expire.
        retired: its earlier keys, in the order of ``until``.
    """

    public: OfficePublic
    agencies: tuple[AgencyCode, ...]
    since: datetime = EPOCH
    not_after: datetime = FOREVER
    retired: tuple[RetiredKey, ...] = ()

    def to_data(self, version: int = VERSION) -> dict[str, Any]:
        """Return plain data for canonical encoding."""
        data = {**self.public.to_data(), "agencies": sorted(self.agencies)}
        if version == EARLIER_VERSION:
            return data
        retired = sorted(self.retired, key=lambda one: (one.until, one.sign_key))
        return {
            **data,
            "since": to_ms(self.since),
            "not_after": to_ms(self.not_after),
            "retired": [one.to_data() for one in retired],
        }

    @classmethod
    def from_data(cls, data: Any, version: int = VERSION) -> Self:
        """Read what ``to_data`` wrote."""
        keys = dict(data)
        agencies = keys.pop("agencies")
        if not isinstance(agencies, list):
            raise MalformedDirectory("agencies are not a list")
        codes = tuple(AgencyCode(one) for one in agencies)
        if version == EARLIER_VERSION:
            return cls(OfficePublic.from_data(keys), codes)
        since, not_after = from_ms(keys.pop("since")), from_ms(keys.pop("not_after"))
        retired = tuple(RetiredKey.from_data(one) for one in keys.pop("retired"))
        return cls(OfficePublic.from_data(keys), codes, since, not_after, retired)

    def all_keys(self) -> list[bytes]:
        """Return every key that may be listed only once."""
        own = [self.public.sign_key, self.public.seal_key, self.public.link_key]
        earlier = [key for one in self.retired for key in (one.sign_key, one.link_key)]
        return [key for key in (*own, *earlier) if key]

    def check(self, version: int) -> None:
        """Check the form of keys and dates.

        Raises:
            MalformedDirectory: they are not what they should be.
        """
        code = self.public.office
        if not has_right_keys(self.public):
            raise MalformedDirectory(f"{code}: not a key of its suite")
        if not self.agencies or len(set(self.agencies)) != len(self.agencies):
            raise MalformedDirectory("an office lists no agency, or one twice")
        if version == EARLIER_VERSION:
            if self != ListedOffice(replace(self.public, link_key=b""), self.agencies):
                raise MalformedDirectory(f"{code}: more than version 1 can say")
            return
        sign = [one.sign_key for one in self.retired]
        link = [
            key for key in (self.public.link_key, *(one.link_key for one in self.retired)) if key
        ]
        if not all(is_key(key) for key in (*sign, *link)):
            raise MalformedDirectory(f"{code}: not a key of 32 bytes")
        if self.since >= self.not_after:
            raise MalformedDirectory(f"{code}: its keys expire before they are used")


def has_right_keys(public: OfficePublic) -> bool:
    """Whether an office's sealing key is of a suite that is in use, and of its length."""
    return SEAL_KEY_BYTES.get(public.seal_suite) == len(public.seal_key)


def to_ms(instant: datetime) -> int:
    """Return whole milliseconds since 1970.

    Raises:
        MalformedDirectory: the instant is finer than that.
    """
    count, rest = divmod(instant - EPOCH, timedelta(milliseconds=1))
    if rest:
        raise MalformedDirectory("an instant is finer than a millisecond")
    return count


def from_ms(count: int) -> datetime:
    """Return the instant that ``to_ms`` wrote."""
    if type(count) is not int:
        raise MalformedDirectory("an instant is not a whole number")
    return EPOCH + timedelta(milliseconds=count)


def is_key(key: Any) -> bool:
    """Whether this is as long as an Ed25519 public key."""
    return isinstance(key, bytes) and len(key) == ED25519_BYTES
