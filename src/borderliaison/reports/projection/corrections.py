"""A report with the states in which it stood before it was corrected, as records are drawn from them."""

from dataclasses import dataclass
from typing import Final

from borderliaison.correspondence.models import Item
from borderliaison.forms.foreign import nearest_form
from borderliaison.forms.recorded import Recorded, recorded
from borderliaison.forms.schema import Form
from borderliaison.kernel.errors import LiaisonError
from borderliaison.records.statements.drafted import Drafted
from borderliaison.reports.content import PAYLOAD_TYPE, ReportContent
from borderliaison.reports.projection.drawing import Told, draw, known_in
from borderliaison.reports.projection.staying import Known

_WHY: Final = "records are drawn from every report, under its marking"
_MAX_CORRECTIONS: Final = 100


@dataclass(frozen=True, slots=True)
class Corrected:
    """A report, and what it says in place of.

    Attributes:
        item: the report.
        first: the key of the report that was corrected, and corrected again, up to this one.
        earlier: its states before, as far as they are here, the first one first.
    """

    item: Item
    first: str
    earlier: tuple[Item, ...]

    def content(self) -> ReportContent | None:
        """Return the filled form; None where it cannot be read."""
        return _content(self.item)

    def drawn(self) -> list[Drafted] | None:
        """Return what records say of it, whoever stays under his key; None if nothing."""
        read = _read(self.item, self.first)
        return draw(*read, self._known()) if read is not None else None

    def _known(self) -> tuple[Known, ...]:
        known: tuple[Known, ...] = ()
        for item in self.earlier:
            read = _read(item, self.first)
            if read is not None:
                known = known_in(*read, known)
        return known


def with_earlier(item: Item) -> Corrected:
    """Return a report with what it corrects."""
    states: list[Item] = []
    key, before = item.key, item.corrects
    for _ in range(_MAX_CORRECTIONS):
        if not before:
            break
        key = before
        found = Item.objects.as_system(_WHY).filter(key=key, office=item.office).first()
        states += [found] if found is not None else []
        before = found.corrects if found is not None else ""
    return Corrected(item, key, tuple(states[::-1]))


def first_of(item: Item) -> str:
    """Return the key of the first state of a report, by which records know all of them."""
    return with_earlier(item).first if item.corrects else item.key


def is_corrected(item: Item) -> bool:
    """Whether a later report has corrected this one."""
    later = Item.objects.as_system(_WHY).filter(corrects=item.key, office=item.office)
    return bool(later.exists())


def states_of(first: str, office: str) -> list[Item]:
    """Return all states of a report that are here, the first one first.

    Args:
        first: the key of the first one.
        office: that reports.
    """
    items = Item.objects.as_system(_WHY).filter(office=office).select_related("marking")
    found = list(items.filter(key=first))
    keys = [first]
    while keys and len(found) <= _MAX_CORRECTIONS:
        later = list(items.filter(corrects__in=keys).order_by("pk"))
        found += later
        keys = [one.key for one in later]
    return found


def _read(item: Item, first: str) -> tuple[Told, Form, Recorded] | None:
    content = _content(item)
    form = nearest_form(content.form, content.version) if content is not None else None
    rules = recorded(form.form_id, form.version) if form is not None else None
    if content is None or form is None or rules is None:
        return None
    answers = _answered(item, content.source, rules.schema) if rules.answers else ""
    return Told(first, item.office, item.title, content, answers), form, rules


def _answered(item: Item, number: str, kind: str) -> str:
    """Return the key of the first state of the report of this number in the thread; empty if none is here.

    Args:
        item: that answers it.
        number: of the report that is answered.
        kind: the schema of its event.
    """
    there = Item.objects.as_system(_WHY).filter(thread=item.thread_id, payload_type=PAYLOAD_TYPE)
    for one in there.exclude(pk=item.pk).order_by("pk"):
        content = _content(one)
        rules = recorded(content.form, content.version) if content is not None else None
        is_asked = content is not None and content.number == number != ""
        if is_asked and rules is not None and rules.schema == kind and not rules.answers:
            return with_earlier(one).first
    return ""


def _content(item: Item) -> ReportContent | None:
    try:
        return ReportContent.from_data(dict(item.content))
    except LiaisonError:
        return None
