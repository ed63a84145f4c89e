"""How long search takes among many items: ``python -m benchmarks.search [ITEMS]``; SQLite, or BLO_BENCH_DB.

Lookouts and messages of invented words, names and plates; a common word is in each tenth of them. The first
two thousand are drawn and indexed as they are kept; the rest are copies of their rows. Prints, in
milliseconds, what indexing an item costs, and the two queries that a page of results asks.
"""

import os
import random
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

ITEMS = 100_000
DRAWN = 2_000
REPEATS = 7
ASKED = {
    "a name": "токтосунов1",
    "a beginning of two letters": "ko",
    "a common word": "lorry",
    "a plate in groups": "kg 01 7784 ad",
    "four digits": "7784",
    "two common words": "lorry seal",
    "a phrase": '"grey lorry"',
    "a code by its label": "досмотреть",
    "nothing": "zanzibar",
}


def main() -> None:
    """Fill a database, then ask."""
    total = int(sys.argv[1]) if len(sys.argv) > 1 else ITEMS
    with tempfile.TemporaryDirectory() as directory:
        _start(Path(directory))
        _measure(total)


def _start(directory: Path) -> None:
    (directory / "keys").mkdir()
    (directory / "run").mkdir()
    (directory / "keys" / "web.secret").write_text(secrets.token_urlsafe(64), encoding="ascii")
    url = os.environ.get("BLO_BENCH_DB", "sqlite")
    toml = f'office = "KG-BDB"\ndemo = true\ndatabase_url = "{url}"\n'
    (directory / "node.toml").write_text(toml, encoding="utf-8")
    from borderliaison.node.start import start_django  # noqa: PLC0415 - Django starts on this node

    start_django(directory)
    from django.core.management import call_command  # noqa: PLC0415 - as above

    from borderliaison.offices.services import load_network  # noqa: PLC0415 - as above

    call_command("migrate", verbosity=0, interactive=False)
    load_network()


def _measure(total: int) -> None:
    from borderliaison.correspondence.models import Posting  # noqa: PLC0415 - Django has started
    from borderliaison.correspondence.search.finding import (  # noqa: PLC0415
        PAGE,
        Wanted,
        found,
    )
    from borderliaison.forms.finding.query import read_query  # noqa: PLC0415
    from borderliaison.kernel.ids import AgencyCode, CountryCode, OfficeCode  # noqa: PLC0415
    from borderliaison.kernel.marking import Level  # noqa: PLC0415
    from borderliaison.kernel.policy import Reader  # noqa: PLC0415
    from borderliaison.kernel.remembering import one_look  # noqa: PLC0415

    kept = list(_fill(total))
    rows = Posting.objects.as_system("benchmark").count()
    print(f"items\t{total}\nrows of the index\t{rows}")
    print(f"indexing an item, ms\t{statistics.median(kept):.2f}")

    class Looking:
        reader = Reader(
            OfficeCode("KG-BDB"), AgencyCode("KG-BOR"), CountryCode("KG"), Level.OFFICIAL
        )

    looking: Any = Looking()
    for name, typed in ASKED.items():

        def ask(typed: str = typed) -> int:
            items = found(looking, Wanted(read_query(typed)))
            list(items.select_related("thread", "marking")[:PAGE])
            return items.count()

        with one_look():
            count, slowest, middle = _timed(ask)
        print(f"{name}\tfound {count}\tmedian {middle:.0f}\tslowest {slowest:.0f}")


def _timed(ask: Callable[[], int]) -> tuple[int, float, float]:
    count, took = ask(), []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        count = ask()
        took.append((time.perf_counter() - begun) * 1000)
    return count, max(took), statistics.median(took)


