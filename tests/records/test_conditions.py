"""Conditions of a question: of what is said, of links, of places; for records, as far as one may know."""

from datetime import UTC, datetime

import pytest

from borderliaison.kernel.marking import Audience, Grading, Marking
from borderliaison.kernel.policy import Reader
from borderliaison.markings.services import intern
from borderliaison.offices.services import load_network
from borderliaison.records.models import Entity
from borderliaison.records.search.found.conditions import (
    Linked,
    Says,
    Within,
    read_condition,
    read_conditions,
    unread_lines,
    written,
)
from borderliaison.records.search.found.finding import find
from borderliaison.records.search.index.indexing import index_all
from borderliaison.records.search.question.asked import read_asked, read_question, unread
from borderliaison.records.search.question.sentence import sentence
from borderliaison.records.search.shown.results import results
from borderliaison.records.statements.drafted import Drafted, Origin, Said, key_of_entity
from borderliaison.records.statements.writing import write

OURS, THEIRS = Reader("KG-BDB", "KG-BOR", "KG"), Reader("KG-DST", "KG-BOR", "KG")
BOTH = Marking(audience=Audience.of(("KG-BDB", "*"), ("KG-DST", "*")))
FOR_US = Marking(audience=Audience.of(("KG-BDB", "*")))
GRADED = Marking(audience=BOTH.audience, grading=Grading("4x4", "1", "B2"))
MAY = datetime(2026, 5, 1, tzinfo=UTC)

WRITTEN = [
    ("make: KAMAZ", Says("make", ":", "KAMAZ")),
    ("not registeredIn = KG", Says("registeredIn", "=", "kg", is_not=True)),
    ("weightFound>=100", Says("weightFound", ">=", "100")),
    ("birthDate <= 1989-05", Says("birthDate", "<=", "1989-05")),
    ("trailerNumber ?", Says("trailerNumber", "?")),
    ("linked ~ Person: Бек", Linked("~", "Person", words="Бек")),
    ("linked SeizedQuantity Substance >= 5: heroin",
     Linked("SeizedQuantity", "Substance", "5", "heroin")),
    ("not linked Ownership *", Linked("Ownership", "*", is_not=True)),
    ("within 25 KG-BDB", Within(25, "KG-BDB")),
    ("not within 10 41.2, 69.3", Within(10, spot="41.2,69.3", is_not=True)),
]  # fmt: skip


@pytest.mark.parametrize(("line", "condition"), WRITTEN)
def test_a_condition_is_a_line_that_is_read_and_written(line: str, condition: object) -> None:
    found = read_condition(line)
    assert found == condition
    assert read_condition(str(found)) == condition


@pytest.mark.parametrize(
    "line",
    [
        "", "not", "make", "make:", "make ? KAMAZ", "nothing: of it", "weightFound: five",
        "weightFound >= heavy", "birthDate >= spring", "make >= 3", "gender: male", "owner: Bek",
        "linked", "linked * *", "linked Person *", "linked * Ownership", "linked ~ Person >= 5",
        "linked SeizedQuantity Substance >= many", "within 0 KG-BDB", "within 9999 KG-BDB",
        "within 25 91,0", "within 25", "within 25 1.2.3,4", "make: " + "x" * 41,
    ],
)  # fmt: skip
def test_what_is_no_condition_is_none(line: str) -> None:
    assert read_condition(line) is None
    assert read_conditions(line) == ()
    assert unread_lines(line) == ([" ".join(line.split())] if line else [])


def test_no_more_conditions_are_read_than_one_may_have() -> None:
    lines = [f"weightFound >= {n}" for n in range(10)]
    read = read_conditions("\n".join([lines[0], *lines]))
    assert written(read).splitlines() == lines[:8]
    assert unread_lines("\n".join(lines)) == lines[8:]
    assert unread({"where": "\n".join(lines)}) == ["where"]


