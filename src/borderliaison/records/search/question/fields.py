"""The fields by which a search of records is narrowed."""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import Handling
from borderliaison.kernel.policy import Reader
from borderliaison.markings.models import MarkingRow
from borderliaison.markings.services import readable_ids
from borderliaison.offices.services import crossing_names
from borderliaison.offices.short_names import short_office_names
from borderliaison.records.ontology.model import schemata
from borderliaison.records.search.question.asked import Asked
from borderliaison.ui.parts.fields import Choice, FieldView, Widget
from borderliaison.wording.marks import level_choices

KINDS: Final = (
    "Person", "LegalEntity", "Vehicle", "RailVehicle", "Container", "Consignment", "Phone",
    "TravelDocument", "Firearm", "Cash", "BankAccount", "Substance", "CrossingPoint", "Address",
    "Seizure", "Sighting", "Lookout", "EntryRefusal", "IllegalCrossing", "Detention",
    "DocumentForgery", "WantedNotice", "Smuggling", "PrecursorStop", "Incident", "BorderEvent",
)  # fmt: skip
"""What officers look for, the commonest first; another kind may stand in an address."""


def narrowing(reader: Reader, asked: Asked, lang: str) -> list[FieldView]:
    """Return the fields by which a search is narrowed."""
    anything = pgettext("search", "Any")
    levels = level_choices(OfficeCode(reader.office), lang)
    return [
        choice("kind", _("Kind"), asked.kind, kind_choices(asked.kind, lang), anything),
        choice("office", _("Who says so"), asked.office, named(short_office_names(lang)), anything),
        choice(
            "crossing", _("Crossing point"), asked.crossing, named(crossing_names(lang)), anything
        ),
        choice("level", _("Classification"), asked.level, levels, anything),
        choice("handling", _("Handling"), asked.handling, _codes(), anything),
        choice("grade", _("Grade"), asked.grade, _grades(reader, asked.grade), anything),
        FieldView("points", _("At so many crossing points"), Widget.NUMBER, asked.points),
        choice("near", _("Near to"), asked.near, _events(lang), anything),
        FieldView("days", _("Within days"), Widget.NUMBER, asked.days),
        FieldView("since", _("From day"), Widget.DATE, asked.since),
        FieldView("until", _("To day"), Widget.DATE, asked.until),
    ]


def kind_choices(chosen: str, lang: str) -> tuple[Choice, ...]:
    """Return the kinds that are looked for, and the one that was chosen."""
    names = dict.fromkeys((*KINDS, *((chosen,) if chosen else ())))
    return tuple(Choice(one, schemata()[one].plural.text(lang)) for one in names)


def choice(
    name: str, label: str, value: str, choices: tuple[Choice, ...], blank: str = ""
) -> FieldView:
    """Return a field in which one of several is chosen; ``blank`` is what stands where none is."""
    return FieldView(name, label, Widget.SELECT, value, choices=choices, blank=blank)


def _events(lang: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(one, schemata()[one].label.text(lang))
        for one in KINDS
        if schemata()[one].is_a("BorderEvent")
    )


def named(names: dict[str, str]) -> tuple[Choice, ...]:
    """Return codes as choices, by their names."""
    return in_order(Choice(*one) for one in names.items())


def in_order(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """Return choices in the order of their words."""
    return tuple(sorted(choices, key=lambda one: one.label.casefold()))


def _codes() -> tuple[Choice, ...]:
    return tuple(Choice(str(one), str(one)) for one in Handling)


def _grades(reader: Reader, chosen: str) -> tuple[Choice, ...]:
    """Return the grades of what a reader may read."""
    rows = MarkingRow.objects.filter(pk__in=readable_ids(reader))
    found = {row.value.grading.value for row in rows} | {chosen}
    return tuple(Choice(one, one) for one in sorted(found - {""}))
