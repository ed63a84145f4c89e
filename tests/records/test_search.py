"""Records are found in any script and spelling; what a reader may not know is neither found nor counted."""

import re
from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test.utils import CaptureQueriesContext

from borderliaison.forms.finding.query import matched
from borderliaison.kernel.marking import Audience, Handling, HandlingCodes, Marking
from borderliaison.kernel.policy import Reader
from borderliaison.markings.services import intern
from borderliaison.records.models import Entity, Link, Statement, Wording
from borderliaison.records.profiles.reading import profiles
from borderliaison.records.search.found.finding import find
from borderliaison.records.search.index.indexing import index_all
from borderliaison.records.search.index.spelling import sound
from borderliaison.records.search.question.asked import DAYS, read_asked
from borderliaison.records.search.shown.hits import show_hit
from borderliaison.records.statements.drafted import Drafted, Origin, Said, key_of_entity
from borderliaison.records.statements.writing import withdraw, write

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 12, 3, 30, tzinfo=UTC)
BOTH = Marking(audience=Audience.of(("KG-BDB", "*"), ("KG-DST", "*")))
COURT = Marking(
    audience=Audience.of(("KG-BDB", "*"), ("KG-DST", "*")),
    handling=HandlingCodes(frozenset({Handling.H1})),
)
THEIRS = Marking(audience=Audience.of(("KG-DST", "*")))
OURS = Reader("KG-BDB", "KG-BOR", "KG")
THERE = Reader("KG-DST", "KG-BOR", "KG")
A, B, C = "a" * 32, "b" * 32, "c" * 32
EVENT, PERSON, LORRY = (key_of_entity(A, one) for one in ("event", "person", "vehicle"))
CROSSING = key_of_entity("CrossingPoint", "KG-DST")
_READ_THROUGH = re.compile(
    r"Seq Scan on records_(entity|statement|link|identity|wording)"
    r"|SCAN (records_(entity|statement|link|identity|wording)|[UVW]\d)|\(marking_id=\?\)"
)


def _origin(key: str = A, value: Marking = BOTH, later: int = 0, office: str = "KG-BDB") -> Origin:
    at = AT + timedelta(days=later)
    return Origin(key, "report", office, at, at, "KG", intern(value).pk)


def _report(
    key: str = A, name: str = "Бек Токтосунов", plate: str = "KG 01 7784 AD"
) -> list[Drafted]:
    event, person, lorry = (key_of_entity(key, one) for one in ("event", "person", "vehicle"))
    what = (Said("name", "Heroin in a lorry"), Said("date", "2026-05-12"))
    how = (Said("registrationNumber", plate), Said("registeredIn", "kg"), Said("type", "lorry"))
    who = (Said("entity", person), Said("event", event), Said("role", "driver"))
    return [
        Drafted(event, "Seizure", (*what, Said("crossing", CROSSING))),
        Drafted(CROSSING, "CrossingPoint", (Said("code", "KG-DST"),)),
        Drafted(person, "Person", (Said("name", name, "ru"),)),
        Drafted(lorry, "Vehicle", how),
        Drafted(key_of_entity(key, "involved"), "Involvement", who),
    ]


def _found(typed: str, who: Reader = OURS, **filters: str) -> list[str]:
    index_all()
    found = find(who, read_asked({"q": typed, **filters}).wanted())
    keys = dict(Entity.objects.values_list("pk", "key"))
    return [keys[one[0]] for one in found.groups]


@pytest.mark.parametrize(
    "typed",
    [
        "Токтосунов",
        "toktosunov",
        "TOQTOSUNOV",
        "бек токтос",
        "Toktosynov",
        "Тохтасунов",
        '"бек токтосунов"',
    ],
)
def test_a_name_is_found_in_any_script_and_spelling(typed: str) -> None:
    write(_origin(), _report())
    assert PERSON in _found(typed)


@pytest.mark.parametrize("typed", ["KG 01 7784 AD", "kg017784ad", "7784", "01 7784"])
def test_a_plate_is_found_however_it_is_spaced(typed: str) -> None:
    write(_origin(), _report())
    assert LORRY in _found(typed)


def _people(*names: str) -> None:
    said = [
        Drafted(key_of_entity(A, f"{n}"), "Person", [Said("name", one, 0)])
        for n, one in enumerate(names)
    ]
    write(_origin(), said)


@pytest.mark.parametrize("typed", ["رحیم", "رحيم", "رَحِيم", "كريمى رحیم"])
def test_a_name_is_found_by_whichever_keyboard_its_arabic_letters_are_written(typed: str) -> None:
    _people("رحیم کریمی", "نعیم")
    assert _found(typed) == [key_of_entity(A, "0")]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Мухаммад", "محمد"), ("محمد", "Muhammad"), ("Abdullah", "عبدالله"), ("Юсуф", "یوسف"),
        ("غلام", "Гулам"), ("شریف", "Sharif"), ("Hussein", "حسین"), ("Ahmad", "أحمد"), ("كريمى", "Карими"),
    ],
)  # fmt: skip
def test_a_name_in_arabic_letters_is_found_by_how_it_sounds(typed: str, said: str) -> None:
    _people(said, "Токтосунов")
    assert _found(typed) == [key_of_entity(A, "0")]


