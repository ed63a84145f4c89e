"""A message on paper: its coded phrases, each with its number, and what was written beside them."""

from borderliaison.correspondence.acting import MESSAGE
from borderliaison.correspondence.printed.printers import register_printer
from borderliaison.correspondence.shown.render import Rendered
from borderliaison.printing.blocks import Block, Fact, Facts, Said, Text
from borderliaison.printing.tongues import Tongues
from borderliaison.ui.parts.messages import PhraseLine


def message_on_paper(first: Rendered, second: Rendered, _tongues: Tongues) -> tuple[Block, ...]:
    """Return a message as blocks: phrases in both languages, or else as their sender read them."""
    pairs = zip(first.context["phrases"], second.context["phrases"], strict=True)
    facts = tuple(Fact(Said(one.number, code=True), (_phrase(one, two),)) for one, two in pairs)
    blocks: list[Block] = [Facts(facts, columns=2)] if facts else []
    if text := first.context["text"]:
        blocks.append(Text(Said(text, lang=first.context["language"])))
    return tuple(blocks)


def _phrase(one: PhraseLine, two: PhraseLine) -> Said:
    also = two.text if two.text != one.text else one.other
    return Said(one.text, also if also != one.text else "")


def register() -> None:
    """Put messages on paper; said once, by the composition root."""
    register_printer(MESSAGE, message_on_paper)
