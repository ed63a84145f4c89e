"""Exercises of this office: opened, widened and ended by an administrator, entered by their members.

An exercise that was not opened here does not exist here: nobody enters it, and letters of it are refused.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction

from borderliaison.accounts.errors import (
    BadExercise,
    ExerciseEnded,
    ExerciseExists,
    NoSuchExercise,
)
from borderliaison.accounts.models import Account, Exercise
from borderliaison.accounts.services import enter_realm
from borderliaison.audit.services import SYSTEM, record
from borderliaison.kernel.errors import MalformedData
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.realm import Realm
from borderliaison.offices import services as offices


@dataclass(frozen=True, slots=True)
class NewExercise:
    """What an administrator says of an exercise.

    Attributes:
        name: its short name, the same in every office: ``seal-2026``.
        until: when it ends by itself.
        offices: the codes of the other offices that take part.
        members: codes of agencies, or numbers of officers, of this office.
    """

    name: str
    until: datetime
    offices: tuple[str, ...]
    members: tuple[str, ...]


@transaction.atomic
def open_exercise(new: NewExercise, *, actor: str = SYSTEM) -> Exercise:
    """Open an exercise at this office.

    Raises:
        BadExercise: a part of ``new`` is not what it should be.
        ExerciseExists: there is, or was, one of this name.
        UnknownOffice: an office is not in the network.
    """
    try:
        realm = Realm(new.name)
    except MalformedData as error:
        raise BadExercise("name: small Latin letters, digits and hyphens, at most 40") from error
    if not realm.is_exercise:
        raise BadExercise("name: it has none")
    if Exercise.objects.filter(pk=new.name).exists():
        raise ExerciseExists(new.name)
    opened = Exercise.objects.create(
        name=new.name,
        opened_at=datetime.now(UTC),
        opened_by=actor,
        until=_future(new.until),
        offices=_others(new.offices),
        members=_members(new.members),
    )
    if not opened.offices:
        raise BadExercise("with: no other office takes part")
    if not opened.members:
        raise BadExercise("member: nobody of this office takes part")
    record("exercise.opened", actor=actor, subject=new.name, realm=str(realm))
    return opened


@transaction.atomic
def widen_exercise(
    name: str,
    *,
    until: datetime | None = None,
    with_offices: Iterable[str] = (),
    members: Iterable[str] = (),
    actor: str = SYSTEM,
) -> Exercise:
    """Let an exercise last longer, or let further offices and officers take part.

    Raises:
        NoSuchExercise: there is none of this name.
        ExerciseEnded: it is over.
        BadExercise: a member is nobody of this office, or the time is past.
        UnknownOffice: an office is not in the network.
    """
    exercise = _going_on(name)
    exercise.until = exercise.until if until is None else _future(until)
    exercise.offices = _others([*exercise.offices, *with_offices])
    exercise.members = _members([*exercise.members, *members])
    exercise.save()
    record("exercise.changed", actor=actor, subject=name, realm=str(exercise.realm))
    return exercise


@transaction.atomic
def end_exercise(name: str, *, actor: str = SYSTEM) -> Exercise:
    """End an exercise now. Its members may go on reading it; nothing new is written or received.

    Raises:
        NoSuchExercise: there is none of this name.
        ExerciseEnded: it is over already.
    """
    exercise = _going_on(name)
    exercise.closed_at = datetime.now(UTC)
    exercise.save()
    record("exercise.ended", actor=actor, subject=name, realm=str(exercise.realm))
    return exercise


def exercise_named(name: str) -> Exercise:
    """Return an exercise of this office.

    Raises:
        NoSuchExercise: there is none of this name.
    """
    found = Exercise.objects.filter(pk=name).first()
    if found is None:
        raise NoSuchExercise(name)
    return found


def exercises_of(account: Account) -> list[Exercise]:
    """Return the exercises that an officer may enter, those that go on first."""
    known = [one for one in Exercise.objects.all() if one.has_member(account)]
    return sorted(known, key=lambda one: not one.is_open)


def enter_exercise(account: Account, name: str) -> Exercise:
    """Let an officer work in an exercise from now on; in one that has ended he only reads.

    Raises:
        NoSuchExercise: there is none of this name that he is a member of.
    """
    exercise = exercise_named(name)
    if not exercise.has_member(account):
        raise NoSuchExercise(name)
    enter_realm(account, exercise.realm)
    return exercise


def takes_part(realm: Realm, office: OfficeCode) -> bool:
    """Whether letters of this realm are exchanged with an office: live, or an exercise that goes on."""
    if not realm.is_exercise:
        return True
    known = Exercise.objects.filter(pk=realm.event).first()
    return known is not None and known.is_open and office in known.offices


def _going_on(name: str) -> Exercise:
    exercise = Exercise.objects.select_for_update().filter(pk=name).first()
    if exercise is None:
        raise NoSuchExercise(name)
    if not exercise.is_open:
        raise ExerciseEnded(name)
    return exercise


def _future(until: datetime) -> datetime:
    if until <= datetime.now(UTC):
        raise BadExercise(f"until: {until:%Y-%m-%d %H:%M} is past")
    return until


def _others(codes: Iterable[str]) -> list[str]:
    found = dict.fromkeys(codes)
    for code in found:
        offices.find_office(code)
    found.pop(offices.this_office(), None)
    return list(found)


def _members(said: Iterable[str]) -> list[str]:
    found, agencies = list(dict.fromkeys(said)), offices.agencies_in(offices.this_office())
    for one in found:
        if one not in agencies and not Account.objects.filter(officer_id=one).exists():
            raise BadExercise(f"member: {one} is neither an agency nor an officer of this office")
    return found
