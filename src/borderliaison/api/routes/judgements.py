"""Judgements of officers on who is the same: listed, made and taken back, as on the pages."""

from collections.abc import Collection
from datetime import datetime
from typing import Annotated, Any, Final

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from borderliaison.accounts.services import account_of, reader_of
from borderliaison.api.errors import NotThere
from borderliaison.api.reading import rows_of
from borderliaison.api.shapes import PAGE, Key, Limit, Marking, Page, Strict
from borderliaison.records.models import Entity, Judgement
from borderliaison.records.resolution.canonical import taken_back
from borderliaison.records.resolution.facts import all_judgements
from borderliaison.records.resolution.judging import (
    MAX_REASON,
    Why,
    judge,
    judge_of,
    take_back,
    take_back_act,
)
from borderliaison.records.resolution.models import Basis, Verdict
from borderliaison.records.resolution.several import Ruling, judge_pairs

router = Router()
MAX_PAIRS: Final = 100
Reason = Annotated[str, Field(max_length=MAX_REASON)]


class JudgementShape(Schema):
    """What an officer judged of two entities; it stands while ``undone_at`` is empty.

    ``one`` and ``other`` are the keys of entities, not of the records that they are part of now. ``act``
    is the same for all that were judged at once; empty for one that was judged by itself.
    """

    key: str
    act: str
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


class JudgementsIn(Strict):
    """Pairs that are judged at once, in their order."""

    judgements: list[JudgementIn] = Field(min_length=1, max_length=MAX_PAIRS)


class ActShape(Schema):
    """What was judged at once. Of the entities that those which stand bear on: who is one record.

    ``now`` and ``then``: each list has the keys of one record's entities, as it is and as it would be if
    all that stand were taken back; both are empty once none stands.
    """

    act: str
    judgements: list[JudgementShape]
    now: list[list[str]]
    then: list[list[str]]


class BackIn(Strict):
    """Why a judgement is taken back."""

    reason: Reason


@router.get("/judgements", response=JudgementsPage, summary="Judgements", url_name="judgements")
def list_judgements(request: HttpRequest, page: Page = 1, limit: Limit = PAGE) -> dict[str, Any]:
    """List what was judged of what this officer may read, those that were taken back among them."""
    rows, more = rows_of(all_judgements(reader_of(request)).order_by("-pk"), page, limit)
    return {"judgements": _data(rows), "more": more}


@router.post(
    "/judgements/at-once",
    response={201: ActShape},
    summary="Judge several pairs at once",
    url_name="judge_at_once",
)
def make_judgements(request: HttpRequest, said: JudgementsIn) -> dict[str, Any]:
    """Judge at most 100 pairs by one call: all of them, or none where one is refused."""
    pairs = [
        Ruling(one.one, one.other, one.verdict, Why(one.basis, one.reason))
        for one in said.judgements
    ]
    return _act(request, judge_pairs(judge_of(account_of(request)), pairs)[0].act)


@router.get("/judgements/at-once/{key}", response=ActShape, summary="What was judged at once")
def one_act(request: HttpRequest, key: Key) -> dict[str, Any]:
    """Return what was judged at once as far as the officer may read it, and what would split without it."""
    return _act(request, key)


@router.post(
    "/judgements/at-once/{key}/take-back",
    response=ActShape,
    summary="Take back what was judged at once",
)
def take_act_back(request: HttpRequest, key: Key, said: BackIn) -> dict[str, Any]:
    """Take back all that stands of what was judged at once, own or a colleague's; it stays on record."""
    take_back_act(judge_of(account_of(request)), key, said.reason)
    return _act(request, key)


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


def _act(request: HttpRequest, key: str) -> dict[str, Any]:
    reader = reader_of(request)
    found = list(all_judgements(reader).filter(act=key).order_by("pk"))
    if not found:
        raise NotThere(key)
    standing = [one for one in found if one.undone_at is None]
    now, then = taken_back(reader, *standing) if standing else ([], [])
    pks = {pk for group in (*now, *then) for pk in group}
    keys = dict(Entity.objects.filter(pk__in=pks).values_list("pk", "key"))
    return {
        "act": key,
        "judgements": _data(found),
        "now": [sorted(keys[pk] for pk in group) for group in now],
        "then": [sorted(keys[pk] for pk in group) for group in then],
    }


def _data(found: Collection[Judgement]) -> list[dict[str, Any]]:
    pks = {pk for one in found for pk in (one.one_id, one.other_id)}
    keys = dict(Entity.objects.filter(pk__in=pks).values_list("pk", "key"))
    return [
        {
            "key": one.key,
            "act": one.act,
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
