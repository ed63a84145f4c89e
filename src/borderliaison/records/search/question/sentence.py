"""A question as a sentence: shown above what it finds, and what a standing question is called at first."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from borderliaison.kernel.ids import OfficeCode
from borderliaison.offices.services import crossing_names
from borderliaison.offices.short_names import short_office_names
from borderliaison.records.ontology.model import kinds_below, schema, schemata
from borderliaison.records.ontology.schema import Property
from borderliaison.records.search.found.conditions import (
    ANY_LINK,
    ANYTHING,
    THROUGH_EVENT,
    Condition,
    Linked,
    Says,
    Within,
    amount_of,
    kinds_with,
    property_of,
)
from borderliaison.records.search.question.asked import DAYS, Asked
from borderliaison.records.shown.words import value_words
from borderliaison.wording.marks import level_choices


def sentence(asked: Asked, office: str, lang: str) -> str:
    """Return what is looked for in words: "Vehicles, seen at 2 or more crossing points"."""
    kind = schemata().get(asked.kind)
    what = kind.plural.text(lang) if kind else pgettext("question", "Whoever and whatever")
    return ", ".join([what, *_clauses(asked, office, lang)])


def _clauses(asked: Asked, office: str, lang: str) -> Iterator[str]:
    if asked.q:
        yield _("found by “%(words)s”") % {"words": asked.q}
    points, days = int(asked.points or 1), int(asked.days or DAYS)
    if points > 1:
        yield ngettext(
            "seen at %(n)s or more crossing point", "seen at %(n)s or more crossing points", points
        ) % {"n": points}
    if asked.near:
        yield ngettext(
            "within %(n)s day of an event there: %(kind)s",
            "within %(n)s days of an event there: %(kind)s",
            days,
        ) % {"n": days, "kind": schema(asked.near).label.text(lang)}
    if asked.conditions:
        clauses = [_condition(one, asked.kind, lang) for one in asked.conditions]
        if asked.any and len(clauses) > 1:
            yield _("one of: %(clauses)s") % {"clauses": "; ".join(clauses)}
        else:
            yield from clauses
    if asked.crossing:
        yield _("crossing point: %(place)s") % {
            "place": crossing_names(lang).get(asked.crossing, asked.crossing)
        }
    if asked.office:
        yield _("as %(office)s says") % {
            "office": short_office_names(lang).get(asked.office, asked.office)
        }
    yield from _marked(asked, office, lang)
    if asked.since:
        yield _("from %(day)s") % {"day": _day(asked.since, lang)}
    if asked.until:
        yield _("up to %(day)s") % {"day": _day(asked.until, lang)}


def _marked(asked: Asked, office: str, lang: str) -> Iterator[str]:
    if asked.handling:
        yield _("handled as %(code)s") % {"code": asked.handling}
    if asked.level:
        labels = {one.value: one.label for one in level_choices(OfficeCode(office), lang)}
        yield _("classified as %(level)s") % {"level": labels.get(asked.level, asked.level)}
    if asked.grade:
        yield _("graded %(grade)s") % {"grade": asked.grade}


def _condition(one: Condition, kind: str, lang: str) -> str:
    match one:
        case Says():
            said = _says(one, kind, lang)
        case Linked():
            said = _linked(one, lang)
        case Within():
            place = crossing_names(lang).get(one.point, one.point) or one.spot.replace(",", ", ")
            said = _("within %(km)s km of %(place)s") % {"km": one.km, "place": place}
    return _("not: %(clause)s") % {"clause": said} if one.is_not else said


def _says(one: Says, kind: str, lang: str) -> str:
    prop = property_of(kind, one.prop)
    if prop is None:
        return str(one)
    is_date = prop.type.name == "date"
    said = {
        ":": pgettext("condition", "%(label)s: “%(value)s”"),
        "=": pgettext("condition", "%(label)s: %(value)s"),
        ">=": _("%(label)s: %(value)s or later") if is_date else _("%(label)s: %(value)s or more"),
        "<=": _("%(label)s: %(value)s or earlier")
        if is_date
        else _("%(label)s: %(value)s or less"),
        "?": _("%(label)s is known"),
    }[one.how]
    value = one.value if one.how == ":" else _words(one, prop, kind, lang)
    return said % {"label": prop.label.text(lang), "value": value}


def _words(one: Says, prop: Property, kind: str, lang: str) -> str:
    """Return a value in words, by the first kind that has any for it."""
    kinds = [each.name for each in kinds_with(one.prop) if each.name in kinds_below(kind)] or [
        prop.schema
    ]
    found = (value_words(each, prop, one.value, lang) for each in kinds)
    return next((each for each in found if each != one.value), one.value)


def _linked(one: Linked, lang: str) -> str:
    what = schema(one.to).label.text(lang) if one.to != ANYTHING else _("anything")
    said = f"{what} “{one.words}”" if one.words else what
    if one.by == THROUGH_EVENT:
        return _("linked to %(what)s, also by the same event") % {"what": said}
    if one.by == ANY_LINK:
        return _("linked to %(what)s") % {"what": said}
    link = schema(one.by).label.text(lang)
    amount = amount_of(one.by)
    if one.least and amount is not None:
        link = f"{link}, {amount.label.text(lang)} ≥ {one.least}"
    return _("linked to %(what)s (%(link)s)") % {"what": said, "link": link}


def _day(kept: str, lang: str) -> str:
    return value_words("Sighting", schema("Sighting").properties["date"], kept, lang)
