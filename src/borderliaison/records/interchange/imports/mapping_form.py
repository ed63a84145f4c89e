"""How the columns of a table are read, as the page shows it: by a specification, or column by column."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from borderliaison.records.interchange.imports.sketching import (
    GRADE,
    MOST_LINKS,
    MOST_THINGS,
    OWN,
    Sketch,
    is_sayable,
    sayable,
)
from borderliaison.records.interchange.imports.specs.spec import LinkRule, Spec, ThingRule
from borderliaison.records.ontology.model import links, schema, things
from borderliaison.records.ontology.schema import Schema
from borderliaison.ui.parts.fields import Choice

_DATES: Final = (
    ("dmy", gettext_lazy("day, month, year: 31.12.2026")),
    ("mdy", gettext_lazy("month, day, year: 12/31/2026")),
)


@dataclass(frozen=True, slots=True)
class Select:
    """A list to choose from; ``groups`` are its headings with what stands below each."""

    name: str
    label: str
    choices: tuple[Choice, ...] = ()
    value: str = ""
    groups: tuple[tuple[str, tuple[Choice, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Linked:
    """A link: of which kind, from where and to where."""

    kind: Select
    begin: Select
    end: Select


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        number: from 0.
        name: in the heading.
        samples: of its cells.
        says: what the specification makes of it, in words.
        choice: what it may say, where it is chosen here; None where it cannot be.
        is_apart: whether things are the same by it.
    """

    number: int
    name: str
    samples: tuple[str, ...]
    says: tuple[str, ...] = ()
    choice: Select | None = None
    is_apart: bool = False


@dataclass(frozen=True, slots=True)
class MappingForm:
    """All of it.

    Attributes:
        specs: that fit, and the own way.
        is_own: whether it is chosen column by column.
        columns: of the table.
        things: what a line speaks of, where that is chosen here.
        links: likewise.
        dates: how days are written.
    """

    specs: Select
    is_own: bool
    columns: tuple[Column, ...]
    things: tuple[Select, ...] = ()
    links: tuple[Linked, ...] = ()
    dates: Select | None = None


def mapping_form(
    columns: Sequence[str],
    samples: Sequence[Mapping[str, str]],
    fit: Sequence[Spec],
    chosen: Spec | Sketch,
    lang: str,
) -> MappingForm:
    """Return how a table is read, to be shown.

    Args:
        columns: of the table.
        samples: some of its lines.
        fit: the specifications whose columns it has.
        chosen: one of them, or what was chosen column by column.
        lang: of the reader.
    """
    offered = tuple(Choice(one.name, one.label.text(lang)) for one in fit)
    own = Choice(OWN, _("Choose column by column"))
    name = chosen.name if isinstance(chosen, Spec) else OWN
    specs = Select("spec", _("Specification"), (*offered, own), name)
    seen = {one: tuple(line[one] for line in samples if line.get(one)) for one in columns}
    if isinstance(chosen, Spec):
        said = _said(chosen, lang)
        rows = (Column(n, one, seen[one], said.get(one, ())) for n, one in enumerate(columns))
        return MappingForm(specs, False, tuple(rows))
    groups = _groups(chosen, lang)
    rows = (
        Column(
            number,
            one,
            seen[one],
            choice=Select(
                f"column-{number}", one, value=chosen.columns.get(number, ""), groups=groups
            )
            if is_sayable(one)
            else None,
            is_apart=number in chosen.apart,
        )
        for number, one in enumerate(columns)
    )
    return MappingForm(
        specs, True, tuple(rows), _things(chosen, lang), _links(chosen, lang),
        Select("dates", _("Days are written"), tuple(Choice(k, str(v)) for k, v in _DATES), chosen.dates),
    )  # fmt: skip


def _things(chosen: Sketch, lang: str) -> tuple[Select, ...]:
    kinds = _kinds(things(), lang)
    shown = min(MOST_THINGS, len(chosen.things) + 1)
    return tuple(
        Select(
            f"thing-{n + 1}",
            _("Thing %(n)d of a row") % {"n": n + 1},
            kinds,
            chosen.things[n] if n < len(chosen.things) else "",
        )
        for n in range(shown)
    )


def _links(chosen: Sketch, lang: str) -> tuple[Linked, ...]:
    if len(chosen.things) < 2:
        return ()
    kinds = _kinds(links(), lang)
    ends = tuple(Choice(str(n), _numbered(n, one, lang)) for n, one in enumerate(chosen.things, 1))
    found = []
    for n in range(min(MOST_LINKS, len(chosen.links) + 1)):
        line = chosen.links[n] if n < len(chosen.links) else None
        name = f"link-{n + 1}"
        begin, end = (str(line.begin), str(line.end)) if line else ("1", "2")
        found.append(
            Linked(
                Select(name, _("Link %(n)d") % {"n": n + 1}, kinds, line.schema if line else ""),
                Select(f"{name}-from", pgettext("link", "From"), ends, begin),
                Select(f"{name}-to", pgettext("link", "To"), ends, end),
            )
        )
    return tuple(found)


def _groups(chosen: Sketch, lang: str) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    things_ = (
        (_numbered(n, one, lang), _properties(str(n), schema(one), lang))
        for n, one in enumerate(chosen.things, 1)
    )
    links_ = (
        (_numbered(n, one.schema, lang), _properties(f"l{n}", schema(one.schema), lang))
        for n, one in enumerate(chosen.links, 1)
    )
    row = (_("The row itself"), (Choice(GRADE, _("Its grade (4x4)")),))
    return (*things_, *links_, row)


def _properties(whose: str, kind: Schema, lang: str) -> tuple[Choice, ...]:
    return tuple(Choice(f"{whose}.{one.name}", one.label.text(lang)) for one in sayable(kind))


def _kinds(kinds: Iterable[Schema], lang: str) -> tuple[Choice, ...]:
    found = sorted((one.label.text(lang), one.name) for one in kinds)
    return tuple(Choice(name, label) for label, name in found)


def _numbered(number: int, name: str, lang: str) -> str:
    return f"{number}. {schema(name).label.text(lang)}"


def _said(spec: Spec, lang: str) -> dict[str, tuple[str, ...]]:
    """Return what a specification makes of each column, in words."""
    found: dict[str, list[str]] = {}
    rules: tuple[ThingRule | LinkRule, ...] = (*spec.things, *spec.links)
    for rule in rules:
        kind = schema(rule.schema)
        for prop, cell in rule.says:
            words = f"{kind.label.text(lang)} · {kind.properties[prop].label.text(lang)}"
            found.setdefault(cell.column, []).append(words)
    if spec.grade:
        found.setdefault(spec.grade, []).append(_("Its grade (4x4)"))
    return {column: tuple(dict.fromkeys(words)) for column, words in found.items()}
