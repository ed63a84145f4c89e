"""Every decoder that reads what somebody else wrote, with what it accepts to begin from."""

import json
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from borderliaison.correspondence.payloads import ItemPayload, MovePayload, StepPayload
from borderliaison.exchange.core.ack import DeliveryAck, Heads
from borderliaison.exchange.core.answer import peek_speaker
from borderliaison.exchange.core.blob_request import BlobAnswer, BlobRequest
from borderliaison.exchange.core.body import peek_header
from borderliaison.exchange.core.entry import decode_entry
from borderliaison.exchange.core.frame import Head, decode_frame
from borderliaison.exchange.core.giving_back import BackRequest, decode_page
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.core.letter import Letter
from borderliaison.exchange.core.outline import check_outline, check_page, head_of
from borderliaison.exchange.core.tombstone import Tombstone
from borderliaison.exchange.core.water import FIRST_LINE, read_marks
from borderliaison.exchange.own_keys.lock import Lock, LockKind, lock_of
from borderliaison.files.kinds import Kind, kind_of
from borderliaison.files.reworking.drawing import page_of, preview_of
from borderliaison.files.reworking.opening import load_decoders, pages_of
from borderliaison.files.sealing import ChunkList
from borderliaison.files.sheaf import Page, Sheaf
from borderliaison.files.travelling import NamedBlob, check_said
from borderliaison.forms.check import is_empty
from borderliaison.forms.foreign import check_plain
from borderliaison.forms.load import parse_form
from borderliaison.forms.schema import Refused
from borderliaison.forms.times import read_typed
from borderliaison.kernel import canonical
from borderliaison.kernel.cose import payload_of
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import Marking
from borderliaison.node.backups.lock import Header
from borderliaison.node.backups.manifest import Manifest
from borderliaison.node.backups.pair import OpeningHalf, SealingHalf
from borderliaison.offices.desk.certificates import requested_office
from borderliaison.offices.directory.authorities import read_public
from borderliaison.offices.directory.document import Directory
from borderliaison.offices.directory.enrolment import read_request, rotated_office
from borderliaison.reports.content import ReportContent
from tests.files import samples

ROOT = Path(__file__).parents[2]
VECTORS = ROOT / "tests" / "vectors"
FORMS = ROOT / "src" / "borderliaison" / "forms" / "data"
OFFICE = OfficeCode("KG-BDB")
REFUSALS = (LiaisonError, Refused)
"""What a decoder may raise: an error with a name, or a field's refusal of what was typed."""


@dataclass(frozen=True)
class Decoder:
    """A function that reads bytes of strangers.

    Attributes:
        run: returns, or raises one of ``REFUSALS``; anything else is a finding.
        seeds: what it accepts.
        as_text: whether it reads text; the others read CBOR, whose structure is worth changing.
        changes: how many are tried in the first run.
    """

    run: Callable[[bytes], object]
    seeds: tuple[bytes, ...]
    as_text: bool = False
    changes: int = 300


def _accepted(file: str, name: str) -> Iterator[bytes]:
    """Yield what a field of the accepted vectors in a file says."""
    for vector in json.loads((VECTORS / file).read_text(encoding="utf-8"))["vectors"]:
        if "result" in vector:
            yield bytes.fromhex(vector["input"][name])


def _whole(file: str, name: str, run: Callable[[bytes], object]) -> Decoder:
    return Decoder(run, tuple(_accepted(file, name)))


def _inside(file: str, read: Callable[[Any], object], name: str = "signed") -> Decoder:
    """Return the decoder of what is signed: no stranger's change of it would get past the signature."""
    seeds = tuple(payload_of(one) for one in _accepted(file, name))
    return Decoder(lambda data: read(canonical.decode(data)), seeds)


def _text(run: Callable[[str], object], *seeds: str) -> Decoder:
    def decode(data: bytes) -> object:
        return run(data.decode("utf-8", errors="replace"))

    return Decoder(decode, tuple(one.encode() for one in seeds), as_text=True)


def _moves() -> Decoder:
    accepted = json.loads((VECTORS / "correspondence" / "moves.json").read_text("utf-8"))["accept"]
    return Decoder(MovePayload.decode, tuple(bytes.fromhex(one["payload"]) for one in accepted))


def _files_of_an_item() -> Decoder:
    vectors = json.loads((VECTORS / "files" / "items.json").read_text("utf-8"))["vectors"]
    good = [one["input"] for one in vectors if "result" in one]
    named = [NamedBlob(bytes.fromhex(h), n, bytes.fromhex(k)) for h, n, k in good[0]["blobs"]]
    seeds = tuple(bytes.fromhex(one["files"]) for one in good)
    return Decoder(lambda data: check_said(canonical.decode(data), named), seeds)


def _drawn_anew(kind: Kind, *seeds: bytes, changes: int = 100) -> Decoder:
    """Return what the process that opens a file does with it, without being confined."""

    def run(data: bytes) -> object:
        if kind is not Kind.SHEAF and kind_of(data[:16]) is not kind:
            return None
        with warnings.catch_warnings(action="ignore"):  # nobody reads what that process warns of
            pages = pages_of(kind, data)
            return [(preview_of(one.picture), page_of(one.picture)) for one in pages]

    load_decoders()
    return Decoder(run, seeds, kind is not Kind.SHEAF, changes)


def _values(data: bytes) -> bool:
    values = canonical.decode(data)
    check_plain(values)
    return is_empty(values)