def _entity(key: str, kind: str, marking: Marking = BOTH, /, **said: str) -> int:
    """Let one source say something of an entity; return its number."""
    source, made = key_of_entity("source", key), key_of_entity("thing", key)
    origin = Origin(source, "report", "KG-BDB", MAY, MAY, "KG", intern(marking).pk)
    write(origin, [Drafted(made, kind, tuple(Said(*one) for one in said.items()))])
    return int(Entity.objects.get(key=made).pk)


def _report(marking: Marking = BOTH, /, **things: dict[str, str]) -> dict[str, int]:
    """Let one source speak of things that are linked: ``@name`` is one of them; return their numbers."""
    source = key_of_entity("source", "report")
    keys = {name: key_of_entity(source, name) for name in things}
    origin = Origin(source, "report", "KG-BDB", MAY, MAY, "KG", intern(marking).pk)
    write(origin, [
        Drafted(keys[name], said["kind"], tuple(
            Said(prop, keys[value[1:]] if value.startswith("@") else value)
            for prop, value in said.items() if prop != "kind"
        ))
        for name, said in things.items()
    ])  # fmt: skip
    return {name: int(Entity.objects.get(key=key).pk) for name, key in keys.items()}


def _asked(kind: str, *where: str, who: Reader = OURS, **more: str) -> set[int]:
    index_all()
    asked = read_asked({"kind": kind, "where": "\n".join(where), **more})
    assert len(asked.conditions) == len(where)
    return {pk for group in find(who, asked.wanted()).groups for pk in group}


pytestmark = pytest.mark.django_db


def _lorries() -> tuple[int, int, int]:
    return (
        _entity("one", "Vehicle", registrationNumber="KG 01 1111 AA", registeredIn="kg",
                make="KAMAZ 5320, белый", buildDate="1999-04-12"),
        _entity("two", "Vehicle", registrationNumber="UZ 60 A222 BB", registeredIn="uz",
                make="MAN TGA white", buildDate="2005"),
        _entity("three", "Vehicle", registrationNumber="TJ 3333 CC", registeredIn="tj",
                trailerNumber="77"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("where", "found"),
    [
        (["make: kamaz"], "1"), (["make: камаз"], "1"), (['make: "5320 белый"'], "1"),
        (['make: "kamaz белый"'], ""), (["not make: kamaz"], "23"), (["make ?"], "12"),
        (["not make ?"], "3"), (["registeredIn = kg"], "1"), (["not registeredIn = kg"], "23"),
        (["buildDate >= 1999-04-12"], "12"), (["buildDate >= 1999-04-13"], "2"),
        (["buildDate >= 2005-06-01"], "2"), (["buildDate >= 2006"], ""),
        (["buildDate <= 1999"], "1"), (["buildDate <= 1999-04-11"], ""), (["buildDate = 1999"], "1"),
        (["buildDate = 1999-04"], "1"), (["buildDate = 1999-05"], ""),
        (["buildDate <= 2005-12"], "12"), (["make ?", "not buildDate = 2005"], "1"),
        (["registrationNumber: 1111", "make: man"], ""),
    ],
)  # fmt: skip
def test_what_is_said_is_asked_for(where: list[str], found: str) -> None:
    lorries = _lorries()
    assert _asked("Vehicle", *where) == {lorries[int(one) - 1] for one in found}


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("date = 2026-05-12", "123"), ("date >= 2026-05-12", "1234"), ("date <= 2026-05-12", "1235"),
        ("date >= 2026-05-13", "4"), ("date <= 2026-05-11", "5"), ("date = 2026-05", "12345"),
        ("date >= 2026-05-12T00:00:00+06:00", "1234"), ("date <= 2026-05-12T00:30", "125"),
        ("date = 2026-05-11T18:30:00Z", "2"),
    ],
)  # fmt: skip
def test_a_moment_is_of_the_day_that_it_was_by_the_offices_clock(where: str, found: str) -> None:
    said = ("2026-05-12", "2026-05-11T18:30:00Z", "2026-05-12T23:59:00+06:00",
            "2026-05-12T18:00:00Z", "2026-05-11T23:59:00+06:00")  # fmt: skip
    events = [_entity(f"e {n}", "Sighting", name=f"e {n}", date=at) for n, at in enumerate(said)]
    load_network()
    assert _asked("Sighting", where) == {events[int(one) - 1] for one in found}


