"""Invented fields for the components page: one of each widget, some with errors."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from borderliaison.ui.parts.fields import Choice, FieldView, Widget


def fields() -> dict[str, FieldView]:
    """Return the sample fields by name."""
    made = [*_lines(), *_choices(), *_wrong()]
    return {one.name: one for one in made}


def _lines() -> list[FieldView]:
    return [
        FieldView("plate", _("Plate"), Widget.CODE, "KG 01 7784 AD", columns=6, is_required=True),
        FieldView(
            "found_at",
            _("Found at"),
            Widget.DATETIME,
            "2026-05-15T02:18",
            unit="UTC+6",
            aside="14 May 20:18 UTC",
            columns=6,
            is_required=True,
        ),
        FieldView(
            "why",
            _("Why"),
            Widget.TEXTAREA,
            _("Driver changed at Sary-Tash, load not as declared"),
            hint=_("What was seen or said, by whom, when. Never name a confidential source."),
            is_required=True,
        ),
        FieldView("password", _("Password"), Widget.PASSWORD, columns=6, is_required=True),
        FieldView("day", _("Date of birth"), Widget.DATE, columns=6),
        FieldView(
            "sent", _("Sent and closed"), Widget.TEXT, _("Cannot be changed"), is_disabled=True
        ),
    ]


def _choices() -> list[FieldView]:
    places = (
        Choice("KG-DST", _("Dostuk"), group=_("Kyrgyzstan"), words="Достук Dostuk"),
        Choice("KG-KRM", _("Karamyk"), group=_("Kyrgyzstan"), words="Карамык Karamyk"),
        Choice("KG-BDB", _("Bor-Dobo"), group=_("Kyrgyzstan"), words="Бор-Дөбө Bor-Dobo"),
        Choice("UZ-DUS", _("Dustlik"), group=_("Uzbekistan"), words="Дўстлик Дустлик Do'stlik"),
    )
    return [
        FieldView(
            "place",
            _("Crossing point"),
            Widget.COMBOBOX,
            "KG-DST",
            places,
            columns=6,
            hint=_("Type a name in any script"),
            is_required=True,
        ),
        FieldView(
            "lane", _("Lane"), Widget.SELECT, "", places[:2], columns=6, blank=_("Not known")
        ),
        FieldView(
            "action",
            _("Action"),
            Widget.RADIOS,
            "search",
            (
                Choice(
                    "stop", pgettext("lookout", "Stop"), _("Hold and tell us at once"), "hand-stop"
                ),
                Choice(
                    "search", pgettext("lookout", "Search"), _("Search, then tell us"), "zoom-scan"
                ),
                Choice("observe", pgettext("lookout", "Observe"), _("Do not show it"), "eye"),
                Choice(
                    "inform", pgettext("lookout", "Inform only"), _("Only tell us"), "info-circle"
                ),
            ),
            is_required=True,
        ),
        FieldView(
            "agencies",
            _("Agencies"),
            Widget.CHECKBOXES,
            ("cus", "drg"),
            (
                Choice("bor", _("Border service")),
                Choice("cus", _("Customs")),
                Choice("drg", _("Drug control")),
                Choice("mia", _("Interior")),
            ),
            is_required=True,
        ),
        FieldView("told", _("The duty officer was told by telephone"), Widget.CHECKBOX, "yes"),
    ]


def _wrong() -> list[FieldView]:
    return [
        FieldView(
            "gross",
            _("Gross weight"),
            Widget.NUMBER,
            "14.060",
            unit=_("kg"),
            error=_("Enter 14.600 kg or more"),
            hint=_("Net weight is 14.600 kg"),
            columns=6,
            is_required=True,
        ),
        FieldView(
            "until",
            _("Expires"),
            Widget.DATETIME,
            "",
            unit="UTC+6",
            error=_("Enter when the lookout ends; there is always an end"),
            columns=6,
            is_required=True,
        ),
    ]
