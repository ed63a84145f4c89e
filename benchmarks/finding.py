"""How long records are looked for among a million, alone and while a table is imported.

People of invented names, each with a day of birth and a number, and the words by which they are found. The
service behind the page of records is asked, as an officer reads, the same questions round by round.
"""

import os
import random
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks import machine
from benchmarks.beside import quantiles
from benchmarks.figures import table
from benchmarks.interchange import begun, draw, make_node
from benchmarks.options import Options

ROUNDS = 20
IMPORTED = 20_000
AT_ONCE = 5_000
ASKED = {
    "a name": {"q": "Аскаров Бекзат"},
    "in another spelling": {"q": "Asqarof Bekzad"},
    "a beginning of two letters": {"q": "ka"},
    "a phrase": {"q": '"askarov bekzat"'},
    "a number": {"q": "ID 0000777"},
    "nobody": {"q": "zanzibar"},
    "a kind that is rare": {"kind": "Vehicle"},
    "a name since a day": {"q": "Каримов", "since": "2026-01-01"},
    "the latest": {},
    "born on a day": {"kind": "Person", "where": "birthDate = 1975-04-26"},
    "born since a year": {"kind": "Person", "where": "birthDate >= 1999"},
    "a name, but not of a year": {
        "kind": "Person",
        "where": "name: аскаров бекзат\nnot birthDate = 1975",
    },
}
FIRST = ("Бек", "Нур", "Аз", "Дан", "Тим", "Ул", "Эр", "Мак", "Шав", "Ис")
SECOND = ("зат", "лан", "амат", "ияр", "ур", "ан", "бек", "сат", "кат", "маил")
LAST = ("Аскар", "Карим", "Рахим", "Сапар", "Осмон", "Исак", "Юсуп", "Токтосун", "Абдыр", "Жумабек")
ENDS = ("ов", "ева", "улу", "енко", "баев", "кулов", "ханов", "жанов", "алиев", "мамбетов")


def measure(options: Options, say: Callable[[str], None]) -> dict[str, Any]:
    """Fill, ask alone, and ask again while a table is imported."""
    with tempfile.TemporaryDirectory(prefix="blo-bench-") as folder:
        node = make_node(Path(folder))
        os.environ["BLO_NODE"] = str(node)
        from borderliaison.node.start import start_django  # noqa: PLC0415 - Django starts on this node

        start_django(node)
        say(f"writing {options.entities:,} people")
        found: dict[str, Any] = {"machine": machine.describe(), "entities": options.entities}
        found["filling_s"] = round(_fill(options.entities), 1)
        say("asking")
        found["alone"] = _asked(lambda round_: round_ < ROUNDS)
        say("asking while a table is imported")
        calls = node / "calls.csv"
        draw(calls, IMPORTED)
        with begun(node, "in", calls) as importing:
            found["importing"] = _asked(lambda _round: importing.poll() is None)
            importing.communicate()
    return found


def as_table(found: dict[str, Any]) -> str:
    """Return the figures as a table."""
    lines = [
        (name, *(f"{found[when][name][what]:.0f} ms" for when in ("alone", "importing")
                 for what in ("p50_ms", "p99_ms")))
        for name in (*ASKED, "all")
    ]  # fmt: skip
    head = (f"{found['entities']:,} people", "p50", "p99", "importing: p50", "p99")
    return table(head, lines)


def _asked(goes_on: Callable[[int], bool]) -> dict[str, dict[str, float]]:
    """Ask everything round by round; return what each question took, and all."""
    from borderliaison.accounts.models import Account  # noqa: PLC0415 - Django has started
    from borderliaison.kernel.remembering import one_look  # noqa: PLC0415
    from borderliaison.records.search.found.finding import find  # noqa: PLC0415
    from borderliaison.records.search.question.asked import read_asked  # noqa: PLC0415

    reader = Account.objects.get(login="bench").reader()
    took: dict[str, list[float]] = {name: [] for name in ASKED}
    done = 0
    while done == 0 or goes_on(done):
        for name, asked in ASKED.items():
            begun = time.perf_counter()
            with one_look():
                find(reader, read_asked(asked).wanted())
            took[name].append((time.perf_counter() - begun) * 1000)
        done += 1
    every = [one for some in took.values() for one in some]
    return {name: quantiles(some) for name, some in (took | {"all": every}).items()}


def _fill(people: int) -> float:
    """Write people with their words, as if one source had said all of it; return the seconds."""
    from django.db import transaction  # noqa: PLC0415 - Django has started

    from borderliaison.kernel.ids import OfficeCode  # noqa: PLC0415 - Django has started
    from borderliaison.markings.services import intern  # noqa: PLC0415
    from borderliaison.records.interchange.imports.set_marking import SetMarking  # noqa: PLC0415
    from borderliaison.records.models import Source  # noqa: PLC0415
    from borderliaison.records.search.index.indexing import index_some  # noqa: PLC0415
    from borderliaison.records.statements.drafted import Drafted, Origin, Said  # noqa: PLC0415
    from borderliaison.records.statements.rows import numbers_of, rows_of  # noqa: PLC0415
    from borderliaison.sql.disk import disk_later  # noqa: PLC0415

    begun, drawn, at = time.perf_counter(), random.Random(7), datetime(2026, 5, 12, tzinfo=UTC)  # noqa: S311
    marking = intern(SetMarking().of(OfficeCode("KG-BDB")))
    source = Source.objects.create(key="0" * 32, kind="import", office="KG-BDB", said_at=at)
    origin = Origin(source.key, "import", "KG-BDB", at, at, "KG", marking.pk)

    def person(number: int) -> Drafted:
        one, two, three, four = (drawn.randrange(10) for _ in range(4))
        said = (
            Said("name", f"{LAST[one]}{ENDS[two]} {FIRST[three]}{SECOND[four]}"),
            Said("birthDate", f"{1950 + number % 50}-{1 + number % 12:02}-{1 + number % 28:02}"),
            Said("idNumber", f"ID {number:07}"),
        )
        return Drafted(f"{number:032x}", "Person", said)

    everybody = map(person, range(people))
    with disk_later() as disk:
        while some := list(islice(everybody, AT_ONCE)):
            with transaction.atomic():
                rows_of(source, origin, some, numbers_of(some)).write()
            disk.catch_up()
    while index_some():
        pass
    return time.perf_counter() - begun