def test_keys_of_before_are_folded_as_new_ones_are() -> None:
    _people("رحيم كريمى", "Бек")
    now = dict(Statement.objects.as_system("test").values_list("pk", "key"))
    name = Statement.objects.as_system("test").get(value="رحيم كريمى")
    Statement.objects.as_system("test").filter(pk=name.pk).update(key="رحيم كريمى")
    moved = import_module("borderliaison.records.migrations.0022_letters_of_one_sound")
    at = ("records", "0022_letters_of_one_sound")
    moved.fold(MigrationLoader(connection).project_state(at).apps, None)
    assert dict(Statement.objects.as_system("test").values_list("pk", "key")) == now
    assert now[name.pk] == "رحیم کریمی"


@pytest.mark.parametrize("typed", ["lorry", "грузовик", "Seizure heroin"])
def test_what_is_not_said_together_is_not_found_together(typed: str) -> None:
    write(_origin(), _report())
    found = _found(typed)
    assert (LORRY in found) == (typed != "Seizure heroin")


@pytest.mark.parametrize("typed", ["0555 010 117", "0555010117", "8 555 550 10 17", "010117"])
def test_a_telephone_is_found_as_it_is_dialled_at_home(typed: str) -> None:
    number = "+7 555 550 10 17" if typed.startswith("8") else "+996 555 010 117"
    telephone = key_of_entity(A, "phone")
    write(_origin(), [Drafted(telephone, "Phone", (Said("number", number),))])
    assert _found(typed) == [telephone]
    query = read_asked({"q": typed}).wanted().query
    assert matched(query.terms, "+" + re.sub(r"\D", "", number))


@pytest.mark.parametrize("typed", ["8 555 010 117", "05550101", "0555 010 118"])
def test_what_is_no_number_dialled_at_home_stays_as_it_is(typed: str) -> None:
    telephone = key_of_entity(A, "phone")
    write(_origin(), [Drafted(telephone, "Phone", (Said("number", "+996 555 010 117"),))])
    assert _found(typed) == []


def test_another_spelling_says_that_it_is_one() -> None:
    write(_origin(), _report())
    index_all()
    asked = read_asked({"q": "Toktasinov"}).wanted()
    found = find(OURS, asked)
    (profile,) = profiles(OURS, [found.groups[0][0]]).values()
    (reason,) = show_hit(profile, asked, "en").reasons
    assert found.is_alike
    assert reason.is_alike
    assert [one.text for one in reason.fragments if one.is_match] == ["Токтосунов"]


def test_what_a_reader_may_not_know_is_neither_found_nor_counted() -> None:
    write(_origin(), _report())
    write(
        _origin(B, THEIRS, office="KG-DST"), _report(B, name="Алма Сатарова", plate="KG 01 7784 AD")
    )
    assert _found("Сатарова") == []
    assert _found("Сатарова", THERE) == [key_of_entity(B, "person")]
    assert len(_found("7784")) == len(_found("7784", THERE)) == 1


def test_filters_are_kind_office_place_marking_and_time() -> None:
    write(_origin(), _report())
    write(_origin(C, COURT, later=30, office="KG-DST"), _report(C, plate="KG 02 1111 AA")[2:4])
    assert set(_found("Токтосунов")) == {PERSON, key_of_entity(C, "person")}
    assert _found("Токтосунов", office="KG-DST") == [key_of_entity(C, "person")]
    assert _found("Токтосунов", handling="H1") == [key_of_entity(C, "person")]
    assert _found("Токтосунов", until="2026-05-20") == [PERSON]
    assert _found("Токтосунов", since="20.05.2026") == [key_of_entity(C, "person")]
    assert _found("Токтосунов", crossing="KG-DST") == [PERSON]
    assert set(_found("", kind="Vehicle")) == {LORRY, key_of_entity(C, "vehicle")}
    assert _found("", kind="BorderEvent") == [EVENT]


@pytest.mark.parametrize("typed", ["0003999999999", "367", "0", "-1", "3" * 5000, "three", "²"])
def test_a_number_that_is_none_of_its_field_is_as_if_it_were_empty(typed: str) -> None:
    asked = read_asked({"near": "Seizure", "days": typed, "points": typed, "page": typed})
    assert (asked.days, asked.points, asked.page) == ("", "", 1)
    assert asked.wanted().seen.days == DAYS


