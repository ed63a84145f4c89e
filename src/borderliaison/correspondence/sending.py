"""Saying something in a thread, and authorising what waits.

One call, one transaction: the item, its disseminations and the outbox rows commit together or not at
all. Recipients of the sender's own country share one letter; each other country gets its own, held
until a second officer authorises it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from borderliaison.audit.services import record
from borderliaison.correspondence.arrivals.keeping import ToKeep, keep_item
from borderliaison.correspondence.authorisation import Passage, Verdict, rule
from borderliaison.correspondence.errors import (
    AlreadyDecided,
    LegalBasisMissing,
    NoRecipient,
    NoRightToAuthorise,
    NotForItsAuthor,
    NotYoursToAuthorise,
    ObserverOnly,
    PassingOnForbidden,
    ReasonMissing,
    RequestClosed,
    Superseded,
    UnknownOffice,
)
from borderliaison.correspondence.meaning import Asking, meaning_of
from borderliaison.correspondence.models import Dissemination, Item, Thread
from borderliaison.correspondence.payloads import ABOUT, ITEM, ItemPayload, from_ms, to_ms
from borderliaison.correspondence.people import AUTHORISING, WRITING, Acting, Author
from borderliaison.correspondence.requests.asking import is_withdrawn, letter_given
from borderliaison.correspondence.requests.replying import check_reply, tell_at_once
from borderliaison.correspondence.texts import typed_text
from borderliaison.exchange.core.entry import Lane
from borderliaison.exchange.core.letter import Blob, LetterKind, Ref
from borderliaison.exchange.drafts import LetterDraft
from borderliaison.exchange.errors import OutsideExercise
from borderliaison.exchange.services import post, takes_part
from borderliaison.feed.services import announce
from borderliaison.files.travelling import travelling
from borderliaison.kernel.ids import AgencyCode, OfficeCode, OfficerId, new_id
from borderliaison.kernel.marking import Audience, Marking, Readers
from borderliaison.kernel.policy import decide_read
from borderliaison.markings.services import intern
from borderliaison.offices.services import is_office

REPORT = "report"
"""The payload type of filled forms."""
MAX_BASIS, MAX_REASON = 200, 500


@dataclass(frozen=True, slots=True)
class NewItem:
    """What an officer wants to say.

    Attributes:
        payload_type: which package reads ``content``: ``report``, ``message``.
        marking: with the whole audience that the officer chose, his own office among it.
        thread: the thread's key; empty begins a new one.
        corrects: the key of the item that this one replaces.
        source: the office whose item this rests on, where it is another.
        about: the letter that it answers or rests on, in hexadecimal; a correction keeps that of what
            it corrects.
        with_files: attaches files to the item that was kept, before any letter of it is made.
    """

    payload_type: str
    title: str
    content: dict[str, Any]
    marking: Marking
    thread: str = ""
    urgent: bool = False
    corrects: str = ""
    source: OfficeCode | None = None
    about: str = ""
    with_files: Callable[[Item], None] | None = None


def say(acting: Acting, new: NewItem) -> Item:
    """Save an item here and give what may go at once to the exchange.

    Raises:
        ObserverOnly: the officer's role does not write.
        UnknownOffice: an office that is addressed is not in the network.
        OutsideExercise: an office that is addressed takes no part in the exercise.
        PassingOnForbidden: the rule forbids one of the recipients.
        NotForItsAuthor: the marking shuts its own author out.
    """
    if acting.author.role not in WRITING:
        raise ObserverOnly("role")
    if not decide_read(acting.reader, new.marking):
        raise NotForItsAuthor(acting.author.officer)
    own = acting.author.office
    free, held = _split(new, own)
    with transaction.atomic():
        item = keep_item(_to_keep(new, acting))
        if new.with_files is not None:
            new.with_files(item)
        check_reply(item)
        record(
            "item.saved",
            actor=acting.author.officer,
            subject=item.key,
            realm=str(new.marking.realm),
            thread=item.thread.key,
        )
        if free:
            made = _dissemination(item, free, acting, held=False)
            _post(made, authorised_by=OfficerId(""))
        for lines in held.values():
            made = _dissemination(item, lines, acting, held=True)
            tell_at_once(made)
            record(
                "dissemination.requested",
                actor=acting.author.officer,
                subject=made.key,
                realm=str(new.marking.realm),
                item=item.key,
            )
    return item


def authorise(acting: Acting, key: str, legal_basis: str) -> Dissemination:
    """Let a held dissemination go, as the second officer.

    Raises:
        Dissemination.DoesNotExist: there is none that this officer may see.
        AlreadyDecided, NotYoursToAuthorise, NoRightToAuthorise, LegalBasisMissing, Superseded,
            RequestClosed, UnseenCharacter, TextTooLong, OneLineOnly: as they say.
    """
    basis = typed_text(legal_basis, MAX_BASIS)
    if not basis:
        raise LegalBasisMissing("legal_basis")
    with transaction.atomic():
        held = _to_decide(acting, key)
        if Item.objects.as_system("what is out of date").filter(**_later(held.item)).exists():
            raise Superseded(key)
        if is_withdrawn(held.item):
            raise RequestClosed(key)
        held.state = Dissemination.State.POSTED
        held.legal_basis = basis
        _decide(held, acting, "dissemination.authorised")
        _post(held, authorised_by=acting.author.officer)
    return held


def decline(acting: Acting, key: str, reason: str) -> Dissemination:
    """Refuse a held dissemination, as the second officer. Nothing leaves.

    Raises:
        Dissemination.DoesNotExist: there is none that this officer may see.
        AlreadyDecided, NotYoursToAuthorise, NoRightToAuthorise, ReasonMissing, UnseenCharacter,
            TextTooLong: as they say.
    """
    said = typed_text(reason, MAX_REASON, lines=True)
    if not said:
        raise ReasonMissing("reason")
    with transaction.atomic():
        held = _to_decide(acting, key)
        held.state = Dissemination.State.DECLINED
        held.decline_reason = said
        _decide(held, acting, "dissemination.declined")
    return held


def _later(item: Item) -> dict[str, str]:
    return {"corrects": item.key, "office": item.office}


def may_authorise(acting: Acting, held: Dissemination) -> bool:
    """Whether this officer may decide on it: another than who asked and who wrote, in a fit role."""
    return acting.author.role in AUTHORISING and acting.author.officer not in (
        held.requested_by,
        held.item.officer,
    )


def _to_decide(acting: Acting, key: str) -> Dissemination:
    held = (
        Dissemination.objects.readable_by(acting.reader)
        .select_for_update(of=("self",))
        .select_related("item", "item__marking", "item__thread")
        .get(key=key)
    )
    if held.state != Dissemination.State.HELD:
        raise AlreadyDecided(held.key)
    if acting.author.role not in AUTHORISING:
        raise NoRightToAuthorise(held.key)
    if not may_authorise(acting, held):
        raise NotYoursToAuthorise(held.key)
    return held


def _decide(held: Dissemination, acting: Acting, action: str) -> None:
    held.decided_by = acting.author.officer
    held.decided_name = acting.author.name
    held.decided_at = datetime.now(UTC)
    held.save()
    record(
        action,
        actor=acting.author.officer,
        subject=held.key,
        realm=str(acting.reader.realm),
        item=held.item.key,
    )
    announce("thread", held.item.thread.key, held.marking_id)


def _split(new: NewItem, own: OfficeCode) -> tuple[list[Readers], dict[str, list[Readers]]]:
    free: list[Readers] = []
    held: dict[str, list[Readers]] = {}
    for line in sorted(new.marking.audience.lines):
        if line.office == own:
            continue
        if not is_office(line.office):
            raise UnknownOffice(line.office)
        if not takes_part(new.marking.realm, line.office):
            raise OutsideExercise(line.office)
        permit = rule().decide(Passage(new.marking, own, line.office, new.source))
        match permit.verdict:
            case Verdict.FORBIDDEN:
                raise PassingOnForbidden(line.office)
            case Verdict.SECOND_OFFICER:
                held.setdefault(line.office[:2], []).append(line)
            case Verdict.FREE:
                free.append(line)
    if not free and not held:
        raise NoRecipient(own)
    return free, held


def _to_keep(new: NewItem, acting: Acting) -> ToKeep:
    author, now = acting.author, datetime.now(UTC)
    payload = ItemPayload(
        new_id().hex(), new.title, author, from_ms(to_ms(now)), new.content, new.corrects
    )
    return ToKeep(
        thread=_thread(new, acting),
        payload=payload,
        payload_type=new.payload_type,
        marking_id=intern(new.marking).pk,
        held_by=tuple(one for one in new.marking.audience.offices() if one != author.office),
        urgent=new.urgent,
        about=new.about or _about_before(new.corrects),
    )


def _about_before(corrects: str) -> str:
    own = Item.objects.as_system("a correction is about the same").filter(key=corrects, letter="")
    return own.values_list("about", flat=True).first() or ""


def _thread(new: NewItem, acting: Acting) -> Thread:
    realm = str(new.marking.realm)
    if not new.thread:
        return Thread.objects.create(key=new_id().hex(), realm=realm)
    known = Item.objects.readable_by(acting.reader).filter(thread__key=new.thread)
    return known.select_related("thread")[:1].get().thread


def _dissemination(
    item: Item, lines: list[Readers], acting: Acting, *, held: bool
) -> Dissemination:
    return Dissemination.objects.create(
        key=new_id().hex(),
        item=item,
        marking=item.marking,
        audience=[[line.office, line.agency] for line in lines],
        crosses_border=held,
        refs=[[ABOUT, item.about]] if item.about else [],
        state=Dissemination.State.HELD if held else Dissemination.State.POSTED,
        requested_by=acting.author.officer,
        requested_name=acting.author.name,
        requested_at=item.created_at,
    )


def letter_marking(made: Dissemination) -> Marking:
    """Return the marking of a letter: its recipients and the own office, and nobody whom others reach."""
    marking = made.item.marking.value
    lines = {line for line in marking.audience.lines if line.office == made.item.office}
    audience = Audience(frozenset(lines) | Audience.of(*map(tuple, made.audience)).lines)
    return replace(marking, audience=audience)


def _post(made: Dissemination, *, authorised_by: OfficerId) -> None:
    item = made.item
    own = OfficeCode(item.office)
    author = Author(
        OfficerId(item.officer), item.author_name, item.author_role, own, AgencyCode(item.agency)
    )
    files = travelling(item.key)
    payload = ItemPayload(
        item.nonce, item.title, author, item.created_at, item.content, item.corrects, files.said
    )
    letter = post(
        LetterDraft(
            kind=kind_of(item.payload_type, item.content),
            to=tuple(OfficeCode(office) for office in made.offices),
            marking=letter_marking(made),
            payload_type=f"{ITEM}/{item.payload_type}",
            payload=payload.encode(),
            authorised_by=authorised_by,
            refs=(
                Ref("thread", bytes.fromhex(item.thread.key)),
                *(Ref(relation, bytes.fromhex(letter)) for relation, letter in made.refs),
            ),
            lane=Lane.URGENT if item.urgent else Lane.ROUTINE,
            blobs=tuple(Blob(one.digest, one.size, one.key) for one in files.blobs),
        )
    )
    made.letter = letter.hex()
    made.save(update_fields=["letter"])
    letter_given(made, made.decided_at or item.created_at)


def kind_of(payload_type: str, content: dict[str, Any]) -> LetterKind:
    """Return what a letter with this item is for, on the wire."""
    if isinstance(meaning_of(payload_type, content), Asking):
        return LetterKind.REQUEST
    return LetterKind.REPORT if payload_type == REPORT else LetterKind.MESSAGE
