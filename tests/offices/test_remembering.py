"""Within one look the network is asked once; the next look sees what was edited between."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from borderliaison.kernel.remembering import ask_anew, one_look, remembered
from borderliaison.offices.models import Office
from borderliaison.offices.services import load_network, office_names

pytestmark = pytest.mark.django_db


def test_within_a_look_the_same_question_is_asked_once() -> None:
    load_network()
    with one_look(), CaptureQueriesContext(connection) as asked:
        assert office_names("en") == office_names("en")
        assert office_names("en") != office_names("ru")
    assert len(asked) == 1


def test_the_next_look_sees_what_was_edited() -> None:
    load_network()
    with one_look():
        assert office_names("en")["KG-DST"] == "Dostuk"
    Office.objects.filter(pk="KG-DST").update(names={"en": "Dostuk road"})
    with one_look():
        assert office_names("en")["KG-DST"] == "Dostuk road"


def test_outside_a_look_nothing_is_remembered() -> None:
    answers = iter((1, 2))
    ask = remembered(lambda: next(answers))
    assert (ask(), ask()) == (1, 2)


def test_a_look_within_a_look_has_a_memory_of_its_own() -> None:
    answers = iter((1, 2))
    ask = remembered(lambda: next(answers))
    with one_look():
        assert ask() == 1
        with one_look():
            assert ask() == 2
        assert ask() == 1


def test_what_was_changed_within_a_look_is_asked_each_time_until_its_end() -> None:
    answers = iter((1, 2, 3, 4))
    ask = remembered(lambda: next(answers))
    with one_look():
        assert (ask(), ask()) == (1, 1)
        ask_anew(ask)
        assert (ask(), ask()) == (2, 3)
    with one_look():
        assert (ask(), ask()) == (4, 4)