def test_words_in_quotes_stand_beside_each_other_in_one_value() -> None:
    write(_origin(), _report(name="Бек Токтосунов"))
    write(_origin(B), _report(B, name="Токтосунов Бек"))
    other, name = key_of_entity(C, "person"), key_of_entity(C, "event")
    apart = (Said("firstName", "Бек"), Said("lastName", "Токтосунов"))
    write(
        _origin(C), [Drafted(other, "Person", apart), Drafted(name, "Event", (Said("name", "-"),))]
    )
    assert _found('"бек токтосунов"') == [PERSON]
    assert set(_found("бек токтосунов")) == {PERSON, key_of_entity(B, "person"), other}
    assert _found('"бек токтосунов"', THERE) == [PERSON]


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "токтосунов"},
        {"q": "KG 01 7784"},
        {"q": '"heroin lorry"'},
        {"q": "nobody at all"},
        {"kind": "Vehicle"},
        {"crossing": "KG-DST"},
        {"q": "токтосунов", "kind": "Person", "office": "KG-BDB", "since": "2026-01-01"},
    ],
)
def test_nothing_large_is_read_through_to_find_something(asked: dict[str, str]) -> None:
    write(_origin(), _report())
    index_all()
    find(OURS, read_asked(asked).wanted())
    with CaptureQueriesContext(connection) as captured:
        find(OURS, read_asked(asked).wanted())
    plans = _plans(captured)
    assert any("records_" in plan for plan in plans)
    assert not [plan for plan in plans if _READ_THROUGH.search(plan)]


def test_what_is_read_through_would_be_seen() -> None:
    write(_origin(), _report())
    with CaptureQueriesContext(connection) as captured:
        list(Statement.objects.as_system("test").filter(language="rus"))
        list(Link.objects.as_system("test").filter(kind="Use"))
    plans = _plans(captured)
    assert len(plans) == 2
    assert all(_READ_THROUGH.search(plan) for plan in plans), plans


def _plans(captured: CaptureQueriesContext) -> list[str]:
    """Return how the database finds what was asked."""
    wanted = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    plans = []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # which reads small tables through, if it may
            cursor.execute("SET LOCAL enable_seqscan = off")
        for one in captured.captured_queries:
            if one["sql"].startswith(("SELECT", "WITH")):
                cursor.execute(f"{wanted} {one['sql'].replace('%', '%%')}")
                plans.append("\n".join(str(line[-1]) for line in cursor.fetchall()))
    return plans


def test_who_is_called_just_so_comes_first() -> None:
    write(_origin(), _report(name="Бек"))
    write(_origin(B, later=1), _report(B, name="Бек Токтосунов", plate="KG 02 1111 AA"))
    assert _found("Бек")[0] == PERSON


def test_the_index_goes_with_what_it_was_made_of() -> None:
    write(_origin(), _report())
    index_all()
    assert index_all() == 0
    assert Wording.objects.as_system("test").exists()
    withdraw(A)
    assert not Wording.objects.as_system("test").exists()


def test_a_corrected_report_is_found_by_what_it_says_now() -> None:
    write(_origin(), _report())
    index_all()
    write(_origin(), _report(name="Бек Осмонов"))
    assert _found("Токтосунов") == []
    assert PERSON in _found("Осмонов")


def test_a_word_is_heard_alike_in_its_spellings_unless_it_is_too_short() -> None:
    assert sound("askarov") == sound("asgerof")
    assert sound("bek") == ""


def test_all_vehicles_seen_at_two_crossing_points_within_three_days_of_a_seizure_there() -> None:
    other = key_of_entity("CrossingPoint", "KG-BDB")
    there = [Drafted(other, "CrossingPoint", (Said("code", "KG-BDB"),))]

    def sighting(key: str, date: str, crossing: str, plate: str, kind: str = "Sighting") -> None:
        event, lorry = key_of_entity(key, "event"), key_of_entity(key, "vehicle")
        what = (Said("name", "Seen"), Said("date", date), Said("crossing", crossing))
        who = (Said("entity", lorry), Said("event", event))
        how = (Said("registrationNumber", plate), Said("registeredIn", "kg"))
        drafted = [
            *there,
            Drafted(CROSSING, "CrossingPoint", (Said("code", "KG-DST"),)),
            Drafted(event, kind, what),
            Drafted(lorry, "Vehicle", how),
            Drafted(key_of_entity(key, "involved"), "Involvement", who),
        ]
        write(_origin(key), drafted)

    sighting("1" * 32, "2026-05-12", CROSSING, "KG 01 7784 AD", "Seizure")
    sighting("2" * 32, "2026-05-20", other, "KG 09 9999 ZZ", "Seizure")
    sighting("3" * 32, "2026-05-22", other, "KG 01 7784 AD")
    sighting("4" * 32, "2026-05-13", CROSSING, "KG 02 1111 AA")
    sighting("5" * 32, "2026-05-30", other, "KG 02 1111 AA")
    plates = set(_found("", kind="Vehicle", points="2", near="Seizure", days="3"))
    both = {key_of_entity("1" * 32, "vehicle"), key_of_entity("3" * 32, "vehicle")}
    assert plates == {min(both)}
    assert len(_found("", kind="Vehicle", points="2")) == 2
    assert len(_found("", kind="Vehicle", near="Seizure")) == 3
    assert _found("", THERE, kind="Vehicle", points="2") != []
    stranger = Reader("UZ-DUS", "UZ-BOR", "UZ")
    assert _found("", stranger, kind="Vehicle", points="2") == []
