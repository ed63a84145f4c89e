"""The fields with which an office is corrected, filled with what stands, or with what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from borderliaison.offices.codes import crosses_border
from borderliaison.offices.errors import (
    BadDay,
    BadSpelling,
    NoSuchLine,
    NotAcrossBorder,
    NotAPlace,
    OfficesError,
    SameOffice,
    SourceMissing,
    StatusMissing,
    UnknownLanguage,
    UnknownOffice,
)
from borderliaison.offices.kinds import CrossingStatusKind, OfficeStatusKind
from borderliaison.offices.models import CrossingStatus, Office, OfficeStatus, ReportingLine
from borderliaison.offices.services import office_names
from borderliaison.offices.shown import wording
from borderliaison.ui.parts.fields import Choice, FieldView, Widget


@dataclass(frozen=True, slots=True)
class Form:
    """One thing that can be corrected.

    Attributes:
        title: what it is.
        icon: of what it is about.
        button: what is done.
        fields: the names of its fields, in order.
    """

    title: str | Promise
    icon: str
    button: str | Promise
    fields: tuple[str, ...]


FORMS: Final[Mapping[str, Form]] = {
    "status": Form(
        gettext_lazy("Status of the office"),
        "building-community",
        gettext_lazy("Note the status"),
        ("status", "since", "source"),
    ),
    "crossing": Form(
        gettext_lazy("Status of the crossing point"),
        "traffic-lights",
        gettext_lazy("Note the status"),
        ("status", "since", "source"),
    ),
    "line": Form(
        gettext_lazy("Reporting line"),
        "corner-down-right",
        gettext_lazy("Draw the line"),
        ("to", "since", "source"),
    ),
    "counterpart": Form(
        gettext_lazy("Counterpart across the border"),
        "arrows-left-right",
        gettext_lazy("Note the counterpart"),
        ("other", "since", "end", "source"),
    ),
    "place": Form(
        gettext_lazy("Position on the map"),
        "map-pin",
        gettext_lazy("Correct the position"),
        ("latitude", "longitude", "accuracy_km", "source"),
    ),
    "spelling": Form(
        gettext_lazy("One more spelling"),
        "language",
        gettext_lazy("Add the spelling"),
        ("text", "lang", "source"),
    ),
}
_AT: Final[Mapping[type[OfficesError], tuple[str, ...]]] = {
    NotAPlace: ("latitude",),
    BadDay: ("since",),
    SourceMissing: ("source",),
    UnknownLanguage: ("lang",),
    BadSpelling: ("text",),
    StatusMissing: ("status",),
    SameOffice: ("to",),
    NotAcrossBorder: ("other",),
    NoSuchLine: ("other", "to"),
    UnknownOffice: ("other", "to"),
}
LANGUAGES: Final = ("en", "ru", "ky", "kk", "tg", "tk", "uz", "uz-Cyrl", "fa")


@dataclass(frozen=True, slots=True)
class CorrectionForm:
    """What was typed into one form and why it cannot be so.

    Attributes:
        what: a key of ``FORMS``.
        typed: by field.
        said: the reason in words.
    """

    what: str
    typed: Mapping[str, str]
    error: OfficesError
    said: str


@dataclass(frozen=True, slots=True)
class ShownForm:
    """One form as it is drawn.

    Attributes:
        now: what stands now, in a line; empty where nothing is noted.
        is_open: unfolded, because what was typed into it cannot be so.
        problem: what is wrong where it belongs to no single field.
    """

    what: str
    title: str
    icon: str
    button: str
    now: str
    is_open: bool
    fields: list[FieldView] = field(default_factory=list)
    problem: str = ""


def forms_for(
    office: Office, now: Mapping[str, str], wrong: CorrectionForm | None
) -> list[ShownForm]:
    """Return the forms for an office; one of them as it was typed, with what is wrong in it.

    Args:
        office: which.
        now: by form, what stands now in a line.
        wrong: what cannot be so.
    """
    return [
        _shown(office, what, now[what], wrong if wrong and wrong.what == what else None)
        for what in FORMS
        if what != "crossing" or office.crossing
    ]


def _shown(office: Office, what: str, now: str, wrong: CorrectionForm | None) -> ShownForm:
    form, values = FORMS[what], wrong.typed if wrong else _standing(office, what)
    places = next((at for kind, at in _AT.items() if wrong and isinstance(wrong.error, kind)), ())
    fields = []
    for name in form.fields:
        one = _field(office, what, name, values.get(name, ""))
        fields.append(one.with_error(wrong.said) if wrong and name in places else one)
    at_field = any(one.error for one in fields)
    problem = wrong.said if wrong and not at_field else ""
    title, button = str(form.title), str(form.button)
    return ShownForm(what, title, form.icon, button, now, wrong is not None, fields, problem)


def _standing(office: Office, what: str) -> Mapping[str, str]:
    at = office.crossing or office
    if what == "place" and at.latitude is not None:
        accuracy = f"{at.accuracy_km:g}" if at.accuracy_km is not None else ""
        return {
            "latitude": f"{at.latitude:g}",
            "longitude": f"{at.longitude:g}",
            "accuracy_km": accuracy,
        }
    if what in {"status", "crossing"}:
        noted = _statuses(office, what).order_by("since").last()
        return {"status": noted.status} if noted else {}
    if what == "line":
        line = ReportingLine.objects.filter(office=office, until__isnull=True).first()
        return {"to": line.to_id} if line else {}
    return {}


def _statuses(office: Office, what: str) -> QuerySet[OfficeStatus] | QuerySet[CrossingStatus]:
    if what == "status":
        return OfficeStatus.objects.filter(office=office)
    return CrossingStatus.objects.filter(crossing=office.crossing)


def _field(office: Office, what: str, name: str, value: str) -> FieldView:
    label, widget, columns, more = _DRAWN[name]
    choices = _choices(office, what, name)
    return FieldView(
        name=f"{what}.{name}",
        label=str(label),
        widget=widget,
        value=value,
        choices=choices,
        columns=columns,
        is_required=name != "end",
        blank=_("reports to nobody") if name == "to" else "",
        maxlength=200 if name in {"source", "text"} else 0,
        hint=str(_SOURCE_HINT) if name == "source" else "",
        unit=str(more),
    )


_SOURCE_HINT: Final = gettext_lazy(
    "An order and its number, a measurement, a telephone call and with whom."
)
_DRAWN: Final[Mapping[str, tuple[str | Promise, Widget, int, str | Promise]]] = {
    "status": (gettext_lazy("It is"), Widget.SELECT, 6, ""),
    "since": (gettext_lazy("Since the day"), Widget.DATE, 6, ""),
    "source": (gettext_lazy("Known from"), Widget.TEXT, 12, ""),
    "to": (gettext_lazy("Reports to"), Widget.COMBOBOX, 6, ""),
    "other": (gettext_lazy("Office across the border"), Widget.COMBOBOX, 6, ""),
    "end": (gettext_lazy("They face each other no more"), Widget.CHECKBOX, 12, ""),
    "latitude": (gettext_lazy("Latitude, degrees north"), Widget.NUMBER, 4, "°"),
    "longitude": (gettext_lazy("Longitude, degrees east"), Widget.NUMBER, 4, "°"),
    "accuracy_km": (gettext_lazy("Exact to"), Widget.NUMBER, 4, gettext_lazy("km")),
    "text": (gettext_lazy("Written as"), Widget.TEXT, 6, ""),
    "lang": (gettext_lazy("In the language"), Widget.SELECT, 6, ""),
}


def _choices(office: Office, what: str, name: str) -> tuple[Choice, ...]:
    names = office_names(get_language() or "en")
    match name:
        case "status":
            kinds = CrossingStatusKind if what == "crossing" else OfficeStatusKind
            return tuple(Choice(value, str(label)) for value, label in kinds.choices)
        case "to":
            others = [one for one in names if one != office.code]
            same = sorted(others, key=lambda one: crosses_border(one, office.code))
            return tuple(Choice(one, names[one], words=one) for one in same)
        case "other":
            abroad = [one for one in names if crosses_border(one, office.code)]
            return tuple(Choice(one, names[one], words=one) for one in abroad)
        case "lang":
            return tuple(Choice(one, wording.language(one)) for one in LANGUAGES)
        case _:
            return ()
