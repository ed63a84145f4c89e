"""A report in words: the card in a thread, and what a correction changed."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from borderliaison.correspondence.arrivals.items import register_payload_type
from borderliaison.correspondence.meaning import register_meaning
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.search.said import register_said
from borderliaison.correspondence.shown.render import Brief, Rendered, register_renderer
from borderliaison.forms.check import check
from borderliaison.forms.compare import diff, show_diff
from borderliaison.forms.context import Context, Directory, Purpose
from borderliaison.forms.foreign import check_plain, nameless_form, nearest_form
from borderliaison.forms.load import known_forms, load_form
from borderliaison.forms.schema import Form, Refused
from borderliaison.forms.show import show_value, title
from borderliaison.forms.store import OWN_FROM
from borderliaison.kernel.clock import SystemClock
from borderliaison.kernel.marking import Handling
from borderliaison.kernel.realm import Realm
from borderliaison.kernel.speaking import language_of_forms
from borderliaison.reports.asking import meaning_of_report
from borderliaison.reports.cap.message import has_cap_words
from borderliaison.reports.card import card_of
from borderliaison.reports.content import MAX_VERSION, PAYLOAD_TYPE, BadReport, ReportContent
from borderliaison.reports.forms_offered import takes_measures
from borderliaison.reports.projection.kept_out import why_out
from borderliaison.reports.projection.taking_out import DECIDING
from borderliaison.reports.said import said_by_report
from borderliaison.reports.surroundings import NETWORK

_TONES = {"immediate": "red", "expected": "amber"}
"""By CAP urgency: red only for what must be acted on now."""
MAX_REVISIONS = 50
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_ACTIONS = frozenset({"stop", "search"})
"""The actions of a lookout after which measures are waited for."""


def check_report(data: dict[str, object], realm: Realm) -> None:
    """Refuse what is not a filled form.

    A form, or a version of one, that this office does not have is let in: an office that was not
    upgraded yet reads what it can.

    Raises:
        MalformedData: it is not a report.
        BadReport: its values are not of its form, or not plain data where the form is not here.
    """
    content = ReportContent.from_data(data)
    if content.version not in known_forms().get(content.form, ()):
        _check_foreign(content)
        return
    form = load_form(content.form, content.version)
    context = Context(SystemClock().now(), NETWORK.zone(), realm, purpose=Purpose.RECEIVED)
    checked = check(form, content.values, context)
    if not checked.ok and content.version >= OWN_FROM:
        # Another office's own version may bear the number of this office's own.
        _check_foreign(content)
    elif not checked.ok:
        raise BadReport(", ".join(sorted(checked.errors)))


def _check_foreign(content: ReportContent) -> None:
    """Let in a form, or a version of one, that this office does not have, as far as it can be shown."""
    if not _NAME.fullmatch(content.form) or not 0 < content.version <= MAX_VERSION:
        raise BadReport("form")
    try:
        check_plain(content.values)
    except Refused as refused:
        raise BadReport(refused.code) from refused


def render_report(item: Item, acting: Acting, lang: str) -> Rendered:
    """Show a report as a card, in the language that forms speak."""
    lang = language_of_forms(lang)
    content = ReportContent.from_data(item.content)
    form = _form(content)
    directory = NETWORK.directory()
    codes = item.marking.value.handling.codes
    line = _in_brief(content, form, lang, directory)
    view = card_of(form, content.values, lang, directory, version=content.version)
    is_known = form.version == content.version and bool(form.parts)
    due = (one.due_at for one in (*view.left, *view.right))
    return Rendered(
        template="reports/items/report.html",
        context={
            "view": view,
            "forms_lang": lang,
            "foreign": "" if is_known else _foreign_words(form, content),
            "content": content,
            "has_cap": has_cap_words(content.values),
            "out": why_out(item, acting.reader, SystemClock().now()),
            "decides_records": acting.author.role in DECIDING,
            **_alert_words(form, content, lang, directory),
            **_history(item, acting, form, lang),
        },
        kind=line.kind,
        title=line.title,
        summary=line.summary,
        icon=line.icon,
        number=line.number,
        is_card=line.is_card,
        tone=line.tone,
        can_pass_on=is_known and not item.is_own and Handling.H2 not in codes,
        due_at=next((at for at in due if at is not None), None),
        takes_measures=takes_measures(form.form_id),
        expects_acts=str(content.values.get("action", "")) in _ACTIONS,
    )


def report_in_brief(item: Item, lang: str) -> Brief:
    """Say in one line what a report is about, in the language that forms speak."""
    content = ReportContent.from_data(item.content)
    return _in_brief(content, _form(content), language_of_forms(lang), NETWORK.directory())


def _in_brief(content: ReportContent, form: Form, lang: str, directory: Directory) -> Brief:
    line = title(form, content.values, lang, directory)
    return Brief(
        kind=form.label.text(lang),
        title=line if form.parts else "",
        summary=line,
        icon=form.icon,
        number=content.number,
        is_card=True,
        tone=_TONES.get(str(content.values.get("urgency", "")).lower(), ""),
    )


def register() -> None:
    """Let reports in and show them; said once, by the composition root."""
    register_payload_type(PAYLOAD_TYPE, check_report)
    register_meaning(PAYLOAD_TYPE, meaning_of_report)
    register_renderer(PAYLOAD_TYPE, render_report, report_in_brief)
    register_said(PAYLOAD_TYPE, said_by_report)


def _form(content: ReportContent) -> Form:
    """Return the form of a report, in the nearest version that is here; without fields if there is none."""
    found = nearest_form(content.form, content.version)
    return found or nameless_form(content.form, content.version)


def _foreign_words(form: Form, content: ReportContent) -> str:
    if not form.parts:
        return _("This form is not known here. What it says is shown by the names of its fields.")
    said = {"n": content.version, "here": form.version}
    return _("Filled in with version %(n)d of the form; this office has version %(here)d.") % said


def _alert_words(
    form: Form, content: ReportContent, lang: str, directory: Directory
) -> dict[str, object]:
    """Return urgency and certainty in words, where the form has them (CAP 1.2)."""
    words = {}
    for one in form.fields():
        if one.name in ("urgency", "severity", "certainty") and one.name in content.values:
            value = content.values[one.name]
            words[one.name] = show_value(one, value, lang, directory).text
    urgency = str(content.values.get("urgency", ""))
    severity = [words[name] for name in ("severity", "certainty") if name in words]
    return {
        "urgency": {"value": urgency, "words": words["urgency"]} if "urgency" in words else None,
        "certainty": " · ".join(severity),
    }


@dataclass(frozen=True, slots=True)
class Revision:
    """An earlier state of a report: which it was, and where it stands in the thread."""

    number: int
    key: str
    at: datetime


def _earlier(item: Item, acting: Acting) -> tuple[Item, ...]:
    """Return what a report corrects, and what that corrected, as far as this officer may read it."""
    found: list[Item] = []
    key = item.corrects
    while key and len(found) < MAX_REVISIONS:
        before = (
            Item.objects.readable_by(acting.reader)
            .filter(key=key, office=item.office, payload_type=PAYLOAD_TYPE)
            .exclude(pk__in=[one.pk for one in found])
            .first()
        )
        if before is None:
            break
        found.append(before)
        key = before.corrects
    return tuple(found)


def _history(item: Item, acting: Acting, form: Form, lang: str) -> dict[str, object]:
    """Return what a correction changes, and the states before it; nothing for what corrects nothing."""
    earlier = _earlier(item, acting)
    if not item.corrects:
        return {}
    if not earlier:
        return {"lacks_earlier": True}
    contents = [ReportContent.from_data(one.content) for one in (item, *earlier)]
    changes = diff(form, contents[1].values, contents[0].values)
    revisions = zip(earlier, contents[1:], strict=True)
    return {
        "changes": show_diff(form, changes, lang, NETWORK.directory()),
        "revisions": tuple(
            Revision(content.revision, one.key, one.created_at) for one, content in revisions
        ),
    }
