"""Sending a draft: checked, numbered and said in its thread, in one transaction; the draft goes."""

from collections.abc import Set
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from borderliaison.correspondence.cover import Cover
from borderliaison.correspondence.errors import NoRecipient
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.sending import NewItem, say
from borderliaison.forms.check import Checked
from borderliaison.forms.show import title
from borderliaison.kernel.ids import OfficeCode
from borderliaison.reports.attaching import given_to_item
from borderliaison.reports.content import PAYLOAD_TYPE, ReportContent
from borderliaison.reports.drafting import (
    Desk,
    bound_by,
    check_draft,
    form_of,
    is_corrected,
    locked_draft,
    source_item,
)
from borderliaison.reports.errors import (
    AlreadyCorrected,
    LeavesOut,
    NotReady,
    NotToThatCountry,
    SourceGone,
    WeekSent,
)
from borderliaison.reports.keeping_from import told_against
from borderliaison.reports.models import Draft
from borderliaison.reports.numbers import next_number
from borderliaison.reports.weekly import WEEKLY, sent_weeks

URGENT_VALUES = frozenset({"immediate", "expected"})
"""CAP 1.2 urgencies that take the urgent lane."""


def file_report(desk: Desk, key: str, left_out: Set[str] = frozenset()) -> Item:
    """Send a draft.

    Args:
        desk: who sends.
        key: of the draft.
        left_out: the fields of which the officer was told that they are left out.

    Raises:
        Draft.DoesNotExist: there is none.
        NotReady: a field needs attention; the draft stays as it is.
        LeavesOut: more would be left out than the officer was told.
        NotToThatCountry: an addressee is of a country that may not know of it.
        NoRecipient: nobody is addressed.
        SourceGone: what it rests on can no longer be read.
        AlreadyCorrected: another correction of the same report was sent meanwhile.
        WeekSent: the summary of the week was sent already.
        MalformedData: the cover is not complete (H3 without its text).
        CorrespondenceError: what ``say`` refuses.
    """
    own = desk.acting.author.office
    with transaction.atomic():
        draft = locked_draft(desk.acting, key)
        checked = check_draft(desk, draft)
        if not checked.ok:
            raise NotReady(key)
        if checked.left_out.keys() - left_out:
            raise LeavesOut(key)
        cover = Cover.from_data(draft.cover)
        if not cover.to:
            raise NoRecipient(key)
        if told_against(form_of(draft), checked.values, cover):
            raise NotToThatCountry(key)
        source = source_item(desk.acting, draft)
        if draft.source and source is None:
            raise SourceGone(key)
        if draft.purpose == "correct" and source is not None:
            _claim(source)
        elif draft.form == WEEKLY and checked.values["week"] in sent_weeks(desk.acting):
            raise WeekSent(key)
        marking = bound_by(cover.marking(own, desk.acting.reader.realm), draft, source)
        content = _content(desk, draft, checked, source)
        passing_on = draft.purpose == "pass_on" and source is not None
        item = say(
            desk.acting,
            NewItem(
                payload_type=PAYLOAD_TYPE,
                title=title(form_of(draft), checked.values, desk.lang, desk.around.directory())[
                    :200
                ],
                content=content.to_data(),
                marking=marking,
                thread=draft.thread,
                urgent=str(checked.values.get("urgency", "")).lower() in URGENT_VALUES,
                corrects=source.key if draft.purpose == "correct" and source else "",
                source=OfficeCode(source.office) if passing_on and source else None,
                about=source.letter if source is not None else "",
                with_files=given_to_item(desk.acting, draft),
            ),
        )
        draft.delete()
    return item


def _claim(source: Item) -> None:
    """Hold the report that is corrected, so that two corrections of one state never both go out."""
    Item.objects.as_system("one correction at a time").select_for_update(of=("self",)).get(
        pk=source.pk
    )
    if is_corrected(source):
        raise AlreadyCorrected(source.key)


def _content(desk: Desk, draft: Draft, checked: Checked, source: Item | None) -> ReportContent:
    before = ReportContent.from_data(source.content) if source is not None else None
    if before is not None and draft.purpose == "correct":
        return replace(
            before,
            version=draft.version,
            values=checked.values,
            revision=before.revision + 1,
        )
    year = datetime.now(UTC).astimezone(ZoneInfo(desk.around.zone())).year
    number = next_number(desk.acting.author.office, year, desk.acting.reader.realm)
    about = before.number if before is not None else ""
    return ReportContent(draft.form, draft.version, number, checked.values, source=about)
