"""What an officer does with what has arrived: open it, act on it, answer in the thread."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.db import transaction

from borderliaison.audit.services import record
from borderliaison.correspondence.authorisation import Kind, free_of
from borderliaison.correspondence.errors import NothingSaid, ObserverOnly
from borderliaison.correspondence.models import Item, Opening, Receipt
from borderliaison.correspondence.payloads import RECEIPT, StepPayload
from borderliaison.correspondence.people import WRITING, Acting
from borderliaison.correspondence.quoting import Quote, no_less_than, quoted_items
from borderliaison.correspondence.sending import NewItem, say
from borderliaison.correspondence.telling import told_of
from borderliaison.correspondence.texts import typed_text
from borderliaison.exchange.core.entry import Lane
from borderliaison.exchange.core.letter import LetterKind, Ref
from borderliaison.exchange.drafts import LetterDraft
from borderliaison.exchange.services import post
from borderliaison.feed.services import announce
from borderliaison.files.adding import Upload, keep_all, prepare
from borderliaison.files.errors import TooManyFiles
from borderliaison.files.limits import MAX_FILES
from borderliaison.files.owners import ITEM, Owner
from borderliaison.forms.codes import load_phrases
from borderliaison.kernel.ids import OfficeCode, OfficerId
from borderliaison.kernel.marking import ANY_AGENCY, Audience, Readers

MESSAGE = "message"
MAX_TEXT = 4000
MAX_PHRASES = 20
MAX_ROOTS = 50
"""How far back an answer to an answer is followed."""


@dataclass(frozen=True, slots=True)
class Said:
    """What an officer says in a message: coded phrases, a text, or both, and what of others he quotes."""

    phrases: tuple[str, ...] = ()
    text: str = ""
    language: str = "en"
    quotes: tuple[Quote, ...] = ()

    def content(self) -> dict[str, object]:
        """Return the message's content.

        Raises:
            NothingSaid: neither a phrase nor a text.
            UnseenCharacter, TextTooLong: as they say.
        """
        text = typed_text(self.text, MAX_TEXT, lines=True)
        numbers = self.numbers()
        if not text and not numbers:
            raise NothingSaid("text")
        said: dict[str, object] = {
            "phrases": numbers,
            "text": text,
            "language": self.language,
        }
        if self.quotes:
            said["quotes"] = [one.to_data() for one in self.quotes]
        return said

    def numbers(self) -> list[str]:
        """Return the phrases that there are; a page offers no others."""
        known = load_phrases()
        return [one for one in self.phrases if one in known][:MAX_PHRASES]


def open_item(acting: Acting, key: str) -> Item:
    """Note that this officer has opened an item; the first opening here is told to its holders.

    Raises:
        Item.DoesNotExist: there is none that this officer may read.
    """
    with transaction.atomic():
        item = readable_item(acting, key)
        now = datetime.now(UTC)
        _row, new = Opening.objects.get_or_create(
            item=item, officer=acting.author.officer, defaults={"at": now}
        )
        if new:
            record(
                "item.opened",
                actor=acting.author.officer,
                subject=item.key,
                realm=str(acting.reader.realm),
            )
            if not item.is_own and acting.author.role in WRITING:
                _do(acting, item, Receipt.Step.OPENED, now)
    return item


def act_on(acting: Acting, key: str, said: Said) -> Item:
    """Report that measures were taken, with what was done, to those who are told of the item.

    Raises:
        Item.DoesNotExist: there is none that this officer may read.
        ObserverOnly, NothingSaid: as they say.
    """
    if acting.author.role not in WRITING:
        raise ObserverOnly("role")
    with transaction.atomic():
        item = readable_item(acting, key)
        now = datetime.now(UTC)
        numbers = said.numbers()
        _do(acting, item, Receipt.Step.ACTED, now, numbers[0] if numbers else "")
        answer = reply(acting, item, said, told_of(item))
    return answer


def reply(
    acting: Acting,
    about: Item,
    said: Said,
    offices: tuple[str, ...],
    uploads: Sequence[Upload] = (),
) -> Item:
    """Say something in the thread of ``about``, under its marking, to these offices.

    Args:
        acting: who says it.
        about: what it is said to.
        said: what.
        offices: that it is for.
        uploads: the files that go with it.

    Raises:
        FilesError: a file is not taken; nothing was said.
        ObserverOnly, NothingSaid, QuoteNotThere, QuoteLeavesAudience: as they say; and whatever ``say``
            raises.
    """
    content = said.content()
    content["about"] = about.key
    if len(uploads) > MAX_FILES:
        raise TooManyFiles(str(len(uploads)))
    prepared = [prepare(one) for one in uploads]
    quoted = quoted_items(acting, about, said.quotes, said.language) if said.quotes else []
    marking = about.marking.value
    own = {line for line in marking.audience.lines if line.office == acting.author.office}
    lines = {Readers(OfficeCode(office), ANY_AGENCY) for office in offices}
    known = {line for line in marking.audience.lines if line.office in offices}
    named = {line.office for line in known}
    audience = Audience(frozenset(own | known | {one for one in lines if one.office not in named}))
    marking = no_less_than(replace(marking, audience=audience), quoted)
    return say(
        acting,
        NewItem(
            payload_type=MESSAGE,
            title=about.title,
            content=content,
            marking=replace(marking, originator=acting.author.office),
            thread=about.thread.key,
            urgent=about.urgent,
            source=_source(about) if set(offices) - set(about.held_by) else None,
            with_files=lambda item: keep_all(prepared, file_owner(acting, item)),
        ),
    )


def file_owner(acting: Acting, item: Item) -> Owner:
    """Return an item as what files belong to."""
    realm = str(acting.reader.realm)
    return Owner(ITEM, item.key, item.marking_id, acting.author.officer, realm)


def _source(about: Item) -> OfficeCode:
    """Return the office that the talk began from: its title goes wherever an answer goes."""
    for _step in range(MAX_ROOTS):
        root = str(about.content.get("about", "")) if about.is_own else ""
        before = Item.objects.as_system("whose this is").filter(key=root).first() if root else None
        if before is None:
            break
        about = before
    return OfficeCode(about.office)


def readable_item(acting: Acting, key: str) -> Item:
    """Return an item that this officer may read.

    Raises:
        Item.DoesNotExist: there is none.
    """
    return Item.objects.readable_by(acting.reader).select_related("thread", "marking").get(key=key)


def _do(acting: Acting, item: Item, step: Receipt.Step, now: datetime, phrase: str = "") -> None:
    own = acting.author.office
    _row, new = Receipt.objects.as_system("one step an office").get_or_create(
        item=item,
        office=own,
        step=step,
        defaults={
            "marking_id": item.marking_id,
            "at": now,
            "officer": acting.author.officer,
            "told_by": own,
            "phrase": phrase,
        },
    )
    if not new:
        return
    announce("thread", item.thread.key, item.marking_id)
    if item.is_own:
        return
    to = free_of(Kind.RECEIPT, item.marking.value, own, told_of(item))
    if not to:
        return
    said = StepPayload(item.key, own, step.value, now, acting.author.officer, phrase)
    post(
        LetterDraft(
            kind=LetterKind.RECEIPT,
            to=to,
            marking=item.marking.value,
            payload_type=RECEIPT,
            payload=said.encode(),
            authorised_by=OfficerId(""),
            refs=(
                Ref("thread", bytes.fromhex(item.thread.key)),
                Ref("about", bytes.fromhex(item.letter)),
            ),
            lane=Lane.URGENT if item.urgent else Lane.ROUTINE,
        )
    )
