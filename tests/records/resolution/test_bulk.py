"""Comparing a whole set at once: it learns from the set, and its pairs stand among the others."""

import logging
from pathlib import Path

import pytest

from borderliaison.markings.services import intern
from borderliaison.records.interchange.errors import UnknownSet
from borderliaison.records.models import Candidate, Clue, Entity, ImportPart, ImportSet, Source
from borderliaison.records.resolution.bulk.running import FEWEST, Step, Wish, compare_all
from borderliaison.records.resolution.candidates import compare
from borderliaison.records.statements.drafted import Drafted, Origin, Said
from borderliaison.records.statements.rows import numbers_of, rows_of
from tests.records import cast
from tests.records.cast import ALL, AT, key, person, source

pytestmark = pytest.mark.django_db
FIRST = ["Бек", "Айбек", "Нурлан", "Данияр", "Тимур", "Азамат", "Улан", "Эрлан", "Максат", "Шавкат"]
LAST = ["Аскаров", "Токтосунов", "Каримов", "Рахимов", "Сапаров", "Осмонов", "Исаков", "Юсупов"]


def _people(count: int) -> list[Drafted]:
    """Return so many people, each fifth of them twice: once in full, once as a hasty hand wrote it."""
    found = []
    for n in range(count):
        last, first = LAST[n % 8] + "абвгдежзик"[n // 10 % 10], FIRST[n * 7 % 10]
        born = f"{1950 + n % 50}-{1 + n % 12:02}-{1 + n * 5 % 28:02}"
        said = [Said("name", f"{last} {first}"), Said("birthDate", born), Said("gender", "M")]
        found.append(Drafted(key("list", str(n)), "Person", tuple(said)))
        if n % 5 == 0:
            hasty = (Said("name", f"{first} {last}"), Said("birthDate", born[: 4 + 6 * (n % 2)]))
            found.append(Drafted(key("list", f"{n} again"), "Person", hasty))
    return found


def _taken_in(name: str, people: list[Drafted]) -> Source:
    said = Source.objects.create(key=source(name), kind="import", office="KG-BDB", said_at=AT)
    origin = Origin(said.key, "import", "KG-BDB", AT, AT, "KG", intern(ALL).pk)
    rows_of(said, origin, people, numbers_of(people)).write()
    return said


def test_a_list_is_compared_with_itself_and_with_the_reports(tmp_path: Path) -> None:
    _taken_in("list", _people(200))
    reported = person("report", "ERLAN TOKTOSUNOVA", "1951-02-06")
    done: list[str] = []
    found = compare_all(tmp_path, lambda what, _n: done.append(what))
    assert found.not_learned == ()
    assert (
        logging.getLogger("splink").handlers == []
    )  # what the engine tells itself is told to nobody
    assert (found.rows, set(done)) == (241, {"read", "learn", "compare", "keep"})
    pairs = {
        frozenset(ends)
        for ends in Candidate.objects.as_system("test").values_list("one_id", "other_id")
    }
    twice = {
        frozenset((cast.pk("list", str(n)), cast.pk("list", f"{n} again")))
        for n in range(0, 200, 5)
    }
    assert len(twice & pairs) >= 0.9 * len(twice)
    assert found.weights["name_same_2"] > 0 > found.weights.get("name_differs", -1)
    best = Candidate.objects.as_system("test").order_by("-score").first()
    assert best is not None
    assert best.before < 0
    assert best.reasons[0][1] > 0
    assert Clue.objects.as_system("test").filter(entity__key=key("list", "1")).exists()
    assert list(tmp_path.iterdir()) == []
    assert frozenset((reported, cast.pk("list", "1"))) in pairs


def _alike(how: str, n: int) -> tuple[Said, ...]:
    """Return what is said of one of a list whom no rule finds twice, or in which all are one."""
    born = f"{1950 + n % 50}-{1 + n % 12:02}-{1 + n * 5 % 28:02}"
    letters = "абвгдежзик"
    twice = LAST[n // 2 % 8] + letters[n // 16 % 10] * 2 + letters[n // 160]
    each = letters[n % 10] * 3 + letters[n // 10 % 10] + letters[n // 100]
    return {
        "names": (Said("name", f"{each}ов Бек"),),
        "numbers": (Said("name", f"N{n}"),),
        "one name": (Said("name", "Бек Аскаров"),),
        "one man": (Said("name", "Бек Аскаров"), Said("birthDate", "1987-05-12")),
        "births": (Said("name", f"{each}ов Бек"), Said("birthDate", born)),
        "namesakes": (Said("name", f"{twice} Бек"), Said("birthDate", f"{1700 + n}-05-12")),
    }[how]


@pytest.mark.parametrize("how", ["names", "numbers", "one name", "one man", "births"])
def test_a_list_that_teaches_little_is_compared_and_what_it_does_not_teach_is_said(
    how: str, tmp_path: Path
) -> None:
    people = [Drafted(key("list", str(n)), "Person", _alike(how, n)) for n in range(FEWEST)]
    _taken_in("list", people)
    found = compare_all(tmp_path, lambda _what, _n: None)
    assert found.rows == FEWEST
    assert Step.BEFORE in found.not_learned


def test_what_teaches_nothing_is_compared_all_the_same(tmp_path: Path) -> None:
    people = [Drafted(key("list", str(n)), "Person", _alike("namesakes", n)) for n in range(260)]
    _taken_in("list", people)
    numbers = list(Entity.objects.values_list("pk", flat=True))
    compare(set(numbers), apart=False)
    before = dict(Candidate.objects.as_system("a test").values_list("pk", "score"))
    assert before
    found = compare_all(tmp_path, lambda _what, _n: None, Wish(lowest=0.0001))
    assert Step.BY_BIRTH in found.not_learned
    assert found.pairs > 0
    after = dict(Candidate.objects.as_system("a test").values_list("pk", "score"))
    assert before.items() <= after.items(), "they are not judged by what nothing taught"


def test_of_a_set_only_its_own_pairs_are_kept_from_the_likelihood_that_is_asked_for(
    tmp_path: Path,
) -> None:
    _taken_in("list", _people(200))
    said = _taken_in("other", [Drafted(key("other"), "Person", _people(1)[0].says)])
    of_set = ImportSet.objects.create(
        key="5" * 32, title="Other", format="csv", officer="system", imported_at=AT,
        marking=intern(ALL), digest="of it",
    )  # fmt: skip
    ImportPart.objects.create(of=of_set, source=said)
    wish = Wish(of_set.key, 0.6)
    found = compare_all(tmp_path, lambda _what, _n: None, wish)
    kept = Candidate.objects.as_system("test")
    other = cast.pk("other")
    assert found.pairs == kept.count() > 0
    assert all(other in (one.one_id, one.other_id) and one.score >= 0.6 for one in kept)
    with pytest.raises(UnknownSet):
        compare_all(tmp_path, lambda _what, _n: None, Wish("6" * 32))
