"""Tags of what travels: receipts, links, offices, feed rows, messages, people."""

from collections.abc import Sequence
from typing import Any

from django.template import Library
from django.template.context import Context
from django.utils.safestring import SafeString

from borderliaison.ui.parts import messages, receipts
from borderliaison.ui.parts.cards import Card
from borderliaison.ui.parts.feed import KIND_ICONS, ActionItem, FeedRow
from borderliaison.ui.parts.offices import OfficeKind, OfficeSign
from borderliaison.ui.parts.readers import Readers
from borderliaison.ui.parts.things import Thing
from borderliaison.ui.shell import LinkWord, Shell
from borderliaison.ui.tags.drawing import draw
from borderliaison.ui.tags.marks import now_of

register = Library()


@register.inclusion_tag("ui/components/receipts.html", takes_context=True)
def ladder(context: Context, recipients: list[receipts.Recipient]) -> dict[str, Any]:
    """Show the receipts ladder, a row for each recipient; upright where there is no width."""
    rows = [(one, receipts.rungs(one.steps, one.last)) for one in recipients]
    labels = receipts.labels(recipients[0].last if recipients else "")
    return {"rows": rows, "labels": labels, "page_now": now_of(context)}


@register.inclusion_tag("ui/components/bars.html")
def bars(steps: tuple[receipts.Step, ...], worded: bool = False) -> dict[str, Any]:
    """Show the short form of receipts: five bars, with the sentence for those who hear the page.

    Args:
        steps: of the letter.
        worded: the furthest step is named beside them, where no other word says it.
    """
    reached = receipts.reached(steps) if worded else ""
    return {"rungs": receipts.rungs(steps), "words": receipts.in_words(steps), "reached": reached}


@register.inclusion_tag("ui/components/link_badge.html")
def link_badge(state: str, words: str = "") -> dict[str, Any]:
    """Show how a link is: a word, an icon, and its latency or age in words."""
    return {"state": LinkWord(state), "words": words}


@register.inclusion_tag("ui/components/link_line.html")
def link_line(state: str, words: str = "") -> dict[str, Any]:
    """Show a link as the line that stands for it on a map, its word beside it."""
    return {"state": LinkWord(state), "words": words}


@register.inclusion_tag("ui/components/office.html")
def office_sign(
    kind: str, *, own: bool = True, link: str = "", selected: bool = False, label: str = ""
) -> dict[str, Any]:
    """Draw an office: shape by rank, filled if own, a badge for its link."""
    sign = OfficeSign(OfficeKind(kind), own, LinkWord(link) if link else None, selected)
    return {"sign": sign, "label": label}


@register.inclusion_tag("ui/components/kind_tile.html")
def kind_tile(kind: str, tone: str = "", icon: str = "") -> dict[str, Any]:
    """Show what kind of thing a row is: its icon, or another, on a tile of the tone."""
    return {"icon": icon or KIND_ICONS.get(kind, "file-text"), "tone": tone}


@register.inclusion_tag("ui/components/things.html")
def things(things: Sequence[Thing]) -> dict[str, Any]:
    """List persons, vehicles, substances: each a card with its sign."""
    return {"things": things}


@register.inclusion_tag("ui/components/feed_row.html", takes_context=True)
def feed_row(context: Context, row: FeedRow) -> dict[str, Any]:
    """Show a row of the live feed."""
    return {"row": row, "page_now": now_of(context)}


@register.simple_block_tag(takes_context=True)
def action_item(context: Context, content: SafeString, item: ActionItem) -> SafeString:
    """Show something that needs action; the content is its buttons, three at most."""
    inner = {"item": item, "content": content, "page_now": now_of(context)}
    return draw(context, "ui/components/action_item.html", inner)


@register.simple_block_tag(takes_context=True)
def card(context: Context, content: SafeString, card: Card) -> SafeString:
    """Show a lookout or another thing read at length; the content stands below its facts."""
    shell = context.get("shell")
    inner = {
        "card": card,
        "icon": KIND_ICONS.get(card.kind, card.kind or "file-text"),
        "content": content,
        "in_exercise": isinstance(shell, Shell) and shell.is_exercise,
        "page_now": now_of(context),
    }
    return draw(context, "ui/components/card.html", inner)


@register.inclusion_tag("ui/components/readers.html")
def readers(readers: Readers) -> dict[str, Any]:
    """Show who will read this, who will after authorisation, and who will not, with reasons."""
    return {"readers": readers}


@register.inclusion_tag("ui/components/message.html", takes_context=True)
def message(context: Context, bubble: messages.Bubble) -> dict[str, Any]:
    """Show a message of a thread."""
    return {"bubble": bubble, "page_now": now_of(context)}


@register.inclusion_tag("ui/components/call_sheet.html")
def call_sheet(sheet: messages.CallSheet, shortcut: str = "c") -> dict[str, Any]:
    """Show who answers at an office now and how to reach them."""
    return {"sheet": sheet, "shortcut": shortcut}


@register.inclusion_tag("ui/components/initials.html")
def initials(name: str, tone: str = "") -> dict[str, Any]:
    """Show a person's initials on a tile; decoration beside the name."""
    return {"initials": messages.initials(name), "tone": tone}
