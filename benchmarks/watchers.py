"""Officers before a full board: ``python -m benchmarks.watchers EVENTS``.

Prints one line of JSON as ``benchmarks.readers`` does. What they see is a report of their own office, and
as many as are asked for of others over the last day, each a copy of it with its place on the map.
"""

import json
import os
import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.desk import desk_of, drafted
from borderliaison.node import logs
from borderliaison.node.config import NODE_VARIABLE
from borderliaison.node.start import start_django

OFFICERS = 8
OFFICES = ("KG-DST", "KG-OSH", "KG-BIS", "KG-KRM", "KG-AKJ", "KG-KDY")
URGENT_EACH = 20
SEED = 4


def main() -> None:
    """Make them."""
    node = start_django(Path(os.environ[NODE_VARIABLE]))
    logs.configure("desk", "error")
    from borderliaison.correspondence.models import Item  # noqa: PLC0415  # wants Django started
    from borderliaison.reports.filing import file_report  # noqa: PLC0415
    from borderliaison.reports.models import Place  # noqa: PLC0415
    from borderliaison.web.asgi import PAGE_THREADS  # noqa: PLC0415
    from tests.accounts.people import officer, signed_in  # noqa: PLC0415

    desk = desk_of(node.office)
    own = file_report(desk, drafted(desk, "Driver changed at Sary-Tash", ["KG-DST"]))
    events = _copies(own, int(sys.argv[1]))
    Item.objects.bulk_create(events, batch_size=500)
    place = Place.objects.as_system("to be copied").get(item=own)
    Place.objects.bulk_create(
        [
            Place(
                item=one, marking_id=place.marking_id, office=one.office, form=place.form,
                urgency=place.urgency, at=one.created_at, crossing=one.office,
            )
            for one in events
        ],
        batch_size=500,
    )  # fmt: skip
    cookies = []
    for number in range(OFFICERS):
        account = officer(
            f"watcher{number}", office=node.office, officer_id=f"{node.office}/1{number:03}"
        )
        jar = signed_in(account).cookies
        cookies.append("; ".join(f"{name}={morsel.value}" for name, morsel in jar.items()))
    said = {
        "cookies": cookies,
        "streams_each": 1,
        "page_threads": PAGE_THREADS,
        "thread": f"/messages/{own.thread.key}/",
    }
    print(json.dumps(said), flush=True)


def _copies(own: "Item", number: int) -> "list[Item]":  # noqa: F821  # wants Django started
    """Return so many reports of other offices as one of ours is, the oldest first."""
    chance, now = random.Random(SEED), datetime.now(UTC)  # noqa: S311  # no secret
    times = sorted(now - timedelta(minutes=24 * 60 * chance.random()) for _ in range(number))
    return [
        type(own)(
            thread=own.thread, key=f"{place:032x}", letter=f"{place:032x}", office=chance.choice(OFFICES),
            payload_type=own.payload_type, title=own.title, content=own.content, agency="KG-BOR",
            officer="KG-DST/0003", author_name="G. Saparalieva", author_role="duty",
            urgent=place % URGENT_EACH == 0, created_at=at, arrived_at=at, marking_id=own.marking_id,
        )
        for place, at in enumerate(times)
    ]  # fmt: skip


if __name__ == "__main__":
    main()
