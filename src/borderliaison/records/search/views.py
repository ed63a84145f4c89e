"""The page of records: what is looked for stands in its address; a result leads to its record."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from borderliaison.accounts.services import account_of, reader_of
from borderliaison.kernel.marking import Handling, PageMarking
from borderliaison.markings.pages import mark_page
from borderliaison.offices.services import crossing_names
from borderliaison.offices.short_names import short_office_names
from borderliaison.records.ontology.model import schemata
from borderliaison.records.profiles.reading import profiles
from borderliaison.records.search.asked import Asked, read_asked
from borderliaison.records.search.finding import find
from borderliaison.records.search.hits import show_hit
from borderliaison.records.search.sentence import sentence
from borderliaison.records.search.standing import new_for
from borderliaison.records.search.told import NOTHING, why_seen
from borderliaison.records.shown.onward import charts_url
from borderliaison.ui.parts.fields import Choice, FieldView, Widget

PAGE: Final = 25
KINDS: Final = (
    "Person", "LegalEntity", "Vehicle", "RailVehicle", "Container", "Consignment", "Phone",
    "TravelDocument", "Firearm", "Cash", "BankAccount", "Substance", "CrossingPoint", "Address",
    "Seizure", "Sighting", "Lookout", "EntryRefusal", "IllegalCrossing", "Detention",
    "DocumentForgery", "WantedNotice", "Smuggling", "PrecursorStop", "Incident", "BorderEvent",
)  # fmt: skip
"""What officers look for, the commonest first; another kind may stand in an address."""


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Show the records that this officer looks for, as far as he may know of them."""
    reader, lang = reader_of(request), get_language() or "en"
    asked = read_asked(request.GET.dict())
    wanted = asked.wanted()
    found = find(reader, wanted)
    first = (asked.page - 1) * PAGE
    groups = found.groups[first : first + PAGE]
    known = profiles(reader, [one[0] for one in groups])
    there = [known[one[0]] for one in groups if one[0] in known]
    why = why_seen(reader, wanted.seen, there, lang)
    mark_page(request, PageMarking.of([
        *(saying.marking for one in there for value in one.values for saying in value.sayings),
        *(marking for one in why.values() for marking in one.markings),
    ]))  # fmt: skip
    total = len(found.groups)
    context = {
        "asked": asked,
        "fields": _fields(asked, lang),
        "hits": [show_hit(one, wanted.query, lang, why.get(one.key, NOTHING)) for one in there],
        "found": found,
        "total": total,
        "left_out": wanted.query.left_out,
        "shown": f"{first + 1}–{first + len(there)}",
        "previous": asked.address(page=asked.page - 1) if asked.page > 1 else "",
        "following": asked.address(page=asked.page + 1) if total > first + PAGE else "",
        "without_filters": Asked(q=asked.q).address(),
        "question": asked.address().removeprefix("?"),
        "sentence": sentence(asked, lang),
        "new": new_for(account_of(request)),
        "charts_url": charts_url(),
    }
    return render(request, "records/search.html", context)


def _fields(asked: Asked, lang: str) -> list[FieldView]:
    anything = pgettext("search", "Any")
    return [
        _choice("kind", _("Kind"), asked.kind, _kinds(asked.kind, lang), anything),
        _choice(
            "office", _("Who says so"), asked.office, _named(short_office_names(lang)), anything
        ),
        _choice(
            "crossing", _("Crossing point"), asked.crossing, _named(crossing_names(lang)), anything
        ),
        _choice("handling", _("Handling"), asked.handling, _codes(), anything),
        FieldView("points", _("At so many crossing points"), Widget.NUMBER, asked.points),
        _choice("near", _("Near to"), asked.near, _events(lang), anything),
        FieldView("days", _("Within days"), Widget.NUMBER, asked.days),
        FieldView("since", _("From day"), Widget.DATE, asked.since),
        FieldView("until", _("To day"), Widget.DATE, asked.until),
    ]


def _choice(
    name: str, label: str, value: str, choices: tuple[Choice, ...], blank: str
) -> FieldView:
    return FieldView(name, label, Widget.SELECT, value, choices=choices, blank=blank)


def _kinds(chosen: str, lang: str) -> tuple[Choice, ...]:
    names = dict.fromkeys((*KINDS, *((chosen,) if chosen else ())))
    return tuple(Choice(one, schemata()[one].plural.text(lang)) for one in names)


def _events(lang: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(one, schemata()[one].label.text(lang))
        for one in KINDS
        if schemata()[one].is_a("BorderEvent")
    )


def _named(names: dict[str, str]) -> tuple[Choice, ...]:
    return tuple(
        sorted((Choice(*one) for one in names.items()), key=lambda one: one.label.casefold())
    )


def _codes() -> tuple[Choice, ...]:
    return tuple(Choice(str(one), str(one)) for one in Handling)
