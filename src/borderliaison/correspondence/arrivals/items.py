"""Items that arrive: read as what they say they are, and put into their threads, several at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings

from borderliaison.correspondence.arrivals.keeping import ToKeep, keep_items
from borderliaison.correspondence.arrivals.with_files import named_blobs, take_files
from borderliaison.correspondence.errors import ItemNotHere, MalformedPayload
from borderliaison.correspondence.models import Item, Thread
from borderliaison.correspondence.payloads import ABOUT, ITEM, ItemPayload
from borderliaison.exchange.core.entry import Lane
from borderliaison.exchange.core.letter import LetterKind
from borderliaison.exchange.registry import ReceivedLetter, Writing
from borderliaison.exchange.services import register_handler, retry_failed
from borderliaison.files.errors import MalformedFile
from borderliaison.files.travelling import check_said
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.realm import Realm
from borderliaison.sql.statements import places, rows, run_each

MAX_AUDIENCE: Final = 256
"""More lines than this no audience of offices has; pages join and show them all."""

_KNOWN: Final = "SELECT key FROM correspondence_item WHERE key IN ({})"
_NEW_THREAD: Final = (
    "INSERT INTO correspondence_thread (key, realm) VALUES (%s, %s) ON CONFLICT (key) DO NOTHING"
)
_THREADS: Final = "SELECT id, key, realm FROM correspondence_thread WHERE key IN ({})"

ContentCheck = Callable[[dict[str, Any], Realm], None]
_content_checks: dict[str, ContentCheck] = {}


def register_payload_type(payload_type: str, check: ContentCheck) -> None:
    """Let items of this type in.

    Args:
        payload_type: ``report``, ``message``.
        check: raises a ``LiaisonError`` for content that is not of this type, or not of this realm.
    """
    _content_checks[payload_type] = check
    register_handler(f"{ITEM}/{payload_type}", receive_item, read_items)


def receive_item(letter: ReceivedLetter) -> None:
    """Put a received item into its thread.

    Raises:
        MalformedPayload: the payload is not an item, names no thread, or corrects another office's.
    """
    read_items((letter,))()


def read_items(letters: Sequence[ReceivedLetter]) -> Writing:
    """Read letters that bring items; return what puts them into their threads.

    Raises:
        MalformedPayload: a payload is not an item, or names no thread. What is returned raises it for an
            item whose thread is of another realm, or that corrects another office's.
    """
    arrived = [_read(letter) for letter in letters]
    return lambda: _keep(arrived)


@dataclass(frozen=True, slots=True)
class _Arrived:
    """A letter that was read, with the item and the key of the thread that it brings."""

    letter: ReceivedLetter
    payload: ItemPayload
    thread: str


def _read(letter: ReceivedLetter) -> _Arrived:
    if len(letter.marking.audience.lines) > MAX_AUDIENCE:
        raise MalformedPayload("an audience of too many lines")
    if letter.kind is LetterKind.RECEIPT:  # receipts cross borders without authorisation
        raise MalformedPayload("an item is no receipt")
    payload = ItemPayload.decode(letter.payload, letter.issuer)
    _content_checks[_type_of(letter)](payload.content, letter.marking.realm)
    if letter.thread is None:
        raise MalformedPayload("an item belongs to a thread")
    if payload.files:
        _check_files(letter, payload)
    return _Arrived(letter, payload, letter.thread.hex())


def _check_files(letter: ReceivedLetter, payload: ItemPayload) -> None:
    try:
        check_said(payload.files, named_blobs(letter))
    except MalformedFile as error:
        raise MalformedPayload(str(error)) from error


def _type_of(letter: ReceivedLetter) -> str:
    return letter.payload_type.removeprefix(f"{ITEM}/")


def _keep(arrived: Sequence[_Arrived]) -> None:
    """Put items into their threads, in the order in which they came; a replay changes nothing."""
    known = {key for (key,) in _held(_KNOWN, [one.payload.key for one in arrived])}
    new: dict[str, _Arrived] = {}
    for one in arrived:
        if one.payload.key not in known:
            new.setdefault(one.payload.key, one)
    threads = _threads({one.thread: str(one.letter.marking.realm) for one in new.values()})
    authors: dict[str, OfficeCode] = {}
    for key, one in new.items():
        if threads[one.thread].realm != str(one.letter.marking.realm):
            raise MalformedPayload("the thread is of another realm")
        if one.payload.corrects:
            _check_correction(one, authors)
        authors[key] = one.letter.issuer
    if new:
        keep_items([_to_keep(one, threads[one.thread]) for one in new.values()])
        for key, one in new.items():
            if one.payload.files:
                take_files(key, one.letter, one.payload, one.letter.issuer)
        retry_failed(ItemNotHere.code)


def _to_keep(one: _Arrived, thread: Thread) -> ToKeep:
    letter = one.letter
    return ToKeep(
        thread=thread,
        payload=one.payload,
        payload_type=_type_of(letter),
        marking_id=letter.marking_id,
        marking=letter.marking,
        held_by=tuple(sorted({letter.issuer, *letter.to} - {settings.BLO_OFFICE})),
        urgent=letter.lane is Lane.URGENT,
        about=next((ref.letter_id.hex() for ref in letter.refs if ref.rel == ABOUT), ""),
        letter=letter.letter_id.hex(),
        arrived_at=letter.received_at,
    )


def _held(sql: str, keys: Sequence[str]) -> list[tuple[Any, ...]]:
    return rows(sql.format(places(keys)), *keys) if keys else []


def _threads(realms: Mapping[str, str]) -> dict[str, Thread]:
    """Return threads by their keys, begun in these realms where they are new."""
    keys = list(realms)
    found = _held(_THREADS, keys)
    if len(found) < len(keys):
        held = {key for _, key, _ in found}
        run_each(_NEW_THREAD, [(key, realms[key]) for key in keys if key not in held])
        found = _held(_THREADS, keys)
    return {key: Thread(pk=pk, key=key, realm=realm) for pk, key, realm in found}


def _check_correction(one: _Arrived, authors: Mapping[str, OfficeCode]) -> None:
    """Refuse a correction of another office's item, whether that is held or comes with it."""
    issuer, corrected = one.letter.issuer, one.payload.corrects
    held = Item.objects.as_system("whose the corrected item is").filter(key=corrected)
    if authors.get(corrected, issuer) != issuer or held.exclude(office=issuer).exists():
        raise MalformedPayload("only the author's office corrects its item")
