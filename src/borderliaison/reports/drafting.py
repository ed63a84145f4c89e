"""Drafts: begun, saved as typed, checked, thrown away. A draft is its officer's alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Protocol

from django.db import transaction
from django.db.models import QuerySet

from borderliaison.correspondence.acting import readable_item
from borderliaison.correspondence.cover import Cover
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import Acting
from borderliaison.files.owners import DRAFT, Owner, forget, take_along
from borderliaison.forms.check import Checked, check
from borderliaison.forms.context import Context, Directory
from borderliaison.forms.describe import begin as begin_values
from borderliaison.forms.load import load_form
from borderliaison.forms.schema import Form
from borderliaison.kernel.ids import OfficeCode, new_id
from borderliaison.kernel.marking import Audience, Classification, Marking
from borderliaison.markings.services import intern
from borderliaison.reports.asking_help import times_offered
from borderliaison.reports.content import PAYLOAD_TYPE, ReportContent
from borderliaison.reports.errors import AlreadyCorrected, NewerSave, NotNil, NotYours, WeekSent
from borderliaison.reports.forms_offered import REQUEST
from borderliaison.reports.models import Draft
from borderliaison.reports.weekly import WEEKLY, given_for, sent_weeks

MAX_DRAFTS_SHOWN = 50
ANSWER_WITHIN = "answer_within"
"""Under this name the page of a request is given the times that are usual."""
REPLIES: Mapping[str, str] = {
    "result": "lookout_result",
    "answer": "answer",
    "refuse": "refusal",
    "extend": "extension",
}
"""By purpose, the form of a report that answers another."""


class Surroundings(Protocol):
    """What a form must be told of the network; ``reports.surroundings`` is one."""

    def zone(self) -> str:
        """Return the IANA time zone of this office."""
        ...

    def directory(self) -> Directory:
        """Return the names of offices, crossing points and agencies."""
        ...

    def offered(self) -> Directory:
        """Return the names to offer in a form that is written here."""
        ...

    def given(self, acting: Acting, lang: str) -> Mapping[str, Any]:
        """Return what fields may begin with."""
        ...

    def addressed_first(self, office: OfficeCode) -> tuple[str, ...]:
        """Return who is addressed unless the officer chooses otherwise: the reporting line."""
        ...

    def point_kinds(self, office: OfficeCode) -> frozenset[str]:
        """Return the kinds of an office's crossing point; none where it has no such point."""
        ...

    def facing(self, office: OfficeCode) -> tuple[str, ...]:
        """Return the counterparts across the border."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """An officer at a form: who, with which surroundings, in which language."""

    acting: Acting
    around: Surroundings
    lang: str

    def context(self, draft: Draft) -> Context:
        """Return what a check of this draft must be told.

        A correction is checked at the moment of what it corrects: its window may have ended since.
        """
        now = datetime.now(UTC)
        source = source_item(self.acting, draft) if draft.purpose == "correct" else None
        given = {**self.around.given(self.acting, self.lang), **self._usual_times(draft)}
        if draft.form == WEEKLY:
            given |= given_for(self.acting, self.around.zone(), draft.values)
        return Context(
            now=source.created_at if source is not None else now,
            zone=self.around.zone(),
            realm=self.acting.reader.realm,
            directory=self.around.offered(),
            given=given,
            point_kinds=self.around.point_kinds(self.acting.author.office),
        )

    def _usual_times(self, draft: Draft) -> Mapping[str, Any]:
        if draft.form != REQUEST:
            return {}
        own, cover = self.acting.author.office, Cover.from_data(draft.cover)
        return {ANSWER_WITHIN: times_offered(cover, own, self.lang)}


def begin(desk: Desk, form_id: str) -> Draft:
    """Begin a new report, addressed to the reporting line; a request to nobody, for all of them answer.

    Raises:
        UnknownForm: there is no such form.
    """
    form = load_form(form_id)
    asks = form_id == REQUEST
    cover = Cover(to=() if asks else desk.around.addressed_first(desk.acting.author.office))
    if form.cover.level is not None:
        cover = replace(cover, level=form.cover.level)
    if form.cover.handling is not None:
        cover = replace(cover, handling=form.cover.handling)
    return _create(desk.acting, form, {}, cover)


def begin_week(desk: Desk, week: str, *, nil: bool = False) -> Draft:
    """Begin the summary of a week; a nil return wants nothing more.

    Raises:
        NotNil: there are reports of the week.
        WeekSent: the summary of the week was sent already.
    """
    if week in sent_weeks(desk.acting):
        raise WeekSent(week)
    draft = begin(desk, WEEKLY)
    draft.values = {"week": week}
    given = desk.context(draft).given
    if nil and given["week_kind"] != "nil":
        draft.delete()
        raise NotNil(week)
    if nil:
        draft.values = {"week": week, "agencies": given["agencies"], "kind": "nil"}
    else:
        draft.values = begin_values(form_of(draft), desk.context(draft))
    draft.save()
    return draft


def begin_passing_on(desk: Desk, key: str) -> Draft:
    """Begin a report of this office that passes on another's, with its fields filled in.

    Raises:
        Item.DoesNotExist: there is no report that this officer may read.
    """
    item = _report(desk.acting, key)
    content = ReportContent.from_data(item.content)
    cover = Cover.of(item.marking.value, desk.acting.author.office)
    cover = replace(cover, to=_lines(cover, _passed_on_to(desk, item)))
    form = load_form(content.form, content.version)
    return _with_files_of(
        item, desk, _create(
            desk.acting, form, content.values, cover,
            thread=item.thread.key, source=item.key, purpose="pass_on",
        ),
    )  # fmt: skip


def begin_correction(desk: Desk, key: str) -> Draft:
    """Begin a correction of a report of this office, from its newest state.

    Whoever has begun one already, and not sent it, is led back to it.

    Raises:
        Item.DoesNotExist: there is no report that this officer may read.
        NotYours: another office wrote it.
        AlreadyCorrected: its newest state is not this officer's to read.
    """
    item = _newest(desk.acting, _report(desk.acting, key))
    begun = _mine(desk.acting).filter(purpose="correct", source=item.key).first()
    if begun is not None:
        return begun
    content = ReportContent.from_data(item.content)
    cover = Cover.of(item.marking.value, desk.acting.author.office)
    form = load_form(content.form, content.version)
    return _with_files_of(
        item, desk, _create(
            desk.acting, form, content.values, cover,
            thread=item.thread.key, source=item.key, purpose="correct",
        ),
    )  # fmt: skip


def _newest(acting: Acting, item: Item) -> Item:
    """Return the last correction of a report of this office; the report itself where there is none."""
    if not item.is_own:
        raise NotYours(item.key)
    while is_corrected(item):
        later = Item.objects.readable_by(acting.reader).filter(
            corrects=item.key, office=item.office
        )
        found = later.select_related("thread", "marking").first()
        if found is None:
            raise AlreadyCorrected(item.key)
        item = found
    return item


def is_corrected(item: Item) -> bool:
    """Whether a correction of a report was sent, whoever may read it."""
    later = Item.objects.as_system("a report is corrected once")
    return later.filter(corrects=item.key, office=item.office).exists()


def _with_files_of(item: Item, desk: Desk, draft: Draft) -> Draft:
    """Give a draft the files of the report that it corrects or passes on."""
    realm, officer = str(desk.acting.reader.realm), desk.acting.author.officer
    take_along(item.key, Owner(DRAFT, draft.key, draft.marking_id, officer, realm))
    return draft


def begin_answer(desk: Desk, key: str, purpose: str) -> Draft:
    """Begin a report that answers another, to everyone who holds that one.

    Args:
        desk: who answers.
        key: of what is answered.
        purpose: a key of ``REPLIES``.

    Raises:
        Item.DoesNotExist: there is no report that this officer may read.
    """
    item = _report(desk.acting, key)
    cover = Cover.of(item.marking.value, desk.acting.author.office)
    cover = replace(cover, to=_lines(cover, item.held_by), grading=("", "", ""))
    return _create(
        desk.acting, load_form(REPLIES[purpose]), {}, cover,
        thread=item.thread.key, source=item.key, purpose=purpose,
    )  # fmt: skip


def own_draft(acting: Acting, key: str) -> Draft:
    """Return one of this officer's drafts.

    Raises:
        Draft.DoesNotExist: there is none.
    """
    return _mine(acting).select_related("marking").get(key=key)


def locked_draft(acting: Acting, key: str) -> Draft:
    """Return one of this officer's drafts, which no other page sends or saves meanwhile.

    Raises:
        Draft.DoesNotExist: there is none; it may just have been sent.
    """
    return _mine(acting).select_for_update(of=("self",)).get(key=key)


def own_drafts(acting: Acting) -> list[Draft]:
    """Return this officer's drafts, the latest saved first."""
    return list(_mine(acting).select_related("marking")[:MAX_DRAFTS_SHOWN])