def _report(data: bytes) -> object:
    content = canonical.decode(data)
    return ReportContent.from_data(content) if isinstance(content, dict) else None


_ITEM = canonical.encode(
    {
        "v": 1,
        "nonce": bytes(16),
        "title": "Lookout",
        "author": [f"{OFFICE}/0001", "A. Toktosunov", "officer", "KG-BOR"],
        "created": 1778558400000,
        "content": {"text": "a grey van"},
        "corrects": b"",
    }
)
_STEP = canonical.encode(
    {
        "v": 1,
        "item": bytes(16),
        "office": "KG-DST",
        "step": "opened",
        "at": 1778558400000,
        "officer": "KG-DST/0003",
        "phrase": "",
    }
)
_VALUES = canonical.encode({"plate": "01KG123ABC", "persons": [{"name": "Х"}], "seen": ["a", "b"]})
_REPORT = canonical.encode(ReportContent("lookout", 1, "KG-BDB/2026/1", {"plate": "01"}).to_data())
_LINK = "-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----\n"
_MARKS = FIRST_LINE + "UZ-DUS live urgent 1 1 " + "ab" * 32 + " 00000000\n"


def _lock() -> Decoder:
    lock, _ = Lock.make(LockKind.CREDENTIAL, b"secret" * 8)
    sealed = canonical.encode([canonical.encode(lock.to_data()), bytes(12), bytes(32)])
    return Decoder(lock_of, (sealed,))


def _backup() -> Decoder:
    opens = {"kind": "passphrase", "log_cost": 17, "salt": bytes(16)}
    written = Header(OFFICE, datetime(2026, 5, 12, tzinfo=UTC), opens).to_bytes()
    return Decoder(Header.from_bytes, (written,))


DECODERS: dict[str, Decoder] = {
    "canonical": _whole("canonical.json", "data", canonical.decode),
    "office keys": _whole("keys.json", "keys", OfficeKeys.from_bytes),
    "letter": _inside("letters.json", Letter.from_data),
    "body header": _whole("bodies.json", "body", peek_header),
    "entry": _whole("entries.json", "entry", decode_entry),
    "frame": _whole("frames.json", "frame", decode_frame),
    "frame's head": _whole("frames.json", "frame", head_of),
    "frame's outline": _whole("frames.json", "frame", check_outline),
    "head": Decoder(
        lambda data: Head.from_data(canonical.decode(data)),
        tuple(payload_of(head_of(one)) for one in _accepted("frames.json", "frame")),
    ),
    "page": _whole("pages.json", "page", decode_page),
    "page's outline": _whole("pages.json", "page", check_page),
    "receipt": _inside("acks.json", DeliveryAck.from_data),
    "heads": _inside("heads.json", Heads.from_data),
    "speaker": _whole("acks.json", "signed", peek_speaker),
    "request to give back": _inside("back_requests.json", BackRequest.from_data),
    "request for a blob": _inside("files/blob_requests.json", BlobRequest.from_data),
    "piece of a blob": _whole("files/blob_answers.json", "answer", BlobAnswer.decode),
    "list of chunks": _whole("files/chunk_lists.json", "list", ChunkList.decode),
    "sheaf": _whole("files/sheaves.json", "sheaf", Sheaf.decode),
    "files of an item": _files_of_an_item(),
    "JPEG": _drawn_anew(Kind.JPEG, samples.jpeg(24, 16), samples.jpeg(16, 16, orientation=6)),
    "PNG": _drawn_anew(Kind.PNG, samples.png()),
    "HEIC": _drawn_anew(Kind.HEIC, samples.HEIC),
    "PDF": _drawn_anew(Kind.PDF, samples.pdf(1), samples.pdf_with_script(), changes=30),
    "another office's pages": _drawn_anew(
        Kind.SHEAF, Sheaf((Page("image/jpeg", 24, 16, samples.jpeg(24, 16)),)).encode()
    ),
    "tombstone": _inside("tombstones.json", Tombstone.from_data),
    "directory": _inside("directory/directories.json", Directory.from_data),
    "authority's file": _whole("directory/authorities.json", "signed", read_public),
    "enrolment": _whole("directory/requests.json", "signed", read_request),
    "rotation": _whole("directory/rotations.json", "signed", rotated_office),
    "certificate's request": Decoder(requested_office, (_LINK.encode(),)),
    "marking": Decoder(
        lambda data: Marking.from_data(canonical.decode(data)),
        (canonical.encode(Marking(originator=OFFICE).to_data()),),
    ),
    "item": Decoder(lambda data: ItemPayload.decode(data, OFFICE), (_ITEM,)),
    "step": Decoder(StepPayload.decode, (_STEP,)),
    "move": _moves(),
    "report": Decoder(_report, (_REPORT,)),
    "values": Decoder(_values, (_VALUES,)),
    "file of keys": _lock(),
    "backup": _backup(),
    "backup's manifest": Decoder(Manifest.from_bytes, (b'{"format": 1}',), as_text=True),
    "backup key, the node's half": Decoder(
        SealingHalf.from_bytes, (OpeningHalf.generate().sealing.to_bytes(),)
    ),
    "high-water marks": _text(lambda text: read_marks(text, OFFICE), _MARKS),
    "form": _text(
        lambda text: parse_form(text, "lookout.v1.yaml"),
        (FORMS / "lookout.v1.yaml").read_text(encoding="utf-8"),
    ),
    "time": _text(
        lambda text: read_typed(text, "Asia/Bishkek"), "2026-05-14 22:00", "14.05.2026 22:00+06:00"
    ),
}
