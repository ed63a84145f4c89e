"""The sender's desk: a process that files reports as a page does; ``python -m benchmarks.desk BYTES``.

One line of JSON on standard input is one order: ``{"to": [...], "number": n}``. Answered with the
monotonic times before and after the commit. The reports are real lookouts, written by a liaison officer
and checked by their form; their drafts are saved before the time begins. The grounds are so long that the
letter's payload has the bytes that were asked for.
"""

import json
import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from borderliaison.node import logs
from borderliaison.node.config import NODE_VARIABLE
from borderliaison.node.start import start_django

if TYPE_CHECKING:
    from borderliaison.reports.drafting import Desk

OFFICER = ("0001", "A. Toktosunov", "KG-BOR")


def main() -> None:
    """Send what is ordered, until standard input ends."""
    node = start_django(Path(os.environ[NODE_VARIABLE]))
    logs.configure("desk", "error")
    from django.db import transaction  # noqa: PLC0415  # wants Django started

    from borderliaison.reports.filing import file_report  # noqa: PLC0415

    desk, size = desk_of(node.office), int(sys.argv[1])
    grounds, payload_bytes = _grounds_for(desk, size)
    print(json.dumps({"payload_bytes": payload_bytes}), flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        drafts = [drafted(desk, grounds, order["to"]) for _ in range(order["number"])]
        began = time.monotonic()
        with transaction.atomic():
            for draft in drafts:
                file_report(desk, draft)
        print(json.dumps({"began": began, "committed": time.monotonic()}), flush=True)


def desk_of(office: str) -> "Desk":
    """Return the desk of a liaison officer."""
    from borderliaison.accounts.models import Account  # noqa: PLC0415
    from borderliaison.correspondence.people import Acting, author_of  # noqa: PLC0415
    from borderliaison.reports.drafting import Desk  # noqa: PLC0415
    from borderliaison.reports.surroundings import NETWORK  # noqa: PLC0415

    number, name, agency = OFFICER
    account = Account(
        officer_id=f"{office}/{number}", full_name=name, role="liaison", office=office,
        agency=agency, clearance=1,
    )  # fmt: skip
    return Desk(Acting(account.reader(), author_of(account)), NETWORK, "en")


def drafted(desk: "Desk", grounds: str, to: list[str]) -> str:
    """Save the draft of a lookout; return its key."""
    from borderliaison.correspondence.cover import Cover  # noqa: PLC0415
    from borderliaison.reports.drafting import Typed, begin, save  # noqa: PLC0415

    draft = begin(desk, "lookout")
    typed = Typed(_lookout(desk, grounds), Cover(to=tuple(to)), draft.revision, page="")
    return save(desk.acting, draft.key, typed).key


def _lookout(desk: "Desk", grounds: str) -> dict[str, Any]:
    zone, now = ZoneInfo(desk.around.zone()), datetime.now(UTC)

    def local(hours: float) -> str:
        return (now + timedelta(hours=hours)).astimezone(zone).strftime("%Y-%m-%d %H:%M")

    return {
        "event_at": local(-1), "crossing": desk.acting.author.office, "agencies": [OFFICER[2]],
        "subject_kind": "vehicle", "subject": "Grey lorry with trailer", "plate": "KG 01 7784 AD",
        "suspicion": ["narcotics"], "route_from": "KG", "route_to": "UZ", "where": "KG-DST",
        "window": {"from": local(2), "until": local(48)}, "expires": local(72), "action": "search",
        "grounds": grounds, "text_language": "en", "urgency": "Immediate", "severity": "Severe",
        "certainty": "Likely", "category": "Security",
    }  # fmt: skip


def _grounds_for(desk: "Desk", size: int) -> tuple[str, int]:
    """Return grounds for a payload of ``size`` bytes, and its size. The probes are taken back."""
    shortest = _payload_bytes(desk, "x")
    grounds = "x" * max(1, size - shortest)
    return grounds, _payload_bytes(desk, grounds)


def _payload_bytes(desk: "Desk", grounds: str) -> int:
    from django.db import transaction  # noqa: PLC0415

    from borderliaison.exchange.drafts import decode_letter  # noqa: PLC0415
    from borderliaison.exchange.models import Outbox  # noqa: PLC0415
    from borderliaison.reports.filing import file_report  # noqa: PLC0415

    with transaction.atomic():
        file_report(desk, drafted(desk, grounds, ["KG-DST"]))
        posted = Outbox.objects.latest("pk")
        transaction.set_rollback(True)
    return len(decode_letter(posted.draft).payload)


if __name__ == "__main__":
    main()
