"""This office and its peers, for tests of the ledgers. The peers have no database: they write frames."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from secrets import token_bytes
from typing import Any

from borderliaison.exchange.core.body import body_hash, seal_body
from borderliaison.exchange.core.entry import (
    GENESIS,
    Entry,
    Lane,
    StreamId,
    entry_hash,
    make_entry,
)
from borderliaison.exchange.core.frame import Frame, Head, encode_frame, sign_head
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.core.letter import Letter, LetterKind, sign_letter
from borderliaison.exchange.ports import DirectoryAge, Standing
from borderliaison.kernel.ids import OfficeCode, new_id
from borderliaison.kernel.keys import OfficePublic, OfficeSigners, SealSuite
from borderliaison.kernel.marking import Audience, Handling, HandlingCodes, Marking

US = OfficeCode("KG-BDB")
DOSTUK = OfficeCode("KG-DST")
DUSTLIK = OfficeCode("UZ-DUS")
OSH = OfficeCode("KG-OSH")

CROWDED = Marking(audience=Audience.of(*((US, f"KG-{n:03}") for n in range(257))))
"""One line more than an audience may have."""
WORDY = Marking(handling=HandlingCodes(frozenset({Handling.H3}), "x" * 501))
"""One character more than H3 may have."""


@dataclass
class KnownOffices:
    """A directory in memory; everybody listed may exchange, but for those said otherwise."""

    listed: dict[OfficeCode, OfficePublic] = field(default_factory=dict)
    standing: dict[OfficeCode, Standing] = field(default_factory=dict)
    earlier: dict[OfficeCode, tuple[bytes, ...]] = field(default_factory=dict)
    revoked: dict[OfficeCode, tuple[bytes, ...]] = field(default_factory=dict)
    stands: DirectoryAge = DirectoryAge.CURRENT

    def add(self, *offices: OfficePublic) -> None:
        self.listed.update({one.office: one for one in offices})

    def public_of(self, office: OfficeCode) -> OfficePublic | None:
        return self.listed.get(office)

    def signers_of(self, office: OfficeCode) -> OfficeSigners | None:
        listed = self.listed.get(office)
        revoked = self.revoked.get(office, ())
        if listed is None and not revoked:
            return None
        own = (listed.sign_key,) if listed else ()
        return OfficeSigners(office, (*own, *self.earlier.get(office, ())), revoked)

    def past_signers_of(self, office: OfficeCode) -> OfficeSigners | None:
        known = self.signers_of(office)
        return known and OfficeSigners(office, (*known.sign_keys, *known.revoked))

    def signs_with(self, office: OfficeCode) -> bytes | None:
        listed = self.listed.get(office)
        return listed.kid if listed else None

    def may_exchange(self, office: OfficeCode) -> Standing:
        known = Standing.ALLOWED if office in self.listed else Standing.UNKNOWN_OFFICE
        return self.standing.get(office, known)

    def age(self) -> DirectoryAge:
        return self.stands

    def note_held(self) -> None:
        if self.stands is DirectoryAge.UNKNOWN:
            self.stands = DirectoryAge.CURRENT


@dataclass
class Peer:
    """Another office that writes to us: one stream, as long as nothing else is said."""

    office: OfficeCode
    us: OfficePublic
    keys: OfficeKeys = field(default_factory=lambda: OfficeKeys.generate(SealSuite.X25519))
    lane: Lane = Lane.ROUTINE
    realm: str = "live"
    epoch: int = 1
    seq: int = 0
    prev: bytes = GENESIS

    @property
    def public(self) -> OfficePublic:
        return self.keys.public(self.office)

    @property
    def stream(self) -> StreamId:
        return StreamId(self.office, self.us.office, self.realm, self.lane, self.epoch)

    def letter(self, **fields: Any) -> Letter:
        """Write a letter to us."""
        to = fields.pop("to", (self.us.office,))
        marking = Marking(audience=Audience.of(*[(one, "*") for one in to]), originator=self.office)
        written = Letter(
            letter_id=new_id(),
            realm=self.realm,
            kind=LetterKind.MESSAGE,
            issuer=self.office,
            to=to,
            marking=fields.pop("marking", marking),
            created=1_778_558_400_000,
            payload_type="probe",
            payload=b"what it says",
            authorised_by=f"{self.office}/0001",
        )
        return replace(written, **fields)

    def seal(self, letter: Letter, **changed: Any) -> tuple[Entry, bytes]:
        """Seal a letter and chain its entry; ``changed`` spoils the entry before it is chained."""
        content_key = token_bytes(32)
        signed = sign_letter(letter, self.keys)
        body = seal_body(signed, letter.letter_id, letter.issuer, content_key, self.public)
        return self.chain(letter.letter_id, body, content_key, **changed), body

    def chain(self, letter_id: bytes, body: bytes, content_key: bytes, **changed: Any) -> Entry:
        """Chain the next entry of the stream."""
        entry = make_entry(
            self.stream,
            self.seq + 1,
            self.prev,
            letter_id,
            body_hash(body),
            content_key,
            changed.pop("recipient", self.us),
        )
        entry = replace(entry, **changed)
        self.seq, self.prev = entry.seq, entry_hash(entry)
        return entry

    def frame(self, sealed: Iterable[tuple[Entry, bytes]]) -> bytes:
        """Make the frame of sealed entries."""
        entries, bodies = zip(*sealed, strict=True)
        last = entries[-1]
        head = sign_head(Head(last.stream, last.seq, entry_hash(last)), self.keys)
        return encode_frame(Frame(entries, {body_hash(one): one for one in bodies}, head))

    def send(self, *letters: Letter) -> bytes:
        """Return a frame with these letters; one letter where none is given."""
        return self.frame([self.seal(one) for one in letters or (self.letter(),)])
