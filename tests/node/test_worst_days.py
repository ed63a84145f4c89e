"""``docs/tutorials/the-worst-days.md``, as it is written there: each command, each click, each line shown.

Nothing is replaced but the ports, which may be taken on this machine.
"""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.node.nodes import workshop
from tests.node.rehearsal import Terminal, is_shown, parts_of
from tests.node.rehearsal_officers import Shift
from tests.ports import free_port

# the page makes nodes as `blo node init` does where no database is named: on SQLite
pytestmark = [pytest.mark.timeout(1800), pytest.mark.slow, pytest.mark.once]

PAGE: Final = Path(__file__).parents[2] / "docs" / "tutorials" / "the-worst-days.md"
PORT: Final = re.compile(r"\b(?:850|425)\d\b")
NODE: Final = re.compile(r"blo node init .*?--office (\S+).*?--port (\d+)", re.DOTALL)
PASSWORD: Final = re.compile(r"^echo (\S+) >officers\.words$", re.MULTILINE)


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    ports = sorted(set(PORT.findall(PAGE.read_text(encoding="utf-8"))))
    free: set[str] = set()
    while len(free) < len(ports):
        free.add(str(free_port()))
    with workshop() as home, Terminal(home, dict(zip(ports, free, strict=True))) as one:
        yield one


def test_the_worst_days_go_as_the_page_says(terminal: Terminal) -> None:
    asyncio.run(rehearse(terminal, PAGE.read_text(encoding="utf-8")))


async def rehearse(terminal: Terminal, page: str) -> None:
    """Type, click and compare what a page says, from its beginning to its end."""
    nodes = NODE.findall(terminal.replace(page))
    (password,) = PASSWORD.findall(page)
    shift = Shift({office: f"http://localhost:{port}" for office, port in nodes}, password)
    output = ""
    try:
        for part in parts_of(page):
            match part.kind:
                case "sh":
                    output = await asyncio.to_thread(terminal.type, part.text)
                    shift.add(output)
                case "text":
                    lacking = [
                        line for line in part.text.splitlines() if not is_shown(line, output)
                    ]
                    assert not lacking, f"line {part.line} of the page, in:\n{output}"
                case _:
                    await shift.do(part.text)
    finally:
        await shift.go_home()


def test_a_page_that_says_what_is_not_so_is_found_out() -> None:
    page = (
        "# A page\n\n```sh\necho one\nfalse\n```\n\n```text\none…two\n```\n"
        '1. He looks. <!-- officer: karimov sees "one" -->\n'
    )
    done, seen, clicked = parts_of(page)
    assert [(one.kind, one.line) for one in (done, seen, clicked)] == [
        ("sh", 3), ("text", 8), ("officer", 11)
    ]  # fmt: skip
    assert is_shown("one…three", "zero\none, two, three\n")
    assert not is_shown("one…three", "one\nthree\n")
    with workshop() as home, Terminal(home, {}) as one, pytest.raises(AssertionError, match="one"):
        one.type(done.text)
