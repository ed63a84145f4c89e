"""The letter: what an office signs and every recipient reads alike. Its payload is opaque.

One letter has one audience, one authorisation, one redaction. Source: protocol PR-1 section 3.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Self

from borderliaison.exchange.core import fields
from borderliaison.exchange.core.errors import MalformedWire, UnknownKind, WrongOffice
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.core.suites import KEY_BYTES, ContentSuite, content_suite
from borderliaison.kernel import canonical, cose
from borderliaison.kernel.ids import OfficeCode, new_id
from borderliaison.kernel.keys import Signer
from borderliaison.kernel.marking import Marking

AAD: Final = b"BL1/letter"
THREAD: Final = "thread"
"""The relation by which a letter names the thread it belongs to."""
MAX_RECIPIENTS: Final = 256
MAX_REFS: Final = 64
MAX_BLOBS: Final = 64

_FIELDS: Final = (
    "v",
    "suite",
    "letter_id",
    "salt",
    "realm",
    "kind",
    "issuer",
    "to",
    "marking",
    "authorised_by",
    "created",
    "refs",
    "payload_type",
    "payload",
    "blobs",
)
_BLOB: Final = ("hash", "size", "key")
_RELATION = re.compile(r"[a-z][a-z0-9_]{0,31}")
_PAYLOAD_TYPE = re.compile(r"[a-z][a-z0-9_./+-]{0,63}")
_OFFICER = re.compile(r"([A-Z]{2}-[A-Z0-9]{2,7}/[A-Za-z0-9-]{1,32})?")


class LetterKind(StrEnum):
    """What a letter is for. A kind that is not listed is refused with its own code."""

    REPORT = "report"
    MESSAGE = "message"
    RECEIPT = "receipt"
    REQUEST = "request"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Ref:
    """Another letter, or a thread, that this letter points to.

    Attributes:
        rel: how it is related: ``thread``, ``answers``, ``retracts``.
        letter_id: 16 bytes.
    """

    rel: str
    letter_id: bytes

    def __post_init__(self) -> None:
        """Refuse a relation or an id that is not in its form."""
        fields.name(self.rel, _RELATION)
        fields.letter_id(self.letter_id)


@dataclass(frozen=True, slots=True)
class Blob:
    """A picture or file that travels apart from the letter.

    Attributes:
        hash: SHA-256 of the encrypted file.
        size: its bytes before encryption.
        key: the 32-byte key that opens it; it never leaves the sealed letter.
    """

    hash: bytes
    size: int
    key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse lengths that are not right."""
        fields.octets(self.hash, fields.HASH_BYTES)
        fields.uint(self.size)
        fields.octets(self.key, KEY_BYTES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is signed. ``to`` is kept sorted, so that one letter has one encoding.

    Attributes:
        letter_id: 16 random bytes, assigned when the letter is posted.
        salt: 16 random bytes, so that a hash of the letter in a log tells nothing of its content.
        realm: ``live`` or ``exercise:NAME``; the same as the marking's.
        kind: what the letter is for.
        issuer: the office that signs.
        to: the offices addressed; never the issuer.
        marking: what limits its reading.
        authorised_by: the officer who authorised it, as the issuer asserts; else empty.
        created: milliseconds since 1970, UTC.
        refs: what it points to, among it the thread.
        payload_type: names the form of the payload: ``report/lookout.v1``.
        payload: opaque here.
        blobs: the files that belong to it.
    """

    letter_id: bytes
    realm: str
    kind: LetterKind
    issuer: OfficeCode
    to: tuple[OfficeCode, ...]
    marking: Marking
    created: int
    payload_type: str
    payload: bytes = field(repr=False)
    authorised_by: str = ""
    refs: tuple[Ref, ...] = ()
    blobs: tuple[Blob, ...] = ()
    salt: bytes = field(default_factory=new_id, repr=False)
    v: int = fields.VERSION
    suite: ContentSuite = ContentSuite.STANDARD

    def __post_init__(self) -> None:
        """Sort the recipients, and refuse whatever is not in its form."""
        object.__setattr__(self, "to", tuple(sorted(set(self.to))))
        fields.version(self.v)
        content_suite(self.suite)
        fields.letter_id(self.letter_id)
        fields.letter_id(self.salt)
        fields.realm(self.realm)
        fields.office(self.issuer)
        fields.uint(self.created)
        fields.name(self.payload_type, _PAYLOAD_TYPE)
        fields.name(self.authorised_by, _OFFICER)
        fields.octets(self.payload)
        for office in self.to:
            fields.office(office)
        if not 0 < len(self.to) <= MAX_RECIPIENTS:
            raise MalformedWire(f"a letter has 1 to {MAX_RECIPIENTS} recipients")
        if self.issuer in self.to:
            raise MalformedWire("a letter is not addressed to its own issuer")
        if len(self.refs) > MAX_REFS or len(self.blobs) > MAX_BLOBS:
            raise MalformedWire(f"at most {MAX_REFS} references and {MAX_BLOBS} files")
        if str(self.marking.realm) != self.realm:
            raise MalformedWire("the letter's realm is not its marking's")

    @property
    def thread(self) -> bytes | None:
        """The thread it belongs to, where it names one."""
        return next((ref.letter_id for ref in self.refs if ref.rel == THREAD), None)

    def to_data(self) -> dict[str, Any]:
        """Return plain data for canonical encoding."""
        return {
            "v": self.v,
            "suite": int(self.suite),
            "letter_id": self.letter_id,
            "salt": self.salt,
            "realm": self.realm,
            "kind": str(self.kind),
            "issuer": self.issuer,
            "to": list(self.to),
            "marking": self.marking.to_data(),
            "authorised_by": self.authorised_by,
            "created": self.created,
            "refs": [[ref.rel, ref.letter_id] for ref in self.refs],
            "payload_type": self.payload_type,
            "payload": self.payload,
            "blobs": [{"hash": b.hash, "size": b.size, "key": b.key} for b in self.blobs],
        }

    @classmethod
    def from_data(cls, value: Any) -> Self:
        """Read what ``to_data`` wrote.

        Raises:
            MalformedData, UnsupportedVersion, UnsupportedSuite, UnknownKind: it cannot be accepted.
        """
        if isinstance(value, dict) and "v" in value:
            fields.version(value["v"])
        data = dict(fields.exact_map(value, _FIELDS))
        data["suite"] = content_suite(data["suite"])
        data["kind"] = _kind(data["kind"])
        data["to"] = tuple(fields.office(office) for office in fields.exact_list(data["to"]))
        data["marking"] = Marking.from_data(data["marking"])
        refs = [fields.exact_list(ref, 2) for ref in fields.exact_list(data["refs"])]
        data["refs"] = tuple(Ref(rel, letter_id) for rel, letter_id in refs)
        blobs = [fields.exact_map(b, _BLOB) for b in fields.exact_list(data["blobs"])]
        data["blobs"] = tuple(Blob(b["hash"], b["size"], b["key"]) for b in blobs)
        return cls(**data)


def sign_letter(letter: Letter, keys: OfficeKeys) -> bytes:
    """Sign a letter with the office's key; return the COSE_Sign1."""
    return cose.sign1(keys.signing_key, canonical.encode(letter.to_data()), AAD)


def open_letter(signed: bytes, issuer_public: Signer) -> Letter:
    """Return the letter that this office signed.

    Raises:
        MalformedData: it is not a letter in its one form.
        BadSignature: another key signed it, or it was changed.
        WrongOffice: the letter names another issuer than the key's office.
        UnsupportedVersion, UnsupportedSuite, UnknownKind: it cannot be read here.
    """
    payload = issuer_public.verify(signed, AAD)
    letter = fields.read(payload, Letter.from_data, Letter.to_data)
    if letter.issuer != issuer_public.office:
        raise WrongOffice(f"signed by {issuer_public.office}, issued by {letter.issuer}")
    return letter


def peek_letter(signed: bytes) -> Letter:
    """Return the letter inside, **unverified**: to find the key to verify it with, nothing else.

    Raises:
        MalformedData, UnsupportedVersion, UnsupportedSuite, UnknownKind: it cannot be read here.
    """
    return fields.read(cose.payload_of(signed), Letter.from_data, Letter.to_data)


def peek_issuer(signed: bytes) -> OfficeCode:
    """Return the office that a signed letter names as issuer, **unverified**."""
    return peek_letter(signed).issuer


def _kind(value: Any) -> LetterKind:
    try:
        return LetterKind(fields.text(value, 32))
    except ValueError as error:
        raise UnknownKind(repr(value)) from error
