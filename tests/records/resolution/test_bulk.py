"""Comparing a whole set at once: it learns from the set, and its pairs stand among the others."""

from pathlib import Path

import pytest

from borderliaison.markings.services import intern
from borderliaison.records.models import Candidate, Clue, Source
from borderliaison.records.resolution.bulk.running import compare_all
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


def test_a_list_is_compared_with_itself_and_with_the_reports(tmp_path: Path) -> None:
    people = _people(200)
    said = Source.objects.create(key=source("list"), kind="import", office="KG-BDB", said_at=AT)
    origin = Origin(said.key, "import", "KG-BDB", AT, AT, "KG", intern(ALL).pk)
    rows_of(said, origin, people, numbers_of(people)).write()
    reported = person("report", "ERLAN TOKTOSUNOVA", "1951-02-06")
    done: list[str] = []
    found = compare_all(tmp_path, lambda what, _n: done.append(what))
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
