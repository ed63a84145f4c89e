"""An item on paper: what it is, its numbers, who wrote it, what it says, and how far it has come."""

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.printed.printers import body_of
from borderliaison.correspondence.printed.standing import asked_blocks, ladder_block
from borderliaison.correspondence.shown.render import Rendered, render
from borderliaison.correspondence.shown.showing import ShownItem
from borderliaison.kernel.speaking import forms_speak
from borderliaison.printing.blocks import (
    Block,
    Fact,
    Facts,
    Heading,
    Marked,
    Marking,
    Picture,
    Pictures,
    Said,
    Text,
)
from borderliaison.printing.sheets import marking_of
from borderliaison.printing.times import said_at
from borderliaison.printing.tongues import Tongues


@dataclass(frozen=True, slots=True)
class Printing:
    """Who prints what in which languages.

    Attributes:
        files: what is attached to each item, by its key.
        is_alone: whether the document shows one item: then its marking is that of each sheet.
    """

    officer: Acting
    tongues: Tongues
    files: Mapping[str, tuple[Picture, ...]]
    is_alone: bool = False


def item_blocks(one: ShownItem, printing: Printing) -> Iterator[Block]:
    """Yield an item, as far as its reader sees it on the page."""
    tongues = printing.tongues
    second = in_second(one, printing)
    yield Heading(_kind(one, second), 1, tuple(_tags(one)))
    if one.doubt:
        yield Text(Said(one.doubt), is_notice=True)
    if (marked := _marked(one, printing)) is not None:
        yield marked
    yield Facts(tuple(_facts(one, tongues)), columns=2)
    unknown = tongues.words(
        lambda: _(
            "This office's server does not know this kind of item yet. It is kept; ask the "
            "administrator to upgrade."
        )
    )
    yield from body_of(one.item.payload_type, one.rendered, second, tongues, unknown)
    if files := printing.files.get(one.item.key, ()):
        yield Pictures(tongues.words(lambda: _("Files")), files)
    if one.recipients:
        yield ladder_block(one.recipients, tongues)
    if one.asked is not None:
        yield from asked_blocks(one.asked, tongues)


def _marked(one: ShownItem, printing: Printing) -> Marked | None:
    """Return an item's own markings; its grading alone where each sheet bears the others."""
    grading = one.marks.grading
    cells, scheme = (grading.cells, grading.scheme) if grading else ((), "")
    marking = Marking() if printing.is_alone else marking_of(one.marks.labels)
    return Marked(marking, cells, scheme) if cells or not printing.is_alone else None


def in_second(one: ShownItem, printing: Printing) -> Rendered:
    """Return what the page would show in the second language; the same again without one."""
    lang = printing.tongues.second
    if not lang:
        return one.rendered
    speaks = override(lang) if lang in dict(settings.LANGUAGES) else nullcontext()
    with speaks, forms_speak(lang):
        return render(one.item, printing.officer, lang)


def _kind(one: ShownItem, second: Rendered) -> Said:
    if not one.is_card:
        return Said(one.item.author_name, note=one.role)
    first = one.rendered.kind
    return Said(first, second.kind if second.kind != first else "")


def _tags(one: ShownItem) -> Iterator[str]:
    context = one.rendered.context
    if urgency := context.get("urgency"):
        yield urgency["words"]
    if certainty := context.get("certainty"):
        yield certainty
    if one.is_superseded:
        yield _("Corrected below")
    if one.item.corrects and "content" in context:
        yield _("Correction, state %(n)s") % {"n": context["content"].revision}


def _facts(one: ShownItem, tongues: Tongues) -> Iterator[Fact]:
    number, line = one.rendered.number, one.line
    came = not one.item.is_own
    if line is not None:
        entered = timezone.localtime(line.entry.registered_at)
        day = pgettext("register", "of %(day)s") % {"day": f"{entered:%d.%m.%Y}"}
        label = tongues.words(
            lambda: _("Our incoming number") if line.is_incoming else _("Our outgoing number")
        )
        yield Fact(label, (Said(line.number, code=True), Said(day)))
    if number:
        label = tongues.words(lambda: _("Their number") if came else _("Report number"))
        yield Fact(label, (Said(number, code=True),))
    if one.is_card:
        yield Fact(tongues.words(lambda: _("Author")), (Said(one.item.author_name), Said(one.role)))
    yield Fact(tongues.words(lambda: pgettext("paper", "Written")), (said_at(one.item.created_at),))
    if one.item.arrived_at is not None:
        label = tongues.words(lambda: pgettext("paper", "Received"))
        yield Fact(label, (said_at(one.item.arrived_at),))
    for axis, words in one.marks.grading.lines if one.marks.grading else ():
        yield Fact(Said(axis), (Said(words),))
