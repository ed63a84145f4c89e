"""How well those who are one are found: offered to an officer, and compared in bulk, beside plain rules.

The people of a public sanctions list (OFAC's, as ``sdn.csv`` and ``alt.csv``) who have other names: one set
says each under his first name, another under another of his names, with the day of birth whole, as a year,
or not at all. Who is one is known by the list's number, which neither set says. Half of the people, by
their numbers, are there to learn from; the other half is held apart, and only its figures count. The lists
are those that ``--data`` names; nothing of them is part of this system.
"""

import csv
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks import machine
from benchmarks.figures import table
from benchmarks.interchange import make_node
from benchmarks.options import Options

HALVES = ("learned from", "held apart")
PLAIN = 85
"""Of rapidfuzz's ``token_sort_ratio``: the rule that many begin with."""
SURE = 0.9
LISTS = "watchlists/ofac_{}_2021-07.csv"
PAIRS = "names/name_bench_cases.csv"
BORN = re.compile(r"\bDOB (?:circa )?(?:(\d{1,2}) ([A-Z][a-z]{2}) )?(\d{4})")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ONE_NAME = frozenset({"name_same_3", "name_same_2", "name_part", "name_like_3", "name_like"})
"""Likenesses of names by which two are taken for one where there is nothing but names."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as one of the sets says him.

    Attributes:
        number: the list's.
        born: a day, a year, or nothing.
    """

    number: str
    name: str
    born: str

    @property
    def half(self) -> str:
        """The half of the list that he is in."""
        return HALVES[sha256(self.number.encode()).digest()[0] % 2]


def measure(options: Options, say: Callable[[str], None]) -> dict[str, Any]:
    """Compare by each way; return which part of what is found is right, and of the right is found."""
    found: dict[str, Any] = {"machine": machine.describe(), "halves": {}, "names": {}}
    if not options.data:
        return found | {"without": "give the folder of the public lists: --data"}
    data = Path(options.data)
    first, other = _people(data)
    found["people"], found["other_names"] = len(first), len(other)
    with tempfile.TemporaryDirectory(prefix="blo-bench-") as folder:
        node = make_node(Path(folder))
        os.environ["BLO_NODE"] = str(node)
        from borderliaison.node.start import start_django  # noqa: PLC0415 - Django starts on this node

        start_django(node)
        say(f"writing {len(first):,} people and {len(other):,} by another name")
        numbers = _write("1" * 32, first) | _write("2" * 32, other)
        ways = {
            "the same name": _by_rule(first, other, _is_same_name),
            f"token sort ratio {PLAIN}": _by_rule(first, other, _is_like),
            "offered": _offered(numbers, say),
            "in bulk": _in_bulk(node, numbers, say, 0.5),
            f"in bulk, {SURE}": _in_bulk(node, numbers, say, SURE),
        }
        for half in HALVES:
            right = {one.number for one in other if one.half == half}
            found["halves"][half] = {
                name: _figures(_of_half(pairs, half, first), right) | {"seconds": round(took, 1)}
                for name, (pairs, took) in ways.items()
            }
        found["names"] = _names(data / PAIRS)
    return found


def as_table(found: dict[str, Any]) -> str:
    """Return the figures as tables."""
    if "without" in found:
        return str(found["without"])
    parts = [
        table(
            (f"{half}, of {found['people']:,} people", "precision", "recall", "F1", "s"),
            [
                (
                    name,
                    *(f"{one[what]:.3f}" for what in ("precision", "recall", "f1")),
                    f"{one['seconds']}",
                )
                for name, one in some.items()
            ],
        )
        for half, some in found["halves"].items()
    ]
    lines = [
        (name, *(f"{one[what]:.3f}" for what in ("precision", "recall", "f1")))
        for name, one in found["names"].items()
    ]
    return "\n\n".join([*parts, table(("names alone", "precision", "recall", "F1"), lines)])


Pairs = set[tuple[str, str]]
"""The list's numbers of two who were taken for one; one number twice is right."""


def _people(data: Path) -> tuple[list[Person], list[Person]]:
    """Read everybody by his first name, and whoever has another by the first of these."""
    with (data / LISTS.format("sdn")).open(encoding="utf-8", errors="replace", newline="") as file:
        known = {
            row[0]: (row[1], _day(row[11]))
            for row in csv.reader(file)
            if len(row) > 11 and row[2].strip() == "individual"
        }
    others: dict[str, str] = {}
    with (data / LISTS.format("alt")).open(encoding="utf-8", errors="replace", newline="") as file:
        for row in csv.reader(file):
            if len(row) > 3 and row[0] in known:
                others.setdefault(row[0], row[3])
    first = [Person(number, name, born) for number, (name, born) in known.items()]
    return first, [Person(n, name, _less(n, known[n][1])) for n, name in others.items()]


def _day(remarks: str) -> str:
    found = BORN.search(remarks)
    if found is None:
        return ""
    day, month, year = found.groups()
    return f"{year}-{MONTHS.index(month) + 1:02}-{int(day):02}" if month in MONTHS else str(year)


def _less(number: str, born: str) -> str:
    """Return a birth as another paper might have it: two in five whole, two as a year, one not at all."""
    fifth = sha256(b"born" + number.encode()).digest()[0] % 5
    return born if fifth < 2 else born[:4] if fifth < 4 else ""


