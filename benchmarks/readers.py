"""Officers at their pages: accounts, sessions, threads; ``python -m benchmarks.readers STREAMS``.

Prints one line of JSON: the cookies of as many officers, signed in with both steps, as it takes to have so
many streams open; how many each may have; how many threads serve pages; and the path of a thread. What they
read are real reports, filed by their own office.
"""

import json
import os
import sys
from pathlib import Path

from benchmarks.desk import desk_of, drafted
from borderliaison.node import logs
from borderliaison.node.config import NODE_VARIABLE
from borderliaison.node.start import start_django

THREADS = 60


def main() -> None:
    """Make them."""
    node = start_django(Path(os.environ[NODE_VARIABLE]))
    logs.configure("desk", "error")
    from borderliaison.reports.filing import file_report  # noqa: PLC0415  # wants Django started
    from borderliaison.web.asgi import PAGE_THREADS  # noqa: PLC0415
    from borderliaison.web.stream import MAX_STREAMS  # noqa: PLC0415
    from tests.accounts.people import officer, signed_in  # noqa: PLC0415

    desk = desk_of(node.office)
    items = [
        file_report(desk, drafted(desk, "Driver changed at Sary-Tash", ["KG-DST"]))
        for _ in range(THREADS)
    ]
    cookies = []
    for number in range(-(-int(sys.argv[1]) // MAX_STREAMS)):
        account = officer(
            f"reader{number}", office=node.office, officer_id=f"{node.office}/1{number:03}"
        )
        jar = signed_in(account).cookies
        cookies.append("; ".join(f"{name}={morsel.value}" for name, morsel in jar.items()))
    said = {
        "cookies": cookies,
        "streams_each": MAX_STREAMS,
        "page_threads": PAGE_THREADS,
        "thread": f"/messages/{items[0].thread.key}/",
    }
    print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