def _fill(total: int) -> Iterator[float]:
    """Write the items, some at once; yield how long indexing one took, in milliseconds."""
    from django.db import transaction  # noqa: PLC0415 - Django has started

    from borderliaison.correspondence.models import Item, Thread  # noqa: PLC0415
    from borderliaison.correspondence.search.indexing import index  # noqa: PLC0415
    from borderliaison.kernel.ids import OfficeCode  # noqa: PLC0415
    from borderliaison.kernel.marking import Audience, Classification, Level, Marking  # noqa: PLC0415
    from borderliaison.markings.services import intern  # noqa: PLC0415

    drawn = random.Random(7)  # noqa: S311 - drawn alike each time
    words = [_word(drawn) for _ in range(20_000)]
    marking = intern(
        Marking(
            classification=Classification(Level.OFFICIAL),
            audience=Audience.of(("KG-BDB", "*"), ("KG-DST", "*")),
            originator=OfficeCode("KG-DST"),
        )
    )
    thread = Thread.objects.create(key="0" * 32, realm="live")
    begun_at = datetime.now(UTC) - timedelta(days=365)
    items = []
    for number in range(min(DRAWN, total)):
        item = _drawn(drawn, words, number)
        item |= {"thread": thread, "marking": marking, "created_at": begun_at}
        items.append(Item(key=secrets.token_hex(16), letter=f"{number:032}", **item))
    with transaction.atomic():
        made = Item.objects.bulk_create(items)
        for one in made:
            begun = time.perf_counter()
            index([one])
            yield (time.perf_counter() - begun) * 1000
    _copy(made[0].pk, total)


def _copy(first: int, total: int) -> None:
    """Write the rows of the items that were drawn again, under other keys, until there are enough."""
    from django.db import connection  # noqa: PLC0415 - Django has started

    from borderliaison.correspondence.models import Item  # noqa: PLC0415

    drawn = {
        "postgresql": "md5(random()::text || id::text)",
        "sqlite": "lower(hex(randomblob(16)))",
    }
    said = {"id": "id + %s", "key": drawn[connection.vendor]}
    columns = [one.column for one in Item._meta.fields]
    names, values = ", ".join(columns), ", ".join(said.get(one, one) for one in columns)
    table = "correspondence_item"
    items = f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE id < %s"  # noqa: S608
    rows = (
        "INSERT INTO correspondence_posting (item_id, marking_id, word, place)"
        " SELECT item_id + %s, marking_id, word, place FROM correspondence_posting WHERE item_id < %s"
    )
    with connection.cursor() as cursor:
        for copy in range(1, max(1, total // DRAWN)):
            cursor.execute(items, [copy * DRAWN, first + DRAWN])
            cursor.execute(rows, [copy * DRAWN, first + DRAWN])
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE correspondence_item")
            cursor.execute("ANALYZE correspondence_posting")


def _drawn(drawn: random.Random, words: list[str], number: int) -> dict[str, Any]:
    said = " ".join(drawn.choice(words) for _ in range(18))
    if number % 10 == 0:
        said += " grey lorry"
    if number % 15 == 0:
        said += " seal"
    who = {"office": "KG-DST", "agency": "KG-CUS", "officer": "KG-DST/0003", "author_role": "duty"}
    name = f"Токтосунов{number}" if number < 20 else drawn.choice(words).title()
    who |= {"author_name": name, "held_by": ["KG-DST"], "title": "Benchmark"}
    if number % 3:
        content: dict[str, Any] = {"phrases": ["041"], "text": said, "language": "en", "about": ""}
        return who | {"payload_type": "message", "content": content}
    plate = f"KG {drawn.randrange(10):02} {drawn.randrange(10_000):04} AD"
    values = {
        "subject": said[:60], "grounds": said, "plate": plate, "action": drawn.choice(["search", "stop"]),
        "crossing": "KG-DST", "suspicion": ["narcotics"], "urgency": "Expected", "route_from": "KG",
    }  # fmt: skip
    content = {
        "form": "lookout", "version": 2, "number": f"KG-DST-2026-{number:06}", "values": values,
        "revision": 1, "source": "",
    }  # fmt: skip
    return who | {"payload_type": "report", "content": content}


def _word(drawn: random.Random) -> str:
    parts = ("ka", "ko", "tu", "mi", "ra", "shi", "be", "do", "na", "lu", "zha", "gu", "el", "or")
    return "".join(drawn.choice(parts) for _ in range(drawn.randrange(2, 5)))


if __name__ == "__main__":
    main()
