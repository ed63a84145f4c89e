"""Judging one entry of a good chain: the letter that it brings, or the code with which it is refused.

A refused entry is ledgered and acknowledged like any other, so that the stream goes on and the sender
is told. Pure, but for the cryptography.
"""

from collections.abc import Callable, Container
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from borderliaison.exchange.core.bounds import is_officer_of, is_oversize
from borderliaison.exchange.core.delivery import open_delivery
from borderliaison.exchange.core.entry import Entry
from borderliaison.exchange.core.errors import (
    BodyTooLarge,
    LetterMismatch,
    UnknownKind,
    UnsupportedSuite,
    UnsupportedVersion,
    WireError,
    WrongOffice,
)
from borderliaison.exchange.core.keys import Openers
from borderliaison.exchange.core.letter import Letter, LetterKind
from borderliaison.kernel.cose import BadSignature, RevokedKey
from borderliaison.kernel.errors import LiaisonError, MalformedData
from borderliaison.kernel.keys import Signer
from borderliaison.kernel.marking import NODE_CEILING, Marking
from borderliaison.kernel.realm import Realm

LATEST_MS: Final = 253_402_300_799_000
"""The last second of the year 9999, UTC: no calendar goes further."""


class Refusal(StrEnum):
    """Why a node refuses what an entry brings. The sender sees the code."""

    FORBIDDEN = "forbidden"
    """This office may not exchange letters with the sender."""
    UNDECRYPTABLE = "undecryptable"
    """It does not open with this office's key."""
    TOO_LARGE = "too_large"
    """The body is larger than 1 MiB."""
    ERASED = "erased"
    """The sender has erased the body and says so, signed."""
    MALFORMED = "malformed"
    """What is inside is not a letter in its one form."""
    UNSUPPORTED = "unsupported"
    """Version or suite are not installed here."""
    BAD_SIGNATURE = "bad_signature"
    """The letter inside is not signed by the sender."""
    KEY_REVOKED = "key_revoked"
    """The letter inside is signed with a key that the sender's authority has revoked."""
    MISADDRESSED = "misaddressed"
    """The letter inside is another than announced, or not for this office."""
    UNKNOWN_KIND = "unknown_kind"
    """A kind of letter that this node does not know."""
    UNKNOWN_REALM = "unknown_realm"
    """An exercise that was not opened here, has ended, or in which the sender takes no part."""
    ABOVE_CEILING = "above_ceiling"
    """Classified higher than this node may hold."""
    OVERSIZE_MARKING = "oversize_marking"
    """Its marking has more lines or longer texts than a marking may have."""
    OTHERS_OFFICER = "others_officer"
    """It names an officer of another office as the one who authorised it."""
    UNAUTHORISED = "unauthorised"
    """It crossed a border and names no officer who authorised that."""
    UNKNOWN_PAYLOAD = "unknown_payload"
    """No part of this node handles such a payload."""
    LETTER_REUSED = "letter_reused"
    """Another letter with the same id from the same office is held."""


_CODES: tuple[tuple[type[LiaisonError], Refusal], ...] = (
    (BodyTooLarge, Refusal.TOO_LARGE),
    (UnknownKind, Refusal.UNKNOWN_KIND),
    (UnsupportedVersion, Refusal.UNSUPPORTED),
    (UnsupportedSuite, Refusal.UNSUPPORTED),
    (LetterMismatch, Refusal.MISADDRESSED),
    (WrongOffice, Refusal.MISADDRESSED),
    (RevokedKey, Refusal.KEY_REVOKED),
    (BadSignature, Refusal.BAD_SIGNATURE),
    (MalformedData, Refusal.MALFORMED),
)


@dataclass(frozen=True, slots=True)
class Admission:
    """What this node admits.

    Attributes:
        keys: this office's.
        may_receive: whether letters from the sender are accepted at all.
        knows_realm: which realms this office takes part in.
        payload_types: the payloads that some part of this node handles.
    """

    keys: Openers
    may_receive: bool
    knows_realm: Callable[[Realm], bool]
    payload_types: Container[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """An entry, and what it brings or why that is refused."""

    entry: Entry
    letter: Letter | None
    signed: bytes
    refusal: Refusal | None


def judge(entry: Entry, body: bytes | None, sender: Signer, admission: Admission) -> Judged:
    """Judge what an entry brings.

    Args:
        entry: of a frame whose head and chain were verified.
        body: the body that it names; None where the sender's tombstone stands in its place.
        sender: of the stream; it issued the letter, too.
        admission: what this node admits.
    """
    if not admission.may_receive:
        return _refused(entry, Refusal.FORBIDDEN)
    if body is None:
        return _refused(entry, Refusal.ERASED)
    try:
        letter, signed = open_delivery(entry, body, admission.keys, sender)
    except LiaisonError as error:
        return _refused(entry, _code_of(error))
    refusal = _objection(letter, entry, admission)
    return _refused(entry, refusal) if refusal else Judged(entry, letter, signed, None)


def _objection(letter: Letter, entry: Entry, admission: Admission) -> Refusal | None:
    """Return the first objection to a letter that could be read, in the order of the codes."""
    crosses = letter.issuer[:2] != entry.stream.recipient[:2]
    names_nobody = not letter.authorised_by and letter.kind is not LetterKind.RECEIPT
    objections = {
        Refusal.MALFORMED: letter.created > LATEST_MS or _cannot_be_kept(letter.marking),
        Refusal.UNKNOWN_REALM: not admission.knows_realm(letter.marking.realm),
        Refusal.ABOVE_CEILING: letter.marking.classification.level > NODE_CEILING,
        Refusal.OVERSIZE_MARKING: _is_oversize(letter.marking),
        Refusal.OTHERS_OFFICER: not is_officer_of(letter.authorised_by, letter.issuer),
        Refusal.UNAUTHORISED: crosses and names_nobody,
        Refusal.UNKNOWN_PAYLOAD: letter.payload_type not in admission.payload_types,
    }
    return next((refusal for refusal, objects in objections.items() if objects), None)


@lru_cache(maxsize=1024)
def _cannot_be_kept(marking: Marking) -> bool:
    return _has_nul(marking.to_data())


@lru_cache(maxsize=1024)
def _is_oversize(marking: Marking) -> bool:
    return is_oversize(marking)


def _has_nul(value: Any) -> bool:
    """Whether a text holds the character that PostgreSQL cannot store."""
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(_has_nul(one) for one in value.values())
    return isinstance(value, list) and any(_has_nul(one) for one in value)


def _refused(entry: Entry, refusal: Refusal) -> Judged:
    return Judged(entry, None, b"", refusal)


def _code_of(error: LiaisonError) -> Refusal:
    """Only what is wrong with a letter ends here; anything else is a fault of ours and is raised."""
    for kind, refusal in _CODES:
        if isinstance(error, kind):
            return refusal
    if isinstance(error, WireError):
        return Refusal.UNDECRYPTABLE
    raise error