def _mine(acting: Acting) -> QuerySet[Draft]:
    return Draft.objects.readable_by(acting.reader).filter(officer=acting.author.officer)


@dataclass(frozen=True, slots=True)
class Typed:
    """What an open page holds of a draft.

    Attributes:
        values: as typed.
        cover: as chosen.
        revision: the draft's revision when the page was opened.
        page: the page's own random name.
    """

    values: dict[str, Any]
    cover: Cover
    revision: int
    page: str


def save(acting: Acting, key: str, typed: Typed) -> Draft:
    """Save a draft as it was typed.

    Raises:
        Draft.DoesNotExist: there is none.
        NewerSave: another page saved since this one was opened.
    """
    with transaction.atomic():
        draft = locked_draft(acting, key)
        same_page = bool(typed.page) and typed.page == draft.page
        if typed.revision != draft.revision and not same_page:
            raise NewerSave(key)
        draft.values = typed.values
        draft.cover = typed.cover.to_data()
        draft.revision += 1
        draft.page = typed.page
        draft.saved_at = datetime.now(UTC)
        draft.save()
    return draft


def discard(acting: Acting, key: str) -> None:
    """Throw a draft away, when its officer says so.

    Raises:
        Draft.DoesNotExist: there is none.
    """
    with transaction.atomic():
        own_draft(acting, key).delete()
        forget(key)


