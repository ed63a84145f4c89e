"""What a source says is written once, changed with it, and gone with it; nothing else is touched."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from borderliaison.kernel.marking import Audience, Marking
from borderliaison.kernel.policy import Reader
from borderliaison.markings.services import intern
from borderliaison.records.models import Entity, Link, Source, Statement
from borderliaison.records.ontology.errors import UnknownSchema
from borderliaison.records.statements.drafted import Drafted, Origin, Said, key_of_entity
from borderliaison.records.statements.writing import LeftOut, withdraw, write

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 12, 3, 30, tzinfo=UTC)
OURS = Marking(audience=Audience.of(("KG-BDB", "*")))
THEIRS = Marking(audience=Audience.of(("KG-DST", "*")))
A, B = "a" * 32, "b" * 32
BEK, LORRY, USES = (key_of_entity(A, name) for name in ("person", "vehicle", "use"))
DOSTUK = key_of_entity("crossing", "KG-DST")


def _origin(key: str = A, value: Marking = OURS) -> Origin:
    return Origin(key, "report", "KG-BDB", AT, AT, "KG", intern(value).pk)


def _person(key: str = BEK, name: str = "Бек Аскаров") -> Drafted:
    return Drafted(key, "Person", (Said("name", name, "ru"), Said("birthDate", "1987")))


def _crossing() -> Drafted:
    return Drafted(DOSTUK, "CrossingPoint", (Said("code", "KG-DST"),))


def _statements() -> set[tuple[str, str, str, str]]:
    found = Statement.objects.as_system("test").select_related("entity", "source")
    return {(one.source.key, one.entity.key, one.prop, one.value) for one in found}


def test_each_value_is_a_statement_with_its_source_and_marking() -> None:
    assert write(_origin(), [_person()]) == ()
    name = Statement.objects.as_system("test").get(prop="name")
    assert (name.value, name.key, name.language) == ("Бек Аскаров", "bek askarov", "ru")
    assert (name.entity.schema, name.source.office, name.first_seen) == ("Person", "KG-BDB", AT)
    assert name.marking_id == intern(OURS).pk


def test_the_same_said_again_writes_nothing() -> None:
    write(_origin(), [_person()])
    before = list(Statement.objects.as_system("test").values_list("pk", flat=True))
    write(_origin(), [_person()])
    assert list(Statement.objects.as_system("test").values_list("pk", flat=True)) == before


def test_a_correction_changes_its_own_statements_and_keeps_who_they_are_about() -> None:
    write(_origin(), [_person(), _crossing()])
    write(_origin(B), [_crossing()])
    number = Entity.objects.get(key=BEK).pk
    write(_origin(), [_person(name="Бек Аскаров уулу")])
    assert Entity.objects.get(key=BEK).pk == number
    assert (A, BEK, "name", "Бек Аскаров уулу") in _statements()
    assert (A, BEK, "name", "Бек Аскаров") not in _statements()
    assert {one for one in _statements() if one[0] == B} == {(B, DOSTUK, "code", "KG-DST")}


def test_a_source_that_takes_back_leaves_only_what_others_say() -> None:
    write(_origin(), [_person(), _crossing()])
    write(_origin(B), [_crossing()])
    assert withdraw(A)
    assert _statements() == {(B, DOSTUK, "code", "KG-DST")}
    assert not Entity.objects.filter(key=BEK).exists()
    assert withdraw(B)
    assert (Entity.objects.count(), Source.objects.count()) == (0, 0)
    assert not withdraw(A)


def test_a_link_and_a_reference_are_lines_with_their_times() -> None:
    lorry = Drafted(LORRY, "Vehicle", (Said("registrationNumber", "01KG742ABC"),))
    uses = Drafted(
        USES, "Use", (Said("user", BEK), Said("used", LORRY), Said("startDate", "2026-05"))
    )
    paper = Drafted(
        key_of_entity(A, "paper"), "Passport", (Said("holder", BEK), Said("number", "A1"))
    )
    write(_origin(), [_person(), lorry, uses, paper])
    lines = {
        (one.kind, one.begin.key, one.end.key, one.since)
        for one in Link.objects.as_system("test").select_related("begin", "end")
    }
    assert lines == {
        ("Use", BEK, LORRY, datetime(2026, 5, 1, tzinfo=UTC)),
        ("Identification:holder", paper.key, BEK, None),
    }


def test_a_value_that_is_none_is_left_out_and_said() -> None:
    said = (Said("name", "Bek"), Said("birthDate", "in spring"), Said("colour", "grey"))
    left_out = write(_origin(), [Drafted(BEK, "Person", said)])
    assert left_out == (LeftOut("Person", "birthDate"), LeftOut("Person", "colour"))
    assert _statements() == {(A, BEK, "name", "Bek")}


def test_what_is_no_kind_of_record_is_refused_and_nothing_is_written() -> None:
    with pytest.raises(UnknownSchema):
        write(_origin(), [_person(), Drafted(LORRY, "Spaceship", ())])
    assert (Entity.objects.count(), Source.objects.count(), _statements()) == (0, 0, set())


SAYS = st.dictionaries(
    st.sampled_from([A, B, "c" * 32]),
    st.lists(
        st.tuples(st.sampled_from("xyz"), st.sampled_from(["Bek", "Бек", "Aida"])), max_size=4
    ),
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rounds=st.lists(SAYS, max_size=4))
def test_whatever_was_written_before_the_records_say_what_each_source_said_last(
    rounds: list[dict[str, list[tuple[str, str]]]],
) -> None:
    for key in (A, B, "c" * 32):
        withdraw(key)
    last: dict[str, list[tuple[str, str]]] = {}
    for one in rounds:
        for key, said in one.items():
            people = [
                Drafted(
                    key_of_entity("person", who),
                    "Person",
                    tuple(Said("name", name) for other, name in said if other == who),
                )
                for who in dict(said)
            ]
            write(_origin(key), people)
            last[key] = said
    expected = {
        (key, key_of_entity("person", who), "name", name)
        for key, said in last.items()
        for who, name in said
    }
    assert _statements() == expected
    assert set(Entity.objects.values_list("key", flat=True)) == {one[1] for one in expected}


def test_each_source_is_read_under_its_own_marking() -> None:
    write(_origin(), [_person()])
    write(_origin(B, THEIRS), [_person(name="Bek A.")])
    reader = Reader("KG-DST", "KG-BOR", "KG")  # type: ignore[arg-type]
    found = Statement.objects.readable_by(reader).filter(prop="name")
    assert [(one.value, one.entity.key) for one in found] == [("Bek A.", BEK)]
