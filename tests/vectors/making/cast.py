"""The offices, keys, letters and sealed letters that all vectors share. Everything is invented."""

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from borderliaison.exchange.core import suites
from borderliaison.exchange.core.body import BodyHeader, _self_info, body_hash, encrypt
from borderliaison.exchange.core.entry import Entry, Lane, StreamId, wrap_info
from borderliaison.exchange.core.errors import WireError
from borderliaison.exchange.core.keys import SEAL_SECRET_BYTES, OfficeKeys
from borderliaison.exchange.core.letter import Blob, Letter, LetterKind, Ref, sign_letter
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import OfficePublic, SealSuite
from borderliaison.kernel.marking import (
    Audience,
    Classification,
    Grading,
    Handling,
    HandlingCodes,
    Level,
    Marking,
)
from borderliaison.kernel.realm import Realm

Vector = dict[str, Any]
DIRECTORY = Path(__file__).parent.parent
WRAPS = DIRECTORY / "wraps.json"


def octets(label: str, length: int = 32) -> bytes:
    """Return bytes that depend on nothing but their label."""
    return hashlib.shake_256(f"BL1 vectors: {label}".encode()).digest(length)


def plain(value: Any) -> Any:
    """Return plain data as JSON has it: bytes as hexadecimal."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def accept(name: str, result: Any, **given: Any) -> Vector:
    """Make a vector that is to be accepted with this result."""
    return {"name": name, "input": plain(given), "result": plain(result)}


def refuse(name: str, code: str, **given: Any) -> Vector:
    """Make a vector that is to be refused; the code is the one this system gives."""
    return {"name": name, "input": plain(given), "refused": code}


def _keys(office: str, suite: SealSuite) -> OfficeKeys:
    secret = octets(f"seal {office}", SEAL_SECRET_BYTES[suite])
    return OfficeKeys(suite, octets(f"sign {office}"), secret)


BDB, DUS, OSH = OfficeCode("KG-BDB"), OfficeCode("UZ-DUS"), OfficeCode("KG-OSH")
KEYS = {
    BDB: _keys(BDB, SealSuite.HYBRID),
    DUS: _keys(DUS, SealSuite.HYBRID),
    OSH: _keys(OSH, SealSuite.X25519),
}
PUBLIC: dict[OfficeCode, OfficePublic] = {one: KEYS[one].public(one) for one in KEYS}
CREATED = 1_778_558_400_000
CONTENT_KEY = octets("content key")
OTHER_KEY = octets("another content key")
STREAM = StreamId(BDB, DUS, "live", Lane.URGENT, 1)
MARKING = Marking(
    classification=Classification(Level.OFFICIAL, frozenset({"KG"})),
    handling=HandlingCodes(frozenset({Handling.H2, Handling.H3}), "Not to be copied."),
    audience=Audience.of((BDB, "*"), (DUS, "UZ-CUS"), (OSH, "*")),
    originator=BDB,
    grading=Grading("4x4", "1", "B2"),
)
LETTER = Letter(
    letter_id=octets("letter", 16),
    salt=octets("salt", 16),
    realm="live",
    kind=LetterKind.REPORT,
    issuer=BDB,
    to=(DUS, OSH),
    marking=MARKING,
    authorised_by="KG-BDB/0003",
    created=CREATED,
    refs=(Ref("thread", octets("thread", 16)), Ref("answers", octets("question", 16))),
    payload_type="report/lookout.v1",
    payload='{"plate":"01 KG 123 ABC","colour":"белый"}'.encode(),
    blobs=(Blob(octets("blob hash"), 48_211, octets("blob key")),),
)
SHORT = replace(
    LETTER,
    letter_id=octets("short", 16),
    kind=LetterKind.RECEIPT,
    to=(DUS,),
    authorised_by="",
    refs=(),
    payload_type="receipt/opened.v1",
    payload=b"",
    blobs=(),
)
EXERCISE = replace(
    SHORT,
    letter_id=octets("exercise", 16),
    realm="exercise:seal-2026",
    marking=replace(MARKING, realm=Realm("seal-2026")),
)
SIGNED = sign_letter(LETTER, KEYS[BDB])


class Wraps:
    """HPKE wrappings, the one thing here that is random: kept in a file and used again while good."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = json.loads(WRAPS.read_text()) if WRAPS.exists() else {}
        self.used: dict[str, str] = {}

    def wrap(self, label: str, office: OfficeCode, content_key: bytes, info: bytes) -> bytes:
        """Return the wrapping kept under this label, or a new one where that no longer opens."""
        keys, public = KEYS[office], PUBLIC[office]
        wrapped = bytes.fromhex(self.kept.get(label, ""))
        try:
            good = suites.unwrap(keys, keys.seal_suite, wrapped, info) == content_key
        except WireError:
            good = False
        if not good:
            wrapped = suites.wrap(public.seal_suite, public.seal_key, content_key, info)
        if self.used.setdefault(label, wrapped.hex()) != wrapped.hex():
            raise ValueError(f"two wrappings are called {label}")
        return wrapped


WRAPPED = Wraps()


@dataclass(frozen=True)
class Sealed:
    """A body with what it was made of."""

    header: BodyHeader
    signed: bytes
    content_key: bytes

    @property
    def body(self) -> bytes:
        """The body."""
        return encrypt(self.signed, self.header, self.content_key)


def seal(label: str, signed: bytes, letter: Letter, content_key: bytes = CONTENT_KEY) -> Sealed:
    """Seal as ``seal_body`` does, with a nonce and a wrapping that stay the same."""
    public, commit = PUBLIC[letter.issuer], suites.commitment(content_key)
    suite, kid = public.seal_suite, public.seal_kid
    info = _self_info(letter.letter_id, letter.issuer, suite, kid, commit)
    wrapped = WRAPPED.wrap(f"self {label}", letter.issuer, content_key, info)
    nonce = octets(f"nonce {label}", 12)
    header = BodyHeader(letter.letter_id, letter.issuer, commit, suite, kid, wrapped, nonce)
    return Sealed(header, signed, content_key)


def enter(label: str, bare: Entry, content_key: bytes = CONTENT_KEY) -> Entry:
    """Wrap the content key for an entry that is complete but for it."""
    recipient = bare.stream.recipient
    info = wrap_info(bare)
    return replace(bare, wrapped_key=WRAPPED.wrap(f"entry {label}", recipient, content_key, info))


SEALED = seal("letter", SIGNED, LETTER)
BODY = SEALED.body


def bare_entry(stream: StreamId, seq: int, prev: bytes, letter: Letter, body: bytes) -> Entry:
    """Make an entry whose key is still to be wrapped."""
    public = PUBLIC[stream.recipient]
    return Entry(
        v=1,
        suite=public.seal_suite,
        stream=stream,
        seq=seq,
        prev=prev,
        letter_id=letter.letter_id,
        body_hash=body_hash(body),
        kid=public.seal_kid,
        wrapped_key=b"",
        expires=CREATED + 86_400_000,
    )
