"""A report in words: the card in a thread, and what a correction changed."""

from borderliaison.correspondence.meaning import register_meaning
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.receiving import register_payload_type
from borderliaison.correspondence.render import Rendered, register_renderer
from borderliaison.forms.check import check
from borderliaison.forms.compare import ShownChange, diff, show_diff
from borderliaison.forms.context import Context, Directory, Purpose
from borderliaison.forms.errors import UnknownForm as NoSuchForm
from borderliaison.forms.load import load_form
from borderliaison.forms.schema import Form
from borderliaison.forms.show import show_value, title
from borderliaison.kernel.clock import SystemClock
from borderliaison.kernel.marking import Handling
from borderliaison.kernel.realm import Realm
from borderliaison.reports.asking import meaning_of_report
from borderliaison.reports.card import card_of
from borderliaison.reports.content import PAYLOAD_TYPE, BadReport, ReportContent, UnknownForm
from borderliaison.reports.forms_offered import takes_measures
from borderliaison.reports.surroundings import NETWORK

_TONES = {"immediate": "red", "expected": "amber"}
"""By CAP urgency: red only for what must be acted on now."""
_ACTIONS = frozenset({"stop", "search"})
"""The actions of a lookout after which measures are waited for."""


def check_report(data: dict[str, object], realm: Realm) -> None:
    """Refuse what is not a filled form that this office knows.

    Raises:
        MalformedData: it is not a report, or its values are not of its form.
        UnknownForm: the form or its version is not known here.
    """
    content = ReportContent.from_data(data)
    form = _form(content)
    context = Context(SystemClock().now(), NETWORK.zone(), realm, purpose=Purpose.RECEIVED)
    checked = check(form, content.values, context)
    if not checked.ok:
        raise BadReport(", ".join(sorted(checked.errors)))


def render_report(item: Item, acting: Acting, lang: str) -> Rendered:
    """Show a report as a card."""
    content = ReportContent.from_data(item.content)
    form = _form(content)
    directory = NETWORK.directory()
    codes = item.marking.value.handling.codes
    line = title(form, content.values, lang, directory)
    view = card_of(form, content.values, lang, directory)
    due = (one.due_at for one in (*view.left, *view.right))
    return Rendered(
        template="reports/items/report.html",
        context={
            "view": view,
            "content": content,
            **_alert_words(form, content, lang, directory),
            "changes": _changes(item, acting, form, content, lang),
        },
        kind=form.label.text(lang),
        title=line,
        summary=line,
        icon=form.icon,
        number=content.number,
        is_card=True,
        can_pass_on=not item.is_own and Handling.H2 not in codes,
        tone=_TONES.get(str(content.values.get("urgency", "")).lower(), ""),
        due_at=next((at for at in due if at is not None), None),
        takes_measures=takes_measures(form.form_id),
        expects_acts=str(content.values.get("action", "")) in _ACTIONS,
    )


def register() -> None:
    """Let reports in and show them; said once, by the composition root."""
    register_payload_type(PAYLOAD_TYPE, check_report)
    register_meaning(PAYLOAD_TYPE, meaning_of_report)
    register_renderer(PAYLOAD_TYPE, render_report)


def _form(content: ReportContent) -> Form:
    try:
        return load_form(content.form, content.version)
    except NoSuchForm as error:
        raise UnknownForm(content.form) from error


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


def _changes(
    item: Item, acting: Acting, form: Form, content: ReportContent, lang: str
) -> tuple[ShownChange, ...]:
    if not item.corrects:
        return ()
    same = Item.objects.readable_by(acting.reader).filter(
        key=item.corrects, office=item.office, payload_type=PAYLOAD_TYPE
    )
    before = same.first()
    if before is None:
        return ()
    changes = diff(form, ReportContent.from_data(before.content).values, content.values)
    return show_diff(form, changes, lang, NETWORK.directory())
