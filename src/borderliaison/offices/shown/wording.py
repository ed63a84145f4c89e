"""Sentences about the network and its directory, in the language of the page."""

from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from borderliaison.offices.directory.listed import Revocation, RevocationReason
from borderliaison.offices.kinds import OfficeStatusKind, Precision
from borderliaison.offices.trust.verdicts import Reason, Verdict
from borderliaison.offices.trust.warnings import Warned, WarningKind

DAY = "j E Y"

_REASONS = {
    Reason.OWN_COUNTRY: gettext_lazy("Listed by our own authority."),
    Reason.RECOGNISED: gettext_lazy("Each authority recognises the other."),
    Reason.DIRECTORY_BEHIND: gettext_lazy(
        "This server's directory is older than one that it held before."
    ),
    Reason.NO_OWN_DIRECTORY: gettext_lazy("This server holds no directory of our authority yet."),
    Reason.NOT_RECOGNISED: gettext_lazy("Our authority does not recognise %(country)s."),
    Reason.NO_FOREIGN_DIRECTORY: gettext_lazy("The directory of %(country)s is not here yet."),
    Reason.DOES_NOT_RECOGNISE_US: gettext_lazy(
        "%(country)s: the authority does not recognise ours."
    ),
    Reason.UNKNOWN_OFFICE: gettext_lazy("The signed directory lists no keys of this office."),
    Reason.LAPSED: gettext_lazy("The directory expired on %(expired)s."),
    Reason.REVOKED: gettext_lazy("Its authority revoked its keys, from %(since)s on: %(why)s."),
    Reason.KEYS_EXPIRED: gettext_lazy("The keys of this office have expired."),
    Reason.OWN_KEYS_EXPIRED: gettext_lazy("The keys of our own office have expired."),
    Reason.OWN_KEYS_REVOKED: gettext_lazy("Our authority revoked the keys of our own office."),
}
_REVOKED = {
    RevocationReason.STOLEN: gettext_lazy("stolen"),
    RevocationReason.LOST: gettext_lazy("lost"),
    RevocationReason.SUSPECTED: gettext_lazy("somebody else may have them"),
    RevocationReason.CLOSED: gettext_lazy("the office was closed"),
}
_WARNINGS = {
    WarningKind.CLOCK_BEHIND: gettext_lazy(
        "This server's clock says %(now)s, but our authority signed the directory on %(at)s: set the"
        " clock right."
    ),
    WarningKind.DIRECTORY_BEHIND: gettext_lazy(
        "%(who)s: this server held directory %(serial)s before its database was put back. Until that one"
        " or a later one is imported, nothing is sent, taken in or shown."
    ),
    WarningKind.NO_DIRECTORY: gettext_lazy(
        "This server holds no directory of our authority: nothing can be sent."
    ),
    WarningKind.DIRECTORY_EXPIRES: gettext_lazy(
        "%(who)s: the directory expires on %(at)s; a new one has to be imported."
    ),
    WarningKind.DIRECTORY_EXPIRED: gettext_lazy(
        "%(who)s: the directory expired on %(at)s; from %(stops)s on nothing is sent across the border."
    ),
    WarningKind.DIRECTORY_LAPSED: gettext_lazy(
        "%(who)s: the directory expired on %(at)s, and this server's clock says %(now)s: nothing is"
        " sent across the border."
    ),
    WarningKind.KEYS_EXPIRE: gettext_lazy(
        "The keys of %(who)s expire on %(at)s; from then on nothing is sent. New ones are to be made."
    ),
    WarningKind.KEYS_EXPIRED: gettext_lazy(
        "The keys of %(who)s expired on %(at)s, and this server's clock says %(now)s: nothing is sent."
    ),
    WarningKind.KEYS_REVOKED: gettext_lazy(
        "Our authority revoked the keys of %(who)s: nothing is sent, and no office believes them."
    ),
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
    words = {"country": country, "expired": expired}
    if verdict.revocation is not None:
        words["since"] = format_date(verdict.revocation.since, DAY)
        words["why"] = str(_REVOKED[verdict.revocation.reason])
    return str(_REASONS[verdict.reason]) % words


def doubt(revocation: Revocation) -> str:
    """Say why something that came may be somebody else's."""
    since = format_date(revocation.since, DAY)
    words = {"since": since, "why": _REVOKED[revocation.reason]}
    return (
        _(
            "This may be somebody else's: the office's keys were revoked from %(since)s on (%(why)s)."
        )
        % words
    )


def warning(warned: Warned) -> str:
    """Say what somebody has to see to, and until when."""
    words = {"who": warned.subject, "days": warned.days_left, "serial": warned.serial or "?"}
    for name, instant in (("at", warned.at), ("stops", warned.stops), ("now", warned.now)):
        words[name] = format_date(instant, DAY) if instant else ""
    return str(_WARNINGS[warned.kind]) % words


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


def until(day: date) -> str:
    """Say until when something held: the day on which it held no more."""
    return _("until %(date)s") % {"date": format_date(day, DAY)}


def is_language(code: str) -> bool:
    """Whether there is a word for a language, with its script where the code says one."""
    base, dash, script = code.partition("-")
    return base in _LANGUAGES and (not dash or script in _SCRIPTS)


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
