"""Of whom and what something is said that meets a condition: asked of the database, and of one value."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, Final

from django.conf import settings
from django.db.models import Case, FloatField, When
from django.db.models.functions import Cast

from borderliaison.accounts.zones import zone_of
from borderliaison.forms.finding.query import Phrase, matched, read_query
from borderliaison.kernel.policy import Reader
from borderliaison.markings.models import MarkedQuerySet
from borderliaison.records.models import Statement
from borderliaison.records.ontology.schema import Property
from borderliaison.records.search.found.conditions import Says, kinds_with, property_of
from borderliaison.records.search.index.indexing import texts_of
from borderliaison.records.search.index.terms import of_statements
from borderliaison.records.values import key_of
from borderliaison.sql.within import within

_A_NUMBER: Final = r"^-?[0-9]+(\.[0-9]+)?$"
_YEAR, _MONTH, _DAY = len("2026"), len("2026-05"), len("2026-05-12")
_MONTHS: Final = 12

Statements = MarkedQuerySet[Statement]


def saying(
    reader: Reader, one: Says, kinds: Collection[str], among: Collection[int] | None = None
) -> set[int]:
    """Return the numbers of the entities of which one source says so.

    Args:
        reader: who asks.
        one: the condition, as if it were not turned round by ``is_not``.
        kinds: the schemata of who and what is meant.
        among: of these entities alone, where they are known already.
    """
    has_it = [kind.name for kind in kinds_with(one.prop) if kind.name in kinds]
    said = Statement.objects.readable_by(reader).filter(prop=one.prop, entity__schema__in=has_it)
    if among is not None:
        said = said.filter(within("entity", among))
    prop = property_of("", one.prop)
    if prop is None or not has_it:
        return set()
    if one.how == ":":
        return _with_words(reader, said, one)
    if prop.type.name == "date" and one.how != "?":
        near = _near(said, one).values_list("entity_id", "key").iterator()
        zone = zone_of(settings.BLO_OFFICE)
        return {pk for pk, key in near if _is_in_time(one, key, zone)}
    return set(_compared(said, one, prop).values_list("entity_id", flat=True))


def is_met(one: Says, kind: str, prop: Property, value: str) -> bool:
    """Whether a value meets a condition, as the database finds it.

    Args:
        one: the condition.
        kind: the schema of which the value is said.
        prop: the property.
        value: as it is kept.
    """
    if prop.name != one.prop:
        return False
    match one.how:
        case "?":
            return True
        case ":":
            terms = read_query(one.value).terms
            return any(_has_all(terms, text) for text in texts_of(kind, prop.name, value))
        case "=" if prop.type.name not in ("number", "date"):
            return key_of(prop, value) == key_of(prop, one.value)
    if prop.type.name == "number":
        return _is_so(float(value), one.how, float(one.value))
    return _is_in_time(one, value, zone_of(settings.BLO_OFFICE))


def numbered(said: Statements) -> MarkedQuerySet[Any]:
    """Return statements with their values as numbers, ``number``; null where one is none."""
    return said.annotate(
        number=Case(When(value__regex=_A_NUMBER, then=Cast("value", FloatField())))
    )


def _with_words(reader: Reader, said: Statements, one: Says) -> set[int]:
    terms = read_query(one.value).terms
    for term in terms:
        said = said.filter(of_statements(reader, term))
    if not terms:
        return set()
    if not any(isinstance(term, Phrase) for term in terms):
        return set(said.values_list("entity_id", flat=True))
    read = said.values_list("entity_id", "entity__schema", "value").iterator()
    return {
        pk
        for pk, kind, value in read
        if any(_has_all(terms, text) for text in texts_of(kind, one.prop, value))
    }


def _has_all(terms: Collection[object], text: str) -> bool:
    return {term for term, _, _ in matched(tuple(terms), text)} == set(terms)  # type: ignore[arg-type]


def _compared(said: Statements, one: Says, prop: Property) -> MarkedQuerySet[Any]:
    if one.how == "?":
        return said
    if prop.type.name == "number":
        compared = {">=": "number__gte", "<=": "number__lte"}.get(one.how, "number")
        return numbered(said).filter(**{compared: float(one.value)})
    key = key_of(prop, one.value)
    return said.filter(key=key) if key else said.filter(value=one.value)


def _near(said: Statements, one: Says) -> MarkedQuerySet[Any]:
    """Return those that may be in time: a day more at each end, for there are other clocks."""
    after, before = _bounds(one)
    known = said.filter(key__gte=_aside(after[0], -1)) | said.filter(key__in=after[1])
    return known.filter(key__lt=_aside(before, 1)) if before else known


def _aside(bound: str, days: int) -> str:
    """Return a bound so many days earlier or later; where there are no such days, what bounds nothing."""
    whole = bound[:_DAY] + "0001-01-01"[len(bound[:_DAY]) :]
    try:
        return (date.fromisoformat(whole) + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return "0" if days < 0 else ":"


def _is_in_time(one: Says, value: str, zone: tzinfo) -> bool:
    """Whether a date is within the bounds; a moment, by the office's clock."""
    after, before = _bounds(replace(one, value=_by_clock(one.value, zone)))
    is_day = len(one.value) <= _DAY
    at = _by_clock(value, zone)[: _DAY if is_day and len(value) > _DAY else None]
    return (at in after[1] or at >= after[0]) and (not before or at < before)


def _by_clock(value: str, zone: tzinfo) -> str:
    """Return a moment as the office's clock showed it, ``2026-05-12T09:30:00``; a day as it stands."""
    if len(value) <= _DAY:
        return value
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    if moment.tzinfo is not None:
        moment = moment.astimezone(zone)
    return moment.replace(tzinfo=None).isoformat(timespec="seconds")


def _bounds(one: Says) -> tuple[tuple[str, tuple[str, ...]], str]:
    """Return from what a date is at least, or what it is where less of it is known; and below what."""
    parts = tuple(one.value[:end] for end in (_YEAR, _MONTH, _DAY) if end < len(one.value))
    after = ("0", ()) if one.how == "<=" else (one.value, parts if one.how == ">=" else ())
    return after, "" if one.how == ">=" else _next(one.value)


def _next(value: str) -> str:
    """Return the first date after all of a year, a month, a day; after a moment, that moment."""
    try:
        match len(value):
            case 4:
                return f"{int(value) + 1:04}"
            case 7:
                year, month = int(value[:_YEAR]), int(value[_YEAR + 1 :])
                return f"{year + month // _MONTHS:04}-{month % _MONTHS + 1:02}"
            case 10:
                return (date.fromisoformat(value) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return ""
    return value + "~"


def _is_so(number: float, how: str, wanted: float) -> bool:
    return {">=": number >= wanted, "<=": number <= wanted}.get(how, number == wanted)
