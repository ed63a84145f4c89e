"""A row of fields for each condition of a question; what stands in them, whole or not, stays."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from borderliaison.forms.codes import load_codes
from borderliaison.offices.services import crossing_names
from borderliaison.records.ontology.model import kinds_below, schemata
from borderliaison.records.ontology.schema import Property
from borderliaison.records.search.found.conditions import (
    ANY_LINK,
    ANYTHING,
    MAX_CONDITIONS,
    MAX_KM,
    MAX_VALUE,
    THROUGH_EVENT,
    Condition,
    Linked,
    Says,
    Within,
    amount_of,
    hows_of,
    kinds_with,
    property_of,
    read_condition,
    written,
)
from borderliaison.records.search.question.asked import Asked
from borderliaison.records.search.question.fields import (
    KINDS,
    choice,
    in_order,
    kind_choices,
    named,
)
from borderliaison.records.shown.codes import codes_of, said_by_forms
from borderliaison.ui.parts.fields import Choice, FieldView, Widget

_LINKED: Final = "linked"
_WITHIN: Final = "within"
_KM: Final = 25
_PARTS: Final = ("if", "what", "how", "of", "least", "value")
_NO_CONDITION: Final = frozenset({"latitude", "longitude", "indexText"})


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of one condition; those that it has not are sent empty, so that rows stay rows.

    Attributes:
        number: of the row, from 1 on.
        label: what the row is about, for who hears the page.
        fields: by their names; ``what`` alone where nothing is chosen yet.
        left: the names of those that the condition has not.
    """

    number: int
    label: str
    fields: tuple[FieldView, ...]
    left: tuple[str, ...]
    is_new: bool = False


Typed = dict[str, str]
"""What was typed into the fields of a row."""


def asked_with_rows(given: QueryDict) -> dict[str, str]:
    """Return what an address asks for, the rows of its conditions put together where it has rows."""
    said = {name: value for name, value in given.dict().items() if isinstance(value, str)}
    if "what" not in given:
        return said
    made = [read_condition(_line(one)) for one in _rows(given)]
    return said | {"where": written(tuple(one for one in made if one is not None))}


def rows_of(given: QueryDict, asked: Asked, lang: str) -> list[Row]:
    """Return a row for each condition as it was typed, whole or not, and one for a further one."""
    typed = _rows(given) if "what" in given else [_typed(one) for one in asked.conditions]
    rows = [_row(n, one, asked.kind, lang) for n, one in enumerate(typed, start=1)]
    if len(rows) < MAX_CONDITIONS:
        rows.append(_row(len(rows) + 1, {}, asked.kind, lang))
    return rows


def _rows(given: QueryDict) -> list[Typed]:
    """Return what was typed, row by row, without those that were emptied or taken out."""
    columns = {name: given.getlist(name) for name in _PARTS}
    dropped = given.get("drop", "")
    rows = [
        {name: some[n].strip() if n < len(some) else "" for name, some in columns.items()}
        for n in range(len(columns["what"]))
        if str(n + 1) != dropped
    ]
    return [one for one in rows if one["what"]][:MAX_CONDITIONS]


def _line(typed: Typed) -> str:
    """Return a row as the line of a condition; one that is not whole yet is none."""
    what, how, of, value = (typed[name] for name in ("what", "how", "of", "value"))
    start = "not " if typed["if"] == "not" else ""
    if what == _LINKED:
        least = (
            f" >= {typed['least'].replace(',', '.')}" if typed["least"] and amount_of(how) else ""
        )
        return f"{start}linked {how or THROUGH_EVENT} {of or ANYTHING}{least}" + (
            f": {value}" if value else ""
        )
    if what == _WITHIN:
        return f"{start}within {how or _KM} {of or value}"
    sign = _sign(what, how)
    return f"{start}{what} {sign} {'' if sign == '?' else value}"


def _sign(what: str, how: str) -> str:
    prop = property_of("", what)
    hows = hows_of(prop) if prop else ("?",)
    return how if how in hows else hows[0]


def _typed(one: Condition) -> Typed:
    """Return a condition as it is typed into a row."""
    is_not = "not" if one.is_not else ""
    match one:
        case Says():
            said: tuple[str, ...] = (is_not, one.prop, one.how, "", "", one.value)
        case Linked():
            said = (is_not, _LINKED, one.by, one.to, one.least, one.words)
        case Within():
            said = (is_not, _WITHIN, str(one.km), one.point, "", one.spot)
    return dict(zip(_PARTS, said, strict=True))


def _row(number: int, typed: Typed, kind: str, lang: str) -> Row:
    what = typed.get("what", "")
    ways = _ways(kind, what, lang)
    chosen = choice("what", _("What"), what, ways, _("Add a condition …"))
    fields = tuple(_further(typed, kind, lang)) if what else ()
    either = (
        Choice("", pgettext("condition", "if")),
        Choice("not", pgettext("condition", "if not")),
    )
    first = (choice("if", _("Holds"), typed["if"], either),) if what else ()
    every = (*first, chosen, *fields)
    label = next((one.label for one in ways if one.value == what), "")
    left = tuple(name for name in _PARTS if name not in {one.name for one in every})
    return Row(number, label, every, left, is_new=not what)


