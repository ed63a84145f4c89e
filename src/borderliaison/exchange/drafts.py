"""A letter as its author posts it, and the checks before it is accepted. Pure."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from borderliaison.exchange.core.body import MAX_BODY_BYTES
from borderliaison.exchange.core.bounds import is_officer_of, is_oversize
from borderliaison.exchange.core.entry import Lane
from borderliaison.exchange.core.letter import Blob, Letter, LetterKind, Ref
from borderliaison.exchange.errors import (
    AboveCeiling,
    AddressedToSelf,
    LetterTooLarge,
    MarkingTooLarge,
    NoRecipient,
    NotAuthorised,
    OthersOfficer,
)
from borderliaison.kernel import canonical
from borderliaison.kernel.ids import CountryCode, LetterId, OfficeCode, OfficerId
from borderliaison.kernel.marking import NODE_CEILING, Marking

SEALING_BYTES: Final = 4096
"""Room that signature, key commitment and self-wrap take beside the letter itself."""
MAX_LETTER_BYTES: Final = MAX_BODY_BYTES - SEALING_BYTES
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDraft:
    """What an author hands to ``services.post``.

    Attributes:
        kind: what the letter is for.
        to: the offices addressed.
        marking: what limits its reading; its realm is the letter's.
        payload_type: names the form of the payload.
        payload: opaque here.
        authorised_by: the officer who authorised it to cross a border; may be empty within a country.
        refs: what it points to, among it the thread.
        lane: urgent, or behind everything urgent.
        blobs: the files that belong to it; the offices addressed may fetch them from here.
    """

    kind: LetterKind
    to: tuple[OfficeCode, ...]
    marking: Marking
    payload_type: str
    payload: bytes = field(repr=False)
    authorised_by: OfficerId | str = ""
    refs: tuple[Ref, ...] = ()
    lane: Lane = Lane.ROUTINE
    blobs: tuple[Blob, ...] = ()


def country_of(office: OfficeCode) -> CountryCode:
    """Return the country that an office's code begins with; international bodies have one of their own."""
    return CountryCode(office[:2])


def crosses_border(office: OfficeCode, to: tuple[OfficeCode, ...]) -> bool:
    """Whether a letter from ``office`` to these offices leaves its country."""
    return any(country_of(one) != country_of(office) for one in to)


def make_letter(
    draft: LetterDraft, office: OfficeCode, letter_id: LetterId, now: datetime
) -> Letter:
    """Check a draft and make the letter that will be signed.

    Raises:
        PostRefused: one of its kinds, which says what is wrong.
        MalformedWire: something in it is not in its form.
    """
    if not draft.to:
        raise NoRecipient(office)
    if office in draft.to:
        raise AddressedToSelf(office)
    if draft.marking.classification.level > NODE_CEILING:
        raise AboveCeiling(draft.marking.classification.level.name)
    if is_oversize(draft.marking):
        raise MarkingTooLarge(f"{len(draft.marking.audience.lines)} lines")
    if not is_officer_of(draft.authorised_by, office):
        raise OthersOfficer(draft.authorised_by)
    receipt = draft.kind is LetterKind.RECEIPT
    if not receipt and not draft.authorised_by and crosses_border(office, draft.to):
        raise NotAuthorised(", ".join(draft.to))
    if len(draft.payload) > MAX_LETTER_BYTES:
        raise LetterTooLarge(f"{len(draft.payload)} bytes of {MAX_LETTER_BYTES}")
    return Letter(
        letter_id=letter_id,
        realm=str(draft.marking.realm),
        kind=draft.kind,
        issuer=office,
        to=draft.to,
        marking=draft.marking,
        created=milliseconds(now),
        payload_type=draft.payload_type,
        payload=draft.payload,
        authorised_by=draft.authorised_by,
        refs=draft.refs,
        blobs=draft.blobs,
    )


def encode_letter(letter: Letter) -> bytes:
    """Return a letter that is not signed yet, for the outbox.

    Raises:
        LetterTooLarge: it would not fit into a body.
    """
    data = canonical.encode(letter.to_data())
    if len(data) > MAX_LETTER_BYTES:
        raise LetterTooLarge(f"{len(data)} bytes of {MAX_LETTER_BYTES}")
    return data


def decode_letter(data: bytes) -> Letter:
    """Read what ``encode_letter`` wrote."""
    return Letter.from_data(canonical.decode(data))


def milliseconds(at: datetime) -> int:
    """Return an instant as milliseconds since 1970, UTC."""
    return int((at - _EPOCH).total_seconds() * 1000)