@pytest.mark.parametrize(
    ("where", "found"),
    [
        (["make: kamaz", "registeredIn = tj"], "13"),
        (["make: kamaz", "not make ?"], "13"),
        (["not make ?", "not registeredIn = kg"], "23"),
        (["not make ?", "not registeredIn = tj"], "123"),
    ],
)
def test_one_of_the_conditions_can_be_enough(where: list[str], found: str) -> None:
    lorries = _lorries()
    assert _asked("Vehicle", *where, any="1") == {lorries[int(one) - 1] for one in found}


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("weightFound >= 9.5", "23"), ("weightFound >= 10", "23"), ("weightFound <= 10", "12"),
        ("weightFound = 10.0", "2"), ("weightFound >= 10.5", "3"), ("weightFound <= -1", ""),
    ],
)  # fmt: skip
def test_numbers_are_compared_as_numbers(where: str, found: str) -> None:
    loads = [
        _entity(f"load {n}", "Consignment", goods="tyres", weightFound=kg)
        for n, kg in enumerate(("9.49", "10", "100"))
    ]
    assert _asked("Consignment", where) == {loads[int(one) - 1] for one in found}


def test_a_condition_holds_for_a_record_and_not_for_one_source_alone() -> None:
    one = _entity(
        "one", "Vehicle", registrationNumber="KG 01 1111 AA", registeredIn="kg", make="MAN"
    )
    same = _entity(
        "two", "Vehicle", registrationNumber="KG 01 1111 AA", registeredIn="kg", type="bus"
    )
    other = _entity(
        "three", "Vehicle", registrationNumber="KG 02 2222 AA", registeredIn="kg", make="MAN"
    )
    assert _asked("Vehicle", "make: man", "type = bus") == {one, same}
    assert _asked("Vehicle", "make: man", "not type = bus") == {other}
    assert _asked("Vehicle", "not type = bus") == {other}
    assert _asked("Vehicle", "not make ?", "type = bus", any="1") == {one, same}


def _seizure(marking: Marking = BOTH) -> dict[str, int]:
    """Let heroin be seized from a driver in his lorry, and tyres from somebody else."""
    return _report(
        marking,
        driver={"kind": "Person", "name": "Бек Токтосунов"},
        other={"kind": "Person", "name": "Жан Асанов"},
        lorry={"kind": "Vehicle", "registrationNumber": "KG 01 7784 AD", "registeredIn": "kg"},
        event={"kind": "Seizure", "name": "In a lorry", "date": "2026-05-12"},
        tyres={"kind": "Seizure", "name": "Tyres", "date": "2026-05-13"},
        heroin={"kind": "Substance", "name": "heroin"},
        first={"kind": "Involvement", "entity": "@driver", "event": "@event"},
        second={"kind": "Involvement", "entity": "@lorry", "event": "@event"},
        third={"kind": "Involvement", "entity": "@other", "event": "@tyres"},
        much={
            "kind": "SeizedQuantity",
            "event": "@event",
            "substance": "@heroin",
            "kgEquivalent": "5",
        },
    )


@pytest.mark.parametrize(
    ("kind", "where", "found"),
    [
        ("Seizure", "linked SeizedQuantity Substance >= 5: heroin", ["event"]),
        ("Seizure", "linked SeizedQuantity Substance >= 5.1: heroin", []),
        ("Seizure", "not linked * Substance", ["tyres"]),
        ("Person", "linked * Seizure", ["driver", "other"]),
        ("Person", "linked * Substance", []),
        ("Person", "linked ~ Substance: опий", []),
        ("Person", "linked ~ Substance: heroin", ["driver"]),
        ("Person", "not linked ~ Substance: heroin", ["other"]),
        ("Vehicle", "linked ~ Person: toktosunov", ["lorry"]),
        ("Vehicle", "linked ~ Person: асанов", []),
        ("Person", "linked ~ Person", []),
        ("", "linked * *: токтосунов", ["event"]),
        ("Person", "linked Involvement Seizure: tyres", ["other"]),
        ("Person", "linked Ownership Seizure: tyres", []),
    ],
)
def test_what_is_linked_is_asked_for(kind: str, where: str, found: list[str]) -> None:
    made = _seizure()
    assert _asked(kind, where) == {made[one] for one in found}