def form_of(draft: Draft) -> Form:
    """Return the form, in the version that the draft was begun in."""
    return load_form(draft.form, draft.version)


def check_draft(desk: Desk, draft: Draft) -> Checked:
    """Check a draft as it stands."""
    return check(form_of(draft), draft.values, desk.context(draft))


def source_item(acting: Acting, draft: Draft) -> Item | None:
    """Return the item that a draft rests on, where it rests on one that may still be read."""
    if not draft.source:
        return None
    return (
        Item.objects.readable_by(acting.reader)
        .select_related("thread", "marking")
        .filter(key=draft.source)
        .first()
    )


def bound_by(marking: Marking, draft: Draft, source: Item | None) -> Marking:
    """Return the marking of a draft, never easier than that of the report which it passes on."""
    if source is None or draft.purpose != "pass_on":
        return marking
    theirs = source.marking.value
    return replace(
        marking,
        classification=marking.classification.join(theirs.classification),
        handling=marking.handling.join(theirs.handling),
    )


def _lines(cover: Cover, offices: Iterable[str]) -> tuple[str, ...]:
    """Address offices, each by those of its agencies alone that the cover names already."""
    named: dict[str, list[str]] = {}
    for one in cover.to:
        named.setdefault(one.partition(":")[0], []).append(one)
    return tuple(line for office in offices for line in named.get(office, [office]))


def _passed_on_to(desk: Desk, item: Item) -> tuple[str, ...]:
    """Offer the own country's offices of the thread, and the counterparts that it did not come from."""
    own = desk.acting.author.office
    said = Item.objects.readable_by(desk.acting.reader).filter(thread=item.thread)
    met = {office for one in said for office in (one.office, *one.held_by)}
    home = {office for office in met if office[:2] == own[:2]}
    facing = {office for office in desk.around.facing(own) if office not in met}
    return tuple(sorted((home | facing) - {own}))


def _report(acting: Acting, key: str) -> Item:
    item = readable_item(acting, key)
    if item.payload_type != PAYLOAD_TYPE:
        raise Item.DoesNotExist(key)
    return item


def _create(
    acting: Acting, form: Form, values: dict[str, Any], cover: Cover, **rests_on: str
) -> Draft:
    now = datetime.now(UTC)
    own = acting.author
    marking = Marking(
        realm=acting.reader.realm,
        classification=Classification(acting.reader.clearance),
        audience=Audience.of((own.office, own.agency)),
        originator=own.office,
    )
    return Draft.objects.create(
        key=new_id().hex(),
        officer=own.officer,
        form=form.form_id,
        version=form.version,
        values=values,
        cover=cover.to_data(),
        marking=intern(marking),
        created_at=now,
        saved_at=now,
        **rests_on,
    )