def _write(key: str, people: Iterable[Person]) -> dict[int, Person]:
    """Write a set; return its people by the numbers of their entities."""
    from borderliaison.kernel.ids import OfficeCode  # noqa: PLC0415 - Django has started
    from borderliaison.markings.services import intern  # noqa: PLC0415
    from borderliaison.records.interchange.imports.set_marking import SetMarking  # noqa: PLC0415
    from borderliaison.records.models import Entity, Source  # noqa: PLC0415
    from borderliaison.records.statements.drafted import (  # noqa: PLC0415
        Drafted,
        Origin,
        Said,
        key_of_entity,
    )
    from borderliaison.records.statements.rows import numbers_of, rows_of  # noqa: PLC0415

    at = datetime(2026, 5, 12, tzinfo=UTC)
    marking = intern(SetMarking().of(OfficeCode("KG-BDB")))
    source = Source.objects.create(key=key, kind="import", office="KG-BDB", said_at=at)
    origin = Origin(source.key, "import", "KG-BDB", at, at, "KG", marking.pk)
    of = {key_of_entity(key, one.number): one for one in people}
    drafted = [
        Drafted(own, "Person", (
            Said("name", one.name), *([Said("birthDate", one.born)] if one.born else []),
        ))
        for own, one in of.items()
    ]  # fmt: skip
    for start in range(0, len(drafted), 500):
        some = drafted[start : start + 500]
        rows_of(source, origin, some, numbers_of(some)).write()
    numbered = Entity.objects.values_list("pk", "key")
    return {pk: of[own] for pk, own in numbered if own in of}


def _offered(of: dict[int, Person], say: Callable[[str], None]) -> tuple[Pairs, float]:
    """Compare as a list that was imported is: what an officer is shown, in his queue."""
    from borderliaison.records.models import Candidate  # noqa: PLC0415 - Django has started
    from borderliaison.records.resolution.candidates import compare  # noqa: PLC0415

    say("comparing one by one")
    begun = time.perf_counter()
    pks = sorted(of)
    for start in range(0, len(pks), 200):
        compare(set(pks[start : start + 200]), apart=False)
    took = time.perf_counter() - begun
    return _kept(Candidate.objects.as_system("benchmark"), of), took


def _in_bulk(
    node: Path, of: dict[int, Person], say: Callable[[str], None], lowest: float
) -> tuple[Pairs, float]:
    """Compare by Splink, whose weights are learned from the sets themselves, without who is who."""
    from borderliaison.records.models import Candidate  # noqa: PLC0415 - Django has started
    from borderliaison.records.resolution.bulk.running import (  # noqa: PLC0415
        Wish,
        compare_all,
    )

    say(f"comparing in bulk, from {lowest} on")
    Candidate.objects.as_system("benchmark").delete()
    begun = time.perf_counter()
    compare_all(node, lambda *_: None, Wish(lowest=lowest))
    took = time.perf_counter() - begun
    return _kept(Candidate.objects.as_system("benchmark"), of), took


def _kept(candidates: Any, of: dict[int, Person]) -> Pairs:
    pairs = candidates.values_list("one_id", "other_id")
    return {tuple(sorted((of[one].number, of[other].number))) for one, other in pairs}  # type: ignore[misc]


def _by_rule(
    first: list[Person], other: list[Person], is_one: Callable[[str, str], bool]
) -> tuple[Pairs, float]:
    """Compare everybody of the second set with everybody of the first who may be born then."""
    begun = time.perf_counter()
    parts = [(one, _plain(one.name)) for one in first]
    found = set()
    for there, name in ((one, _plain(one.name)) for one in other):
        for one, ours in parts:
            if _may_be_born(one.born, there.born) and is_one(ours, name):
                found.add((min(one.number, there.number), max(one.number, there.number)))
    return found, time.perf_counter() - begun


def _plain(name: str) -> str:
    return " ".join(sorted(re.findall(r"\w+", name.casefold())))


def _may_be_born(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _is_same_name(one: str, other: str) -> bool:
    return one == other


def _is_like(one: str, other: str) -> bool:
    from rapidfuzz import fuzz  # noqa: PLC0415 - takes a moment

    return fuzz.ratio(one, other, score_cutoff=PLAIN) > 0


def _of_half(pairs: Pairs, half: str, first: list[Person]) -> Pairs:
    """Return the pairs whose first one is in a half of the list."""
    here = {one.number for one in first if one.half == half}
    return {pair for pair in pairs if pair[0] in here}


def _figures(pairs: Pairs, right: set[str]) -> dict[str, float]:
    hits = sum(one == other and one in right for one, other in pairs)
    return _scores(hits, len(pairs), len(right))


def _scores(hits: int, found: int, right: int) -> dict[str, float]:
    precision, recall = hits / max(1, found), hits / max(1, right)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def _names(file: Path) -> dict[str, dict[str, float]]:
    """Compare labelled pairs of names, with nothing else."""
    with file.open(encoding="utf-8", newline="") as opened:
        rows = [
            row
            for row in csv.DictReader(opened)
            if row["schema"] in ("Person", "LegalEntity", "Company", "Organization")
        ]
    right = sum(_is_right(row) for row in rows)
    return {
        name: _scores(
            sum(_is_right(row) for row in rows if is_one(row)), sum(map(is_one, rows)), right
        )
        for name, is_one in (
            ("the same name", lambda row: _plain(row["name1"]) == _plain(row["name2"])),
            (
                f"token sort ratio {PLAIN}",
                lambda row: _is_like(_plain(row["name1"]), _plain(row["name2"])),
            ),
            ("likeness of names", _is_one_name),
        )
    }


def _is_right(row: dict[str, str]) -> bool:
    return row["is_match"].casefold() == "true"


def _is_one_name(row: dict[str, str]) -> bool:
    from borderliaison.records.resolution.comparing import compared  # noqa: PLC0415
    from borderliaison.records.resolution.looking import Around, Told, portrait  # noqa: PLC0415

    one, other = (
        portrait(n, 1, row["schema"], [Told("name", row[f"name{n}"])], Around()) for n in (1, 2)
    )
    return any(reason.code in ONE_NAME for reason in compared(one, other).reasons)
