"""Taking a workspace out, and taking one in: all of it or nothing, and nothing twice."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from borderliaison.accounts.models import Account, SavedView
from borderliaison.accounts.saved_views.errors import SavedViewError
from borderliaison.accounts.saved_views.keeping import save_view, views_of
from borderliaison.accounts.saved_views.pages import clean_address
from borderliaison.audit.services import record
from borderliaison.charts.kept.content import checked
from borderliaison.charts.kept.keeping import charts_of, keep_under, open_chart, share_chart
from borderliaison.charts.kept.strictest import strictest
from borderliaison.charts.workspace.errors import BadWorkspace, NotForYou
from borderliaison.charts.workspace.form import (
    FORMAT,
    VERSION,
    Drawing,
    Question,
    Specification,
    View,
    Workspace,
    read_workspace,
)
from borderliaison.kernel.marking import Handling, PageMarking
from borderliaison.kernel.policy import decide_read
from borderliaison.records.interchange.errors import BadSpec
from borderliaison.records.interchange.exports.exporting import check_purpose
from borderliaison.records.interchange.imports.saved import save_spec
from borderliaison.records.interchange.imports.specs.spec import parse_spec
from borderliaison.records.interchange.models import ImportSpec
from borderliaison.records.interchange.whose import check_task
from borderliaison.records.search import standing
from borderliaison.records.search.question.asked import read_asked, read_question, unread
from borderliaison.wording.marks import labels_of


@dataclass(frozen=True, slots=True)
class Brought:
    """What a workspace brought.

    Attributes:
        new: how many of each part came in.
        there: how many were there already, just so.
    """

    new: dict[str, int]
    there: int


def take_out(account: Account, purpose: str, lang: str) -> dict[str, Any]:
    """Return an officer's workspace where he works now, and write down that he took it.

    Charts with what its origin keeps to itself (H2) are left out and counted.

    Raises:
        NotYourTask: he only reads.
        NoPurpose: the purpose is none of the list.
    """
    check_task(account)
    check_purpose(purpose)
    own = [one for one in charts_of(account) if one.is_own]
    markings = [one.version.marking.value for one in own]
    leaving = [
        one
        for one, marking in zip(own, markings, strict=True)
        if Handling.H2 not in marking.handling.codes
    ]
    found = Workspace(
        tuple(View(one.name, one.address, one.is_shared) for one in views_of(account).own),
        tuple(
            Question(one.name, read_question(one.question).said()) for one in standing.of(account)
        ),
        tuple(Specification(one.name, one.text) for one in ImportSpec.objects.order_by("name")),
        tuple(_drawing(account, one.chart.key) for one in leaving),
    )
    least = strictest(account.reader(), ())
    labels = labels_of(PageMarking.of([least, *(one.marking for one in found.charts)]), lang)
    words = (labels.classification, *labels.handling, labels.audience)
    withheld = len(own) - len(leaving)
    record("workspace.exported", **_told(account, found), purpose=purpose, withheld=str(withheld))
    return {
        "format": FORMAT,
        "version": VERSION,
        "office": account.office,
        "realm": account.realm,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "marking": " · ".join(filter(None, words)),
        "withheld": withheld,
        **found.to_data(),
    }


@transaction.atomic
def take_in(account: Account, sent: object) -> Brought:
    """Make a workspace an officer's own, where he works now.

    A view, and a specification of the office, take the place of one of the same name. What is there just
    so is left as it is; every chart becomes a new one of his, and keeps its marking.

    Raises:
        NotYourTask: he only reads.
        BadWorkspace: something is not known here; nothing is changed.
        NotForYou: he may not read a chart in it.
    """
    check_task(account)
    found = read_workspace(sent)
    new = {
        "views": sum(_view(account, one) for one in found.views),
        "standing": sum(_question(account, one) for one in found.standing),
        "specs": sum(_spec(account, one) for one in found.specs),
        "charts": sum(_chart(account, one) for one in found.charts),
    }
    record("workspace.imported", **_told(account, found))
    return Brought(new, sum(found.counts().values()) - sum(new.values()))


def _drawing(account: Account, key: str) -> Drawing:
    """Return a chart without what only this node knows: from which other charts words came."""
    opened = open_chart(account, key)
    content = {**checked(opened.version.content), "merged": []}
    version = opened.version
    return Drawing(version.name, opened.chart.is_shared, version.marking.value, content)


def _view(account: Account, one: View) -> bool:
    own = SavedView.objects.filter(owner=account, realm=account.realm, removed_at=None)
    try:
        kept = {"name": one.name, "address": clean_address(one.address), "is_shared": one.shared}
        if own.filter(**kept).exists():
            return False
        save_view(account, one.name, one.address, is_shared=one.shared)
    except SavedViewError as error:
        raise BadWorkspace(f"views: {error.code}") from error
    return True


def _question(account: Account, one: Question) -> bool:
    lost = unread(one.asks)
    if lost:
        raise BadWorkspace(f"standing: {', '.join(lost)[:60]}")
    asked = read_asked(one.asks)
    query = asked.address().removeprefix("?")
    if standing.of(account).filter(name=one.name, question=query).exists():
        return False
    standing.keep_asking(account, asked, one.name)
    return True


def _spec(account: Account, one: Specification) -> bool:
    if ImportSpec.objects.filter(name=one.name, text=one.text).exists():
        return False
    try:
        if parse_spec(one.text, one.name).name != one.name:
            raise BadWorkspace("specs: a name that is not its own")
        save_spec(one.text, one.name, account.officer_id)
    except BadSpec as error:
        raise BadWorkspace(f"specs: {error}") from error
    return True


def _chart(account: Account, one: Drawing) -> bool:
    reader = account.reader()
    if not decide_read(reader, one.marking):
        raise NotForYou("a chart")
    own = [x for x in charts_of(account) if x.is_own and x.version.name == one.name]
    if any(_drawing(account, x.chart.key).content == one.content for x in own):
        return False
    made = keep_under(account, one.name, {**one.content, "merged": []}, one.marking)
    if one.shared:
        share_chart(account, made.key, is_shared=True)
    return True


def _told(account: Account, found: Workspace) -> dict[str, str]:
    """Return who moves how much, for the audit."""
    counts = {name: str(number) for name, number in found.counts().items()}
    who = {"actor": account.officer_id, "subject": secrets.token_hex(16), "realm": account.realm}
    return who | counts
