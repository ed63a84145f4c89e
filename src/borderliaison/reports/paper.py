"""A report on paper: everything that its card shows, part by part, from the same view."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from borderliaison.correspondence.printed.printers import register_printer
from borderliaison.correspondence.shown.render import Rendered
from borderliaison.forms.show import ShownField, ShownPart
from borderliaison.forms.totals import ShownTotal
from borderliaison.printing.blocks import (
    Block,
    Column,
    Fact,
    Facts,
    Heading,
    Said,
    Table,
    Text,
)
from borderliaison.printing.times import in_a_line
from borderliaison.printing.tongues import Tongues
from borderliaison.reports.card import WRITTEN, CardView, telling_totals
from borderliaison.reports.content import PAYLOAD_TYPE, ReportContent

MAX_COLUMNS: Final = 6
"""What repeats and has more fields is set row by row, each like a small form."""
_NARROW, _BROAD = 6, 40
"""Signs between which a column's share of the width lies."""


def report_on_paper(first: Rendered, second: Rendered, tongues: Tongues) -> tuple[Block, ...]:
    """Return a report as blocks: notices, what a correction changes, then every filled field."""
    context = first.context
    content: ReportContent = context["content"]
    blocks: list[Block] = []
    if context["foreign"]:
        blocks.append(Text(Said(context["foreign"]), is_notice=True))
    if context.get("lacks_earlier"):
        words = _(
            "This corrects a report that you do not have here; what stood before cannot be shown."
        )
        blocks.append(Text(Said(words), is_notice=True))
    if content.source:
        rests = _("rests on %(number)s") % {"number": content.source}
        blocks.append(Text(Said(rests)))
    if "changes" in context:
        blocks += _changes(first, second, tongues)
    view, other = context["view"], second.context["view"]
    written = str(content.values.get("text_language", ""))
    blocks += parts_on_paper(view, other, written)
    return tuple(blocks)


def parts_on_paper(first: CardView, second: CardView, written: str) -> Iterator[Block]:
    """Yield every filled field of a form.

    Args:
        first: the card in the reader's language.
        second: in the second language, or the same again.
        written: the language in which the author wrote.
    """
    for part, other in zip(first.parts, second.parts, strict=True):
        yield Heading(_pair(part.label, other.label), 2)
        yield from _part(part, other, written)


def _part(part: ShownPart, other: ShownPart, written: str) -> Iterator[Block]:
    facts: list[Fact] = []
    for one, two in zip(part.rows, other.rows, strict=True):
        if not one.rows:
            facts.append(_fact(one, two, written))
            continue
        if facts:
            yield Facts(tuple(facts), columns=2)
            facts = []
        label = _pair(one.label, two.label)
        heads = label.text == part.label
        yield from _rows(one, two, Said("") if heads else label, written)
    if facts:
        yield Facts(tuple(facts), columns=2)


def _fact(one: ShownField, two: ShownField, written: str) -> Fact:
    return Fact(_pair(one.label, two.label), (_value(one, two, written),))


def _value(one: ShownField, two: ShownField, written: str) -> Said:
    return Said(
        text=one.text,
        also=two.text if two.text != one.text else "",
        note=one.also,
        code=one.kind == "plate",
        lang=written if one.kind in WRITTEN else "",
    )


def _rows(one: ShownField, two: ShownField, label: Said, written: str) -> Iterator[Block]:
    """Yield what repeats: as a table where its fields fit beside each other.

    Args:
        one: the field in the reader's language; ``two`` in the second.
        two: likewise.
        label: what stands above it; empty where the part's heading says the same.
        written: the author's language.
    """
    heads: dict[str, Said] = {}
    cells: list[dict[str, tuple[ShownField, ShownField]]] = []
    for mine, theirs in zip(one.rows, two.rows, strict=True):
        cells.append({a.name: (a, b) for a, b in zip(mine, theirs, strict=True)})
        heads |= {a.name: _pair(a.label, b.label) for a, b in zip(mine, theirs, strict=True)}
    if len(heads) <= MAX_COLUMNS:
        yield _table(label, heads, cells, written)
    else:
        if label.text:
            yield Heading(label, 2)
        for number, row in enumerate(cells, start=1):
            head = _pair(f"{one.row_label} {number}", f"{two.row_label} {number}")
            yield Heading(head, 2)
            facts = (Fact(heads[name], (_value(*pair, written),)) for name, pair in row.items())
            yield Facts(tuple(facts), columns=2)
    if telling_totals(one):
        totals = zip(telling_totals(one), telling_totals(two), strict=True)
        yield Facts(tuple(_total(mine, theirs) for mine, theirs in totals), columns=2)


def _table(
    label: Said,
    heads: dict[str, Said],
    cells: Sequence[dict[str, tuple[ShownField, ShownField]]],
    written: str,
) -> Table:
    rows = tuple(
        tuple(_value(*row[name], written) if name in row else Said("") for name in heads)
        for row in cells
    )
    columns = tuple(
        Column(head, _share([head, *(row[place] for row in rows)]))
        for place, head in enumerate(heads.values())
    )
    return Table(columns, rows, label)


def _share(said: Sequence[Said]) -> int:
    longest = max(len(text) for one in said for text in (one.text, one.also, one.note))
    return min(max(longest, _NARROW), _BROAD)


def _total(one: ShownTotal, two: ShownTotal) -> Fact:
    notes = [f"= {one.equivalent}"] if one.equivalent else []
    if one.note:
        said = f"{_('kilogram equivalent')}: {one.note}" if one.equivalent else one.note
        notes.append(f"{said} {one.address}".strip())
    value = Said(one.amount, two.amount if two.amount != one.amount else "", " ".join(notes))
    return Fact(_pair(one.label, two.label), (value,))


def _changes(first: Rendered, second: Rendered, tongues: Tongues) -> Iterator[Block]:
    revisions = first.context["revisions"]
    earlier = " · ".join(f"{one.number}: {in_a_line(one.at)}" for one in revisions)
    head = tongues.words(lambda: _("What the correction changes"), earlier)
    yield Heading(head, 2)
    if not first.context["changes"]:
        yield Text(tongues.words(lambda: _("No field differs; marking or recipients may.")))
        return
    columns = (
        Column(tongues.words(lambda: _("Field")), 2),
        Column(tongues.words(lambda: _("Before")), 3),
        Column(tongues.words(lambda: _("After")), 3),
    )
    pairs = zip(first.context["changes"], second.context["changes"], strict=True)
    empty = Said(_("was empty")), Said(_("taken out"))
    rows = tuple(
        (
            _pair(one.label, two.label),
            _pair(one.old, two.old) if one.old else empty[0],
            _pair(one.new, two.new) if one.new else empty[1],
        )
        for one, two in pairs
    )
    yield Table(columns, rows)


def _pair(one: str, two: str) -> Said:
    return Said(one, two if two != one else "")


def register() -> None:
    """Put reports on paper; said once, by the composition root."""
    register_printer(PAYLOAD_TYPE, report_on_paper)
