"""Judgements of officers on who is the same: listed, made and taken back, as on the pages."""

from collections.abc import Collection
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from borderliaison.accounts.services import account_of, reader_of
from borderliaison.api.errors import NotThere
from borderliaison.api.reading import rows_of
from borderliaison.api.shapes import PAGE, Key, Limit, Marking, Page, Strict
from borderliaison.records.models import Entity, Judgement
from borderliaison.records.resolution.facts import all_judgements
from borderliaison.records.resolution.judging import MAX_REASON, Why, judge, judge_of, take_back
from borderliaison.records.resolution.models import Basis, Verdict

router = Router()
Reason = Annotated[str, Field(max_length=MAX_REASON)]


class JudgementShape(Schema):
    """What an officer judged of two entities; it stands while ``undone_at`` is empty.

    ``one`` and ``other`` are the keys of entities, not of the records that they are part of now.
    """

    key: str
    one: str
    other: str
    verdict: Verdict
    basis: Basis
    reason: str
    officer: str
    at: datetime
    undone_by: str
    undone_at: datetime | None
    undone_reason: str
    marking: Marking


class JudgementsPage(Schema):
    """Judgements, the latest first; ``more`` where there is a further page."""

    judgements: list[JudgementShape]
    more: bool


class JudgementIn(Strict):
    """Two entities and what the program's officer judges of them.

    Of two that share a number and are different, ``one`` keeps it and ``other`` is cut out.
    """

    one: Key
    other: Key
    verdict: Verdict = Field(strict=False)
    basis: Basis = Field(strict=False)
    reason: Reason = Field("", description="Needed where the basis is “other”.")


class BackIn(Strict):
    """Why a judgement is taken back."""

    reason: Reason


@router.get("/judgements", response=JudgementsPage, summary="Judgements", url_name="judgements")
def list_judgements(request: HttpRequest, page: Page = 1, limit: Limit = PAGE) -> dict[str, Any]:
    """List what was judged of what this officer may read, those that were taken back among them."""
    rows, more = rows_of(all_judgements(reader_of(request)).order_by("-pk"), page, limit)
    return {"judgements": _data(rows), "more": more}


@router.get("/judgements/{key}", response=JudgementShape, summary="One judgement")
def one_judgement(request: HttpRequest, key: Key) -> dict[str, Any]:
    """Return one judgement."""
    found = all_judgements(reader_of(request)).filter(key=key).first()
    if found is None:
        raise NotThere(key)
    return _data([found])[0]


@router.post(
    "/judgements",
    response={201: JudgementShape},
    summary="Judge two records",
    url_name="judgements",
)
def make_judgement(request: HttpRequest, said: JudgementIn) -> dict[str, Any]:
    """Judge two records the same, different or unsure. Only an officer's judgement joins people."""
    who = judge_of(account_of(request))
    return _data([judge(who, said.one, said.other, said.verdict, Why(said.basis, said.reason))])[0]


@router.post(
    "/judgements/{key}/take-back", response=JudgementShape, summary="Take a judgement back"
)
def take_judgement_back(request: HttpRequest, key: Key, said: BackIn) -> dict[str, Any]:
    """Take a judgement back, an own one or a colleague's; it stays on record."""
    return _data([take_back(judge_of(account_of(request)), key, said.reason)])[0]


def _data(found: Collection[Judgement]) -> list[dict[str, Any]]:
    pks = {pk for one in found for pk in (one.one_id, one.other_id)}
    keys = dict(Entity.objects.filter(pk__in=pks).values_list("pk", "key"))
    return [
        {
            "key": one.key,
            "one": keys[one.one_id],
            "other": keys[one.other_id],
            "verdict": one.verdict,
            "basis": one.basis,
            "reason": one.reason,
            "officer": one.officer,
            "at": one.at,
            "undone_by": one.undone_by,
            "undone_at": one.undone_at,
            "undone_reason": one.undone_reason,
            "marking": one.marking.value.to_data(),
        }
        for one in found
    ]
