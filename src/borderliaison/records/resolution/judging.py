"""Judging two entities the same, different or unsure, and taking it back. No record is rewritten."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from typing import Final
from uuid import uuid4

from django.db import transaction
from django.db.models import Q

from borderliaison.accounts.models import Account, Role
from borderliaison.audit.services import record
from borderliaison.kernel.marking import Marking
from borderliaison.kernel.policy import Reader
from borderliaison.markings.models import MarkingRow
from borderliaison.markings.services import intern
from borderliaison.records.changes import note
from borderliaison.records.models import Entity, Statement
from borderliaison.records.profiles.profile import most_specific
from borderliaison.records.resolution.canonical import members
from borderliaison.records.resolution.errors import (
    AlreadyOne,
    DoesNotJudge,
    JudgedDifferent,
    JudgedTheSame,
    KindsDiffer,
    NoSuchJudgement,
    NoSuchRecord,
    OwnReasonMissing,
)
from borderliaison.records.resolution.facts import between, facts_around, in_parts, standing
from borderliaison.records.resolution.grouping import groups
from borderliaison.records.resolution.models import Basis, Judgement, Verdict
from borderliaison.sql.within import within

MAX_REASON: Final = 500
"""In signs."""


@dataclass(frozen=True, slots=True)
class Judge:
    """An officer who judges.

    Attributes:
        reader: what he may read.
        officer: his id.
        writes: whether his role judges at all.
        act: the key of the act by which he judges several at once; empty where he judges one by itself.
    """

    reader: Reader
    officer: str
    writes: bool
    act: str = ""


def judge_of(account: Account) -> Judge:
    """Return an officer as he judges now: an observer reads only."""
    return Judge(account.reader(), account.officer_id, account.role_now != Role.OBSERVER)


@dataclass(frozen=True, slots=True)
class Why:
    """Why an officer judges as he does.

    Attributes:
        basis: what he judges by.
        words: more, in his own; not empty where the basis is another than those that are named.
    """

    basis: Basis
    words: str = ""


@transaction.atomic
def judge(who: Judge, one: str, other: str, verdict: Verdict, why: Why) -> Judgement:
    """Keep what an officer judges of two entities, and with them of all that are the same as they.

    It is read by whoever may read all that the officer sees of both.

    Args:
        who: the officer.
        one: the key of an entity; of two that share a number and are different, the one that keeps it.
        other: the key of another, which is cut out then.
        verdict: what he judges.
        why: what he judges by.

    Raises:
        JudgingError: it cannot be judged so; nothing was changed.
    """
    reason = _reason(who, why.words, is_needed=why.basis is Basis.OTHER)
    ends = _numbers(one, other)
    same = members(who.reader, ends)
    if len(same) < len(ends):
        raise NoSuchRecord
    first, second = (same[pk] for pk in ends)
    if first == second:
        _see_whether_to_cut(who.reader, ends, verdict)
    if verdict is Verdict.SAME:
        _see_whether_kinds_agree({*first, *second})
    marking = _marking_of(who.reader, {*first, *second})
    unsure = standing(who.reader).filter(verdict=Verdict.UNSURE)
    earlier = between(unsure, first, second)
    now, superseded = datetime.now(UTC), list(earlier)
    earlier.update(undone_at=now, undone_by=who.officer, undone_reason=reason)
    for doubt in superseded:
        _audit("record.judgement_taken_back", who, doubt)
    made = Judgement.objects.create(
        key=uuid4().hex, act=who.act, one_id=ends[0], other_id=ends[1], verdict=verdict, basis=why.basis,
        reason=reason, officer=who.officer, at=now, marking=intern(marking),
    )  # fmt: skip
    if verdict is Verdict.SAME and members(who.reader, ends)[ends[0]] == first:
        raise JudgedDifferent
    note(markings={made.marking_id})
    _audit("record.judged", who, made)
    return made


@transaction.atomic
def take_back(who: Judge, key: str, reason: str) -> Judgement:
    """Take a judgement back, an own one or a colleague's: what it joined or cut is again as it was.

    Raises:
        JudgingError: it cannot be taken back; nothing was changed.
    """
    (found,) = _taken_back(who, Q(key=key), reason)
    return found


@transaction.atomic
def take_back_act(who: Judge, act: str, reason: str) -> list[Judgement]:
    """Take back at once what stands of the judgements of one act, as far as the officer may read them.

    Raises:
        JudgingError: they cannot be taken back; nothing was changed.
    """
    if not act:
        raise NoSuchJudgement
    return _taken_back(who, Q(act=act), reason)


def _taken_back(who: Judge, which: Q, reason: str) -> list[Judgement]:
    reason, now = _reason(who, reason), datetime.now(UTC)
    rows = standing(who.reader).select_for_update(of=("self",)).filter(which)
    found = list(rows.order_by("pk"))
    if not found:
        raise NoSuchJudgement
    for one in found:
        one.undone_at, one.undone_by, one.undone_reason = now, who.officer, reason
        one.save(update_fields=["undone_at", "undone_by", "undone_reason"])
        _audit("record.judgement_taken_back", who, one)
    note(markings={one.marking_id for one in found})
    return found


def _reason(who: Judge, reason: str, *, is_needed: bool = True) -> str:
    if not who.writes:
        raise DoesNotJudge
    words = " ".join(reason.split())
    if (is_needed and not words) or len(words) > MAX_REASON:
        raise OwnReasonMissing
    return words


def _numbers(one: str, other: str) -> list[int]:
    known = dict(Entity.objects.filter(key__in=[one, other]).values_list("key", "pk"))
    if one not in known or other not in known:
        raise NoSuchRecord
    if one == other:
        raise AlreadyOne
    return [known[one], known[other]]


def _see_whether_to_cut(reader: Reader, ends: Collection[int], verdict: Verdict) -> None:
    """See that two which are one may be cut apart: a number joins them, no officer."""
    if verdict is not Verdict.DIFFERENT:
        raise AlreadyOne
    facts = facts_around(reader, ends)
    by_judgement = groups(type(facts)(same=facts.same))
    if any(group.issuperset(ends) for group in by_judgement):
        raise JudgedTheSame


def _see_whether_kinds_agree(pks: Collection[int]) -> None:
    """See that of the kinds of some entities one is all the others too."""
    kinds = Entity.objects.filter(within("pk", pks)).values_list("schema", flat=True).distinct()
    most = most_specific(list(kinds))
    if not all(most.is_a(one) for one in kinds):
        raise KindsDiffer


def _marking_of(reader: Reader, pks: Collection[int]) -> Marking:
    """Return the strictest marking of all that a reader may read of some entities."""
    said = Statement.objects.readable_by(reader)
    numbers = {
        marking
        for some in in_parts(pks)
        for marking in said.filter(entity__in=some).values_list("marking_id", flat=True).distinct()
    }
    found = MarkingRow.objects.in_bulk(numbers).values()
    return reduce(Marking.join, (row.value for row in found))


def _audit(action: str, who: Judge, judgement: Judgement) -> None:
    ends = Entity.objects.in_bulk([judgement.one_id, judgement.other_id])
    record(
        action, actor=who.officer, subject=judgement.key, realm=str(who.reader.realm),
        one=ends[judgement.one_id].key, other=ends[judgement.other_id].key, verdict=judgement.verdict,
    )  # fmt: skip
