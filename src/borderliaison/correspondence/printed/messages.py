"""A message on paper: what it quotes, its coded phrases with their numbers, and what was written."""

from django.utils.translation import gettext as _

from borderliaison.correspondence.acting import MESSAGE
from borderliaison.correspondence.printed.printers import register_printer
from borderliaison.correspondence.shown.render import Rendered
from borderliaison.printing.blocks import Block, Fact, Facts, Said, Text
from borderliaison.printing.times import in_a_line
from borderliaison.printing.tongues import Tongues
from borderliaison.ui.parts.messages import PhraseLine, QuoteLine


def message_on_paper(first: Rendered, second: Rendered, _tongues: Tongues) -> tuple[Block, ...]:
    """Return a message as blocks: phrases in both languages, or else as their sender read them."""
    pairs = zip(first.context["phrases"], second.context["phrases"], strict=True)
    facts = tuple(Fact(Said(one.number, code=True), (_phrase(one, two),)) for one, two in pairs)
    blocks: list[Block] = [_quote(one) for one in first.context["quotes"]]
    if facts:
        blocks.append(Facts(facts, columns=2))
    if text := first.context["text"]:
        blocks.append(Text(Said(text, lang=first.context["language"])))
    return tuple(blocks)


def _quote(one: QuoteLine) -> Text:
    if one.is_unproved or one.at is None:
        note = _("as quoted; you do not have where it stands")
    else:
        note = f"{one.who}, {in_a_line(one.at)}"
    return Text(Said(one.text, note=note), is_notice=True)


def _phrase(one: PhraseLine, two: PhraseLine) -> Said:
    also = two.text if two.text != one.text else one.other
    return Said(one.text, also if also != one.text else "")


def register() -> None:
    """Put messages on paper; said once, by the composition root."""
    register_printer(MESSAGE, message_on_paper)
