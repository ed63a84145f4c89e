"""For how long records keep what a report said: the term that its form states for this office's country.

The newest version of the form that this office has states it, also for reports in an earlier one: a term is
law as it stands. It is counted from the first state of a report, whatever corrected it since.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef

from borderliaison.correspondence.models import Item
from borderliaison.forms.errors import UnknownForm
from borderliaison.forms.load import known_forms, load_form
from borderliaison.forms.schema import Term
from borderliaison.offices.services import this_office
from borderliaison.records.models import Source
from borderliaison.reports.content import PAYLOAD_TYPE
from borderliaison.reports.models import Place
from borderliaison.reports.projection.corrections import Corrected, with_earlier

_WHY: Final = "a term ends for every report, whoever may read it"
_FROM: Final = "sent"
"""Nothing closes a report yet, so a term that is counted from its closing does not begin."""


@dataclass(frozen=True, slots=True)
class Ending:
    """When the term of a report ends.

    Attributes:
        at: the moment.
        form: of the report.
        term: as the form states it.
    """

    at: datetime
    form: str
    term: Term


def term_of(form: str) -> Term | None:
    """Return for how long records keep reports of a form here; None where the country has set no term."""
    try:
        return load_form(form).retention.get(this_office()[:2])
    except UnknownForm:
        return None


def ending_of(report: Corrected) -> Ending | None:
    """Return when the term of a report ends; None where none runs."""
    content = report.content()
    term = term_of(content.form) if content is not None else None
    if content is None or term is None or term.after != _FROM:
        return None
    first = report.earlier[0] if report.earlier else report.item
    return Ending(first.created_at + timedelta(days=term.days), content.form, term)


def ending_until(moment: datetime) -> Iterator[tuple[str, Item, Ending]]:
    """Yield the reports in the records whose term ends until a moment.

    Yields:
        The key of the first state, one state, and when the term ends; each report once.
    """
    said = Source.objects.filter(key=OuterRef("key")) | Source.objects.filter(
        key=OuterRef("corrects")
    )
    placed = Place.objects.as_system(_WHY).filter(item=OuterRef("pk"))
    for form in sorted(known_forms()):
        term = term_of(form)
        if term is None or term.after != _FROM:
            continue
        items = Item.objects.as_system(_WHY).filter(
            payload_type=PAYLOAD_TYPE,
            content__form=form,
            created_at__lte=moment - timedelta(days=term.days),
        )
        done: set[str] = set()
        found = items.filter(Exists(said) | Exists(placed)).select_related("marking")
        for item in found.order_by("pk"):
            report = with_earlier(item)
            ending = ending_of(report)
            if report.first not in done and ending is not None and ending.at <= moment:
                done.add(report.first)
                yield report.first, item, ending
