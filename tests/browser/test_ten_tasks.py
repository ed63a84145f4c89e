"""Ten tasks of a day need no more than what is written on their paper and five: counted through real pages.

``make tasks`` writes the table of docs/explanation/ten-tasks.md anew from what is counted here.
"""

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from borderliaison.correspondence.arrivals.items import receive_item
from borderliaison.correspondence.models import Item
from tests.browser.chromium import chromium
from tests.browser.hands import Hands
from tests.browser.office import DESK, Looks, Office, meanwhile, office_at_work
from tests.browser.tasks import TASKS, Task
from tests.correspondence.cast import network
from tests.correspondence.letters import report

pytestmark = [
    pytest.mark.browser,
    pytest.mark.once,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(600),
]

MORE: Final = 5
PAGE: Final = Path(__file__).parents[2] / "docs" / "explanation" / "ten-tasks.md"
TABLE: Final = re.compile(r"(?<=<!-- table -->\n).*?(?=<!-- end -->)", re.DOTALL)
HEAD: Final = """| task | on paper | fields | written there | clicks | keys | typed | together | at most |
|---|---|--:|--:|--:|--:|--:|--:|--:|
"""


def line(task: Task, hands: Hands, fields: tuple[int, int]) -> str:
    done = (hands.clicks, hands.keys, hands.written, hands.total)
    numbers = (*fields, *done, fields[1] + MORE)
    return f"| {task.name} | {task.paper} | {' | '.join(map(str, numbers))} |\n"


def test_no_task_needs_more_than_its_paper_and_five(live_server: Any) -> None:
    network()
    office = office_at_work()
    receive_item(report("request"))
    _began_last_week()
    looks = Looks(live_server, office.author, office.second)
    lines, too_much = [], []
    with chromium() as browser:
        for task in TASKS:
            if task.by_second:
                meanwhile(_came_in, office)
            account = office.second if task.by_second else office.author
            with looks.page(browser, account, viewport=DESK) as page:
                page.goto("/messages/")
                page.set_default_timeout(90_000)
                hands = Hands(page)
                task.do(hands, office)
            fields = task.paper_fields()
            lines.append(line(task, hands, fields))
            if hands.total > fields[1] + MORE:
                too_much.append(lines[-1])
    table = HEAD + "".join(lines)
    assert too_much == []
    if os.environ.get("BLO_WRITE_TASKS"):
        PAGE.write_text(TABLE.sub(lambda _: table, PAGE.read_text("utf-8")), encoding="utf-8")
    found = TABLE.search(PAGE.read_text("utf-8"))
    assert found is not None
    assert found.group() == table, "make tasks writes it anew"


def _began_last_week() -> None:
    """Let the office owe the summary of a week in which nothing happened."""
    items = Item.objects.as_system("test")
    item = items.latest("id")
    items.filter(pk=item.pk).update(created_at=datetime.now(UTC) - timedelta(days=8))


def _came_in(office: Office) -> None:
    """Let the lookout stand as if it had come from the sector, so that it can be acknowledged."""
    item = Item.objects.as_system("test").get(pk=office.item.pk)
    item.letter, item.office, item.held_by = "a" * 32, "KG-OSH", ["KG-OSH"]
    item.save()
