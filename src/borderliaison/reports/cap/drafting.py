"""A CAP message as the beginning of an alert. An officer completes it; nothing is sent by itself.

What has a field of the form goes there; everything else stands in the description, so that nothing that
the message says is lost. What is missing the form asks for as always.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from borderliaison.correspondence.cover import Cover
from borderliaison.forms.describe import begin as begin_values
from borderliaison.forms.load import load_form
from borderliaison.forms.schema import Form
from borderliaison.forms.words import LANGUAGES
from borderliaison.kernel.realm import Realm
from borderliaison.reports import drafting
from borderliaison.reports.cap.message import OWN, Info, Message
from borderliaison.reports.cap.reading import read_message
from borderliaison.reports.drafting import Desk, Typed
from borderliaison.reports.errors import CapOfOtherRealm, NotAnAlertOfCap
from borderliaison.reports.models import Draft

ALERT: Final = "alert"
DRAFTED: Final = frozenset({"Alert", "Update"})
MAX_RESPONSES: Final = 3
_EVENTS: Final = {
    "Met": "disaster", "Geo": "disaster", "Fire": "disaster", "Env": "disaster",
    "Health": "health", "CBRNE": "substance", "Infra": "systems",
}  # fmt: skip
"""What an alert is about, by the message's category; anything else is ``other``."""
_OUTDATED: Final = {"Very Likely": "Likely"}
"""CAP 1.2, section 3.2.2: certainty "Very Likely" is deprecated and read as "Likely"."""


def begin_from_cap(desk: Desk, data: bytes) -> Draft:
    """Begin an alert from a CAP message.

    Args:
        desk: who imports it.
        data: the message's XML, from anybody.

    Raises:
        NotCap: as ``read_message``.
        NotAnAlertOfCap: it cancels, acknowledges or reports an error, or says nothing.
        CapOfOtherRealm: it is of an exercise and the officer in live work, or the other way round.
    """
    message = read_message(data)
    _check(message, desk.acting.reader.realm)
    draft = drafting.begin(desk, ALERT)
    started = begin_values(drafting.form_of(draft), desk.context(draft))
    values = {**started, **values_of(message, desk.around.zone(), desk.lang)}
    typed = Typed(values, Cover.from_data(draft.cover), draft.revision, "")
    return drafting.save(desk.acting, draft.key, typed)


def _check(message: Message, realm: Realm) -> None:
    if message.kind not in DRAFTED or not message.infos:
        raise NotAnAlertOfCap(message.kind)
    if message.status != ("Exercise" if realm.is_exercise else "Actual"):
        raise CapOfOtherRealm(message.status)


def values_of(message: Message, zone: str, lang: str) -> dict[str, Any]:
    """Return what a message fills of an alert, as it would be typed.

    Args:
        message: with at least one part in some language.
        zone: in which times are typed here.
        lang: the officer's language: that part is taken where there is one.
    """
    form, info = load_form(ALERT), _chosen(message.infos, lang)
    written = info.language.partition("-")[0].lower() or "en"
    area = info.areas[0] if info.areas else None
    where = dict(area.geocodes).get(f"{OWN}crossing", "") if area is not None else ""
    extra = dict(info.parameters)
    begins = info.onset or info.effective or message.sent
    ends = extra.get(f"{OWN}window_until") or info.expires
    values: dict[str, Any] = {
        "event_at": _typed(info.effective or message.sent, zone),
        "event": _event(form, info),
        "headline": info.headline or info.event,
        "description": _description(message, info),
        "text_language": written if written in LANGUAGES else "",
        "whom": info.audience,
        "where": where,
        "where_more": extra.get(f"{OWN}where_more", "") if where else "",
        "lane": _known(form, "lane", extra.get(f"{OWN}lane", "")),
        "window": {"from": _typed(begins, zone), "until": _typed(ends, zone)},
        "expires": _typed(info.expires, zone),
        "response": _all_known(form, "response", info.responses)[:MAX_RESPONSES],
        "instruction": info.instruction,
        "urgency": _known(form, "urgency", info.urgency),
        "severity": _known(form, "severity", info.severity),
        "certainty": _known(form, "certainty", _OUTDATED.get(info.certainty, info.certainty)),
        "category": _all_known(form, "category", info.categories),
    }
    return {name: one for name, one in values.items() if one}


def _chosen(infos: tuple[Info, ...], lang: str) -> Info:
    """Return the part in the reader's language; else the first."""
    return next((one for one in infos if one.language.lower().startswith(lang)), infos[0])


def _description(message: Message, info: Info) -> str:
    """Return what is known, and everything of the message that has no field of its own."""
    said = [info.description]
    own = f"{OWN}crossing"
    places = [one.description for one in info.areas if own not in dict(one.geocodes)]
    lines: Mapping[str, str] = {
        _("Event"): info.event if info.headline and not _is_ours(info) else "",
        _("Where"): "; ".join(places),
        _("Codes"): _pairs(info.event_codes),
        _("Other parameters"): _pairs(info.parameters),
        _("Actions"): ", ".join(info.responses[MAX_RESPONSES:]),
        _("Web"): info.web,
        _("Contact"): info.contact,
        _("Note"): message.note,
        _("Restriction"): message.restriction if not _is_ours(info) else "",
    }
    said += [f"{label}: {text}" for label, text in lines.items() if text]
    others = [one.language or "en-US" for one in message.infos if one is not info]
    if others:
        said.append(_("The message also speaks: %(languages)s.") % {"languages": ", ".join(others)})
    whose = {"sender": info.sender_name or message.sender, "id": message.identifier}
    said.append(_("From CAP message %(id)s of %(sender)s.") % whose)
    return "\n".join(one for one in said if one)


def _is_ours(info: Info) -> bool:
    return any(name.startswith(OWN) for name, _value in info.event_codes)


def _pairs(pairs: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(f"{name} {value}" for name, value in pairs if not name.startswith(OWN))


def _event(form: Form, info: Info) -> str:
    own = _known(form, "event", dict(info.event_codes).get(f"{OWN}alert_event", ""))
    by_category = (_EVENTS[one] for one in info.categories if one in _EVENTS)
    return own or next(by_category, "other")


def _known(form: Form, name: str, code: str) -> str:
    codes = form.field(name).codes
    return code if codes is not None and code in codes.codes else ""


def _all_known(form: Form, name: str, codes: tuple[str, ...]) -> list[str]:
    return [one for one in dict.fromkeys(codes) if _known(form, name, one)]


def _typed(text: str, zone: str) -> str:
    """Return a moment of CAP as one would type it here; empty where it is none."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return ""
    if at.tzinfo is None:
        return ""
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
