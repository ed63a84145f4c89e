"""Sentences about the network and its directory, in the language of the page."""

from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from borderliaison.offices.kinds import OfficeStatusKind, Precision
from borderliaison.offices.verdicts import Reason, Verdict

DAY = "j E Y"

_REASONS = {
    Reason.OWN_COUNTRY: gettext_lazy("Listed by our own authority."),
    Reason.RECOGNISED: gettext_lazy("Each authority recognises the other."),
    Reason.NO_OWN_DIRECTORY: gettext_lazy("This server holds no directory of our authority yet."),
    Reason.NOT_RECOGNISED: gettext_lazy("Our authority does not recognise %(country)s."),
    Reason.NO_FOREIGN_DIRECTORY: gettext_lazy("The directory of %(country)s is not here yet."),
    Reason.DOES_NOT_RECOGNISE_US: gettext_lazy(
        "%(country)s: the authority does not recognise ours."
    ),
    Reason.UNKNOWN_OFFICE: gettext_lazy("The signed directory lists no keys of this office."),
    Reason.LAPSED: gettext_lazy("The directory expired on %(expired)s."),
}
_ROLES = {
    "liaison": gettext_lazy("liaison officer"),
    "duty": gettext_lazy("duty officer"),
    "head": gettext_lazy("head of office"),
    "analyst": gettext_lazy("analyst"),
    "observer": gettext_lazy("observer"),
}
_SCRIPTS = {
    "Latn": pgettext_lazy("language", "Latin"),
    "Cyrl": pgettext_lazy("language", "Cyrillic"),
}
_LANGUAGES = {
    "en": pgettext_lazy("language", "English"),
    "ru": pgettext_lazy("language", "Russian"),
    "kk": pgettext_lazy("language", "Kazakh"),
    "ky": pgettext_lazy("language", "Kyrgyz"),
    "tg": pgettext_lazy("language", "Tajik"),
    "tk": pgettext_lazy("language", "Turkmen"),
    "uz": pgettext_lazy("language", "Uzbek"),
    "fa": pgettext_lazy("language", "Dari"),
}


def reason(verdict: Verdict, country: str) -> str:
    """Say why letters go to an office or do not."""
    expired = format_date(verdict.expires, DAY) if verdict.expires else ""
    return str(_REASONS[verdict.reason]) % {"country": country, "expired": expired}


def exchange(verdict: Verdict) -> str:
    """Say in three or four words whether letters go and come."""
    if verdict.may_send:
        return _("Letters go and come")
    return _("Letters only come") if verdict.may_receive else _("No letters")


def since(day: date | None, precision: str) -> str:
    """Say since when, as exactly as the source does: "since May 2021", "by 2012"."""
    if day is None:
        return ""
    if precision == Precision.BY_YEAR:
        return _("by %(year)s") % {"year": day.year}
    if precision == Precision.YEAR:
        return _("since %(year)s") % {"year": day.year}
    form = "E Y" if precision == Precision.MONTH else DAY
    return _("since %(date)s") % {"date": format_date(day, form)}


def language(code: str) -> str:
    """Return a language's name, with its script where the code says one: "Uzbek, Cyrillic"."""
    base, _dash, script = code.partition("-")
    name = str(_LANGUAGES.get(base, base))
    return f"{name}, {_SCRIPTS[script]}" if script in _SCRIPTS else name


def role(code: str) -> str:
    """Say what an officer does in the office; an unknown role as it came."""
    return str(_ROLES.get(code, code))


def tone(status: str) -> tuple[str, str]:
    """Return the tone and the icon of an office's status."""
    return {
        OfficeStatusKind.OPERATING: ("green", "check"),
        OfficeStatusKind.SUSPENDED: ("amber", "clock"),
        OfficeStatusKind.CLOSED: ("grey", "x"),
        OfficeStatusKind.TRAINING_CLASS: ("grey", "school"),
        OfficeStatusKind.TRAINING_PLANNED: ("grey", "school"),
        OfficeStatusKind.SUPPORTED: ("grey", "tool"),
    }.get(OfficeStatusKind(status), ("grey", "circle-dashed"))