def _further(typed: Typed, kind: str, lang: str) -> Iterator[FieldView]:
    match typed["what"]:
        case "linked":
            yield from _linked(typed, lang)
        case "within":
            yield FieldView(
                "how", _("Kilometres"), Widget.NUMBER, typed["how"] or str(_KM), maxlength=MAX_KM
            )
            yield choice(
                "of", _("Around"), typed["of"], named(crossing_names(lang)), _("a place on the map")
            )
            if not typed["of"]:
                hint = "41.2, 69.3"
                yield FieldView(
                    "value", _("Latitude, longitude"), Widget.TEXT, typed["value"], hint=hint
                )
        case name:
            yield from _said(name, typed, kind, lang)


def _linked(typed: Typed, lang: str) -> Iterator[FieldView]:
    by = typed["how"] or THROUGH_EVENT
    links = [
        Choice(THROUGH_EVENT, _("in any way, or by the same event")),
        Choice(ANY_LINK, _("in any way")),
        *sorted(
            (Choice(one.name, one.label.text(lang)) for one in schemata().values()
             if one.edge is not None and not one.is_abstract),
            key=lambda one: one.label.casefold(),
        ),
    ]  # fmt: skip
    yield choice("how", _("How"), by, tuple(links))
    others = (Choice(ANYTHING, _("anything")), *kind_choices("", lang))
    yield choice("of", _("To what"), typed["of"] or ANYTHING, others)
    amount = amount_of(by)
    if amount is not None:
        label = _("%(what)s at least") % {"what": amount.label.text(lang)}
        yield FieldView("least", label, Widget.NUMBER, typed["least"])
    yield FieldView(
        "value", _("Name, number or word"), Widget.TEXT, typed["value"], maxlength=MAX_VALUE
    )


def _said(name: str, typed: Typed, kind: str, lang: str) -> Iterator[FieldView]:
    prop = property_of(kind, name)
    if prop is None:
        return
    sign = _sign(name, typed["how"])
    words = _hows(prop)
    yield choice("how", _("How"), sign, tuple(Choice(one, words[one]) for one in hows_of(prop)))
    if sign == "?":
        return
    known = _values(prop, kind, lang)
    if sign == "=" and known:
        yield choice("value", _("Value"), typed["value"], known, _("Choose"))
    else:
        hint = _("2026, 2026-05 or 2026-05-14") if prop.type.name == "date" else ""
        widget = Widget.NUMBER if prop.type.name == "number" else Widget.TEXT
        yield FieldView("value", _("Value"), widget, typed["value"], hint=hint, maxlength=MAX_VALUE)


def _hows(prop: Property) -> dict[str, str]:
    known = {"?": _("is known"), "=": _("is"), ":": _("has the words")}
    if prop.type.name == "date":
        return known | {">=": _("then or later"), "<=": _("then or earlier"), "=": _("then")}
    return known | {">=": _("at least"), "<=": _("at most")}


def _values(prop: Property, kind: str, lang: str) -> tuple[Choice, ...]:
    """Return what the values of a property can be, where that is a list."""
    if prop.type.name == "country":
        codes = load_codes("country").codes.values()
        return in_order(Choice(one.code.lower(), one.label.text(lang)) for one in codes)
    kinds = [one.name for one in kinds_with(prop.name) if one.name in kinds_below(kind)]
    found = {code: words for one in kinds for code, words in codes_of(one, prop.name).items()}
    return in_order(Choice(code, words.text(lang)) for code, words in found.items())


def _ways(kind: str, chosen: str, lang: str) -> tuple[Choice, ...]:
    """Return what can be asked: links and places, what forms say, then all else that a kind may have."""
    others = _("Links and places")
    first = (
        Choice(_LINKED, _("Linked to"), group=others),
        Choice(_WITHIN, _("Near to a place"), group=others),
    )
    said = _properties(kind, lang)
    known = {one.value for one in (*first, *said)}
    prop = property_of(kind, chosen)
    kept = () if chosen in known or prop is None else (Choice(chosen, prop.label.text(lang)),)
    return (*first, *said, *kept)


@lru_cache(maxsize=256)
def _properties(kind: str, lang: str) -> tuple[Choice, ...]:
    kinds = [schemata()[one] for one in (kinds_below(kind) if kind else KINDS)]
    forms = said_by_forms()
    often = dict.fromkeys(
        [name for one in kinds for name in one.featured]
        + [name for one in kinds for name in one.properties if (one.name, name) in forms]
    )
    every = dict.fromkeys(name for one in kinds for name in one.properties) if kind else often
    asked = {
        name: prop
        for name in every
        if name not in _NO_CONDITION and (prop := property_of(kind, name)) is not None
    }
    return tuple(
        Choice(one.value, one.label, group=heading)
        for heading, names in (
            (_("What reports say"), [name for name in asked if name in often]),
            (_("What else can be known"), [name for name in asked if name not in often]),
        )
        for one in in_order(Choice(name, asked[name].label.text(lang)) for name in names)
    )
