"""Who keeps something in memory hears which sources changed since he looked, each once."""

import pytest

from borderliaison.feed.models import FeedEvent
from borderliaison.markings.services import intern
from borderliaison.records.changes import BEGINNING, JUDGEMENTS, changes_since, note
from borderliaison.records.models import Change, Source
from borderliaison.records.statements.writing import withdraw, write
from tests.records.cast import FOR_BORDER, FOR_CUSTOMS, lorry, source
from tests.records.test_writing import A, _origin, _person

pytestmark = pytest.mark.django_db


def test_a_source_is_noted_when_it_is_written_changed_and_withdrawn() -> None:
    write(_origin(), [_person()])
    number = Source.objects.get(key=A).pk
    first = changes_since(BEGINNING)
    assert first.sources == {number}
    write(_origin(), [_person()])
    assert changes_since(first.place).sources == set()
    write(_origin(), [_person(name="Askar")])
    second = changes_since(first.place)
    assert second.sources == {number}
    withdraw(A)
    assert changes_since(second.place).sources == {number}
    assert changes_since(changes_since(BEGINNING).place).sources == set()


def test_the_latest_note_of_each_is_kept_alone() -> None:
    write(_origin(), [_person()])
    write(_origin(), [_person(name="Askar")])
    note()
    note()
    assert Change.objects.count() == 2
    assert JUDGEMENTS in changes_since(BEGINNING).sources


def test_pages_hear_of_it_for_whoever_may_read_what_was_there_and_what_is() -> None:
    border, customs = intern(FOR_BORDER).pk, intern(FOR_CUSTOMS).pk
    lorry("a", "01KG742ABC", marking=FOR_BORDER)
    lorry("a", "01KG742ABD", marking=FOR_CUSTOMS)
    withdraw(source("a"))
    told = FeedEvent.objects.filter(kind="records").values_list("subject", "marking_id")
    assert list(told) == [("", border), ("", border), ("", customs), ("", customs)]