def test_of_few_it_is_asked_and_of_many_the_same_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    made = _seizure()
    where = ("name ?", "linked ~ Vehicle: 7784", "not linked * Address")
    few = _asked("Person", *where)
    monkeypatch.setattr("borderliaison.records.search.found.holding._FEW", 0)
    assert few == _asked("Person", *where) == {made["driver"]}


def test_what_one_may_not_read_meets_no_condition_and_turns_none_round() -> None:
    lorry = _entity("lorry", "Vehicle", registrationNumber="KG 01 7784 AD", registeredIn="kg")
    made = _seizure(FOR_US)
    heroin = "linked ~ Substance: heroin"
    assert _asked("Vehicle", heroin) == {lorry, made["lorry"]}
    assert _asked("Vehicle", f"not {heroin}") == set()
    assert _asked("Vehicle", heroin, who=THEIRS) == set()
    assert _asked("Vehicle", f"not {heroin}", who=THEIRS) == {lorry}
    _entity("secret", "Vehicle", FOR_US, make="KAMAZ")
    assert _asked("Vehicle", "make: kamaz", who=THEIRS) == set()


def test_places_are_near_by_their_coordinates_and_what_was_there_with_them() -> None:
    made = _report(
        here={"kind": "Sighting", "name": "Here", "latitude": "41.205", "longitude": "69.31"},
        there={"kind": "Sighting", "name": "There", "latitude": "41.9", "longitude": "69.31"},
        who={"kind": "Person", "name": "Бек"},
        part={"kind": "Involvement", "entity": "@who", "event": "@here"},
    )
    assert _asked("", "within 5 41.2,69.3") == {made["here"], made["who"]}
    assert _asked("Person", "within 5 41.2,69.3") == {made["who"]}
    assert _asked("Sighting", "within 100 41.2,69.3", "not within 5 41.2,69.3") == {made["there"]}


def test_levels_and_grades_narrow() -> None:
    graded = _entity("graded", "Vehicle", GRADED, make="MAN")
    _entity("not", "Vehicle", make="MAN")
    assert _asked("Vehicle", grade="B2") == {graded}
    assert _asked("Vehicle", grade="A1") == set()
    assert len(_asked("Vehicle", level="0")) == 2
    assert _asked("Vehicle", level="1") == set()


def test_a_result_says_what_met_a_condition_and_to_what_it_is_linked() -> None:
    made = _seizure(FOR_US)
    index_all()
    asked = read_asked({"kind": "Person", "where": "linked ~ Substance: heroin\nname: toktosunov"})
    shown = results(OURS, asked.wanted(), [made["driver"]], "en")
    hit = shown.hits[made["driver"]]
    assert [(one.other, one.event) for one in hit.why.linked] == [
        ("Substance or goods, heroin", "Seizure, In a lorry")
    ]
    (reason,) = hit.reasons
    assert "".join(one.text for one in reason.fragments if one.is_match) == "Токтосунов"
    assert FOR_US in shown.markings
    assert results(THEIRS, asked.wanted(), [made["driver"]], "en").hits == {}


def test_a_question_is_kept_with_its_conditions_and_said_as_a_sentence() -> None:
    where = "make: KAMAZ\nnot registeredIn = kg\nlinked ~ Substance: heroin\nwithin 25 41.2,69.3"
    asked = read_asked({"kind": "Vehicle", "where": where, "any": "1", "grade": "B2"})
    assert read_question(asked.address().removeprefix("?")) == asked
    assert sentence(asked, "KG-BDB", "en") == (
        "Vehicles, one of: Make, model, colour: “KAMAZ”; not: Registered in: Kyrgyzstan; "
        "linked to Substance or goods “heroin”, also by the same event; within 25 km of 41.2, 69.3, "
        "graded B2"
    )
