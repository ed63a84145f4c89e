"""A question as a sentence: shown above what it finds, and what a standing question is called at first."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from borderliaison.offices.services import crossing_names
from borderliaison.offices.short_names import short_office_names
from borderliaison.records.ontology.model import schema, schemata
from borderliaison.records.search.asked import DAYS, Asked
from borderliaison.records.shown.words import value_words


def sentence(asked: Asked, lang: str) -> str:
    """Return what is looked for in the reader's language: "Vehicles, seen at 2 or more crossing points"."""
    kind = schemata().get(asked.kind)
    what = kind.plural.text(lang) if kind else pgettext("question", "Whoever and whatever")
    return ", ".join([what, *_clauses(asked, lang)])


def _clauses(asked: Asked, lang: str) -> Iterator[str]:
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
    if asked.crossing:
        yield _("crossing point: %(place)s") % {
            "place": crossing_names(lang).get(asked.crossing, asked.crossing)
        }
    if asked.office:
        yield _("as %(office)s says") % {
            "office": short_office_names(lang).get(asked.office, asked.office)
        }
    if asked.handling:
        yield _("handled as %(code)s") % {"code": asked.handling}
    if asked.since:
        yield _("from %(day)s") % {"day": _day(asked.since, lang)}
    if asked.until:
        yield _("up to %(day)s") % {"day": _day(asked.until, lang)}


def _day(kept: str, lang: str) -> str:
    return value_words("Sighting", schema("Sighting").properties["date"], kept, lang)
