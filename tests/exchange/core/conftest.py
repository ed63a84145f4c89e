"""Three offices, one letter, and the same letter on its way. Everything is invented."""

from dataclasses import dataclass

import pytest
from hypothesis import settings

from borderliaison.exchange.core.body import body_hash, seal_body
from borderliaison.exchange.core.entry import (
    GENESIS,
    Entry,
    Lane,
    StreamId,
    entry_hash,
    make_entry,
)
from borderliaison.exchange.core.frame import Frame, Head, sign_head
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.core.letter import Letter, LetterKind, Ref, sign_letter
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import OfficePublic, SealSuite
from borderliaison.kernel.marking import Audience, Marking

settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")
"""No test here asserts a time: the machine may be busy with something else."""


@dataclass(frozen=True)
class Office:
    """An office with both halves of its keys."""

    code: OfficeCode
    keys: OfficeKeys

    @property
    def public(self) -> OfficePublic:
        return self.keys.public(self.code)


@dataclass(frozen=True)
class Sent:
    """One letter with everything that was made of it for one recipient."""

    letter: Letter
    signed: bytes
    content_key: bytes
    body: bytes
    entry: Entry
    head: bytes

    @property
    def frame(self) -> Frame:
        return Frame((self.entry,), {body_hash(self.body): self.body}, self.head)


@pytest.fixture(scope="session")
def bdb() -> Office:
    return Office(OfficeCode("KG-BDB"), OfficeKeys.generate())


@pytest.fixture(scope="session")
def dus() -> Office:
    return Office(OfficeCode("UZ-DUS"), OfficeKeys.generate())


@pytest.fixture(scope="session")
def osh() -> Office:
    return Office(OfficeCode("KG-OSH"), OfficeKeys.generate(SealSuite.X25519))


@pytest.fixture(scope="session")
def stream(bdb: Office, osh: Office) -> StreamId:
    return StreamId(bdb.code, osh.code, "live", Lane.URGENT, 1)


@pytest.fixture(scope="session")
def letter(bdb: Office, dus: Office, osh: Office) -> Letter:
    audience = Audience.of((bdb.code, "*"), (dus.code, "UZ-CUS"), (osh.code, "*"))
    return Letter(
        letter_id=bytes(range(16)),
        realm="live",
        kind=LetterKind.REPORT,
        issuer=bdb.code,
        to=(osh.code, dus.code),
        marking=Marking(audience=audience, originator=bdb.code),
        authorised_by="KG-BDB/0003",
        created=1_778_558_400_000,
        refs=(Ref("thread", bytes(16)),),
        payload_type="report/lookout.v1",
        payload="белый микроавтобус".encode(),
    )


@pytest.fixture(scope="session")
def sent(letter: Letter, stream: StreamId, bdb: Office, osh: Office) -> Sent:
    content_key = b"k" * 32
    signed = sign_letter(letter, bdb.keys)
    body = seal_body(signed, letter.letter_id, bdb.code, content_key, bdb.public)
    digest = body_hash(body)
    entry = make_entry(stream, 1, GENESIS, letter.letter_id, digest, content_key, osh.public)
    head = sign_head(Head(stream, 1, entry_hash(entry)), bdb.keys)
    return Sent(letter, signed, content_key, body, entry, head)
