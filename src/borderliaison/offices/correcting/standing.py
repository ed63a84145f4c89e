"""What stands of an office now: a line for each thing that can be corrected."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from borderliaison.offices.shown.dossier import Dossier, Line


def standing(office: Dossier) -> Mapping[str, str]:
    """Return a line for each thing that can be corrected; empty where nothing is noted."""
    return {
        "status": _latest(office.statuses),
        "crossing": _latest(office.crossing),
        "line": office.above[0].name if office.above else _("reports to nobody"),
        "counterpart": "; ".join(f"{one.name}, {one.country}" for one in office.counterparts),
        "place": _place(office),
        "spelling": ", ".join(dict.fromkeys(one.text for one in office.spellings)),
    }


def _latest(lines: tuple[Line, ...]) -> str:
    return f"{lines[-1].label} {lines[-1].since}" if lines else ""


def _place(office: Dossier) -> str:
    if office.place is None:
        return ""
    around = _("± %(km)s km") % {"km": office.place.accuracy_km} if office.place.accuracy_km else ""
    return f"{office.place.latitude}, {office.place.longitude} {around}".strip()
