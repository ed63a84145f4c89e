"""The demo: the play from end to end as a user runs it, and the parts that it is made of."""

import asyncio
import json
import os
import resource
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from borderliaison.cli import Exit
from borderliaison.node.demo import totp
from borderliaison.node.demo.build import SignIn, Stage
from borderliaison.node.demo.cast import OFFICES
from borderliaison.node.demo.pages import NotOnThePage, Page, filled
from borderliaison.node.demo.play import together
from borderliaison.node.demo.ports import choose_ports
from borderliaison.node.demo.run import SIGN_INS, write_sign_ins
from borderliaison.node.demo.steps import StepFailed, Steps
from tests.node.nodes import BLO, blo, workshop

pytestmark = pytest.mark.once  # the demo is on SQLite
PLAY_LIMIT_S = 300

FORM = """
<form id="draft" action="save/">
  <input type="hidden" name="csrfmiddlewaretoken" value="t0ken">
  <input type="radio" name="action" value="stop"><input type="radio" name="action" value="search">
  <input type="checkbox" name="to" value="KG-DST"><input type="checkbox" name="to" value="KG-OSH" checked>
  <select name="lane"><option value="in">in</option><option value="out" selected>out</option></select>
  <input type="text" name="plate" value="01"><textarea name="grounds"></textarea>
  <button name="send" value="1">Send</button><button>Close</button>
</form>
"""


@pytest.mark.slow
@pytest.mark.timeout(PLAY_LIMIT_S)
def test_the_first_warning_is_played_and_proved() -> None:
    with workshop() as folder:
        (folder / "tmp").mkdir()
        printed = blo("demo", "--check", "--json", env=os.environ | {"TMPDIR": str(folder / "tmp")})
        steps = json.loads(printed)["steps"]
        assert len(steps) > 20
        assert {frozenset(step) for step in steps} == {frozenset({"name", "ok", "latency_ms"})}
        assert all(step["ok"] for step in steps)
        names = {step["name"] for step in steps}
        assert {f"recommended_{office}" for office in ("KG-BDB", "KG-OSH", "KG-BIS")} <= names
        assert {"lookout_read_KG-BIS", "opened_seen_KG-BIS", "acted_seen_KG-BIS"} <= names
        assert list((folder / "tmp").iterdir()) == [], "the demo takes everything away"


@pytest.mark.slow
@pytest.mark.timeout(PLAY_LIMIT_S)
@pytest.mark.parametrize(("at", "never"), [("Making", "Starting"), ("Starting", "are up after")])
def test_the_demo_that_is_ended_before_it_is_up_leaves_nothing_behind(at: str, never: str) -> None:
    with workshop() as folder:
        process = subprocess.Popen(
            [BLO, "demo"],
            stderr=subprocess.PIPE,
            env=os.environ | {"TMPDIR": str(folder)},
            text=True,
        )
        assert process.stderr is not None
        with process.stderr as said:
            heard = []
            for line in said:
                heard.append(line)
                if line.startswith(at):
                    break
            else:
                pytest.fail("".join(heard))
            process.send_signal(signal.SIGTERM)
            rest = said.read()
        assert process.wait(PLAY_LIMIT_S) == Exit.INTERRUPTED
        assert never not in rest, "it was ended later than it should have been"
        assert "Traceback" not in rest
        assert list(folder.iterdir()) == []
        assert commands_about(folder) == []


def commands_about(folder: Path) -> list[str]:
    """Return the command lines of processes that work in a folder."""
    found = []
    for one in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            found.append(one.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
    return [words for words in found if str(folder) in words]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("kept")
    said = blo("demo", "--dir", tmp_path, expect=1)
    assert "E-DMO-01" in said
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("at", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_rfc_6238(at: int, code: str) -> None:
    """Source: RFC 6238 appendix B, SHA-1, the last six digits."""
    assert totp.code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", at) == code


def test_a_code_is_shown_for_at_most_thirty_seconds() -> None:
    assert totp.seconds_left(60) == 30
    assert totp.seconds_left(89) == 1


def test_without_a_terminal_the_codes_of_the_moment_stand_in_a_file(tmp_path: Path) -> None:
    office = OFFICES[0]
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    one = SignIn(office, office.officers[0], "http://localhost:8402", "a pass phrase", secret)
    write_sign_ins(Stage(tmp_path, choose_ports([office.code]), {one.officer.login: one}))
    file = tmp_path / SIGN_INS
    assert file.stat().st_mode & 0o777 == 0o600
    line = file.read_text().splitlines()[1]
    assert line.split()[-1] in (totp.code(secret), totp.code(secret, time.time() - 2))


def _page() -> Page:
    return Page.read("http://localhost:8402/drafts/1/", FORM)


def test_a_form_is_sent_with_what_stood_in_it_and_what_was_filled_in() -> None:
    page = _page()
    form = page.form('//form[@id="draft"]')
    sent = filled(form, {"action": "search", "to": ["KG-DST"], "grounds": "why"}, "send")
    assert dict(sent) == {
        "csrfmiddlewaretoken": "t0ken",
        "lane": "out",
        "plate": "01",
        "action": "search",
        "to": "KG-DST",
        "grounds": "why",
        "send": "1",
    }
    assert page.target(form) == "http://localhost:8402/drafts/1/save/"


@pytest.mark.parametrize(
    ("values", "button"),
    [({"action": "arrest"}, ""), ({"to": ["UZ-DUS"]}, ""), ({"weight": "1"}, ""), ({}, "delete")],
)
def test_an_officer_cannot_fill_in_what_the_page_does_not_offer(
    values: dict[str, str], button: str
) -> None:
    with pytest.raises(NotOnThePage):
        filled(_page().form("//form"), values, button)


def test_ports_are_free_and_differ() -> None:
    ports = choose_ports([office.code for office in OFFICES])
    assert len({*ports.pages.values(), ports.hub}) == len(OFFICES) + 1


def test_a_step_that_fails_is_kept_with_its_reason_and_ends_the_play() -> None:
    told = []

    async def scene() -> Steps:
        steps = Steps(told.append)
        async with steps.step("first", "it works"):
            pass
        with pytest.raises(StepFailed):
            async with steps.step("second", "it does not", since=time.monotonic() - 1):
                raise httpx.ConnectError("nobody there")
        return steps

    steps = asyncio.run(scene())
    assert [step.name for step in told] == ["first", "second"]
    assert not steps.ok
    assert steps.played[1].latency_ms >= 1000
    assert "nobody there" in steps.played[1].to_data()["problem"]


@pytest.mark.parametrize("fault", [KeyError("thread"), RuntimeError("closed"), TimeoutError()])
def test_whatever_goes_wrong_in_a_step_is_a_step_that_failed(fault: Exception) -> None:
    async def scene() -> Steps:
        steps = Steps(lambda step: None)
        with pytest.raises(StepFailed):
            async with steps.step("only", "it does not work"):
                raise fault
        return steps

    (step,) = asyncio.run(scene()).played
    assert not step.ok
    assert type(fault).__name__ in step.to_data()["problem"]


def test_what_is_seen_side_by_side_is_seen_through_when_one_fails() -> None:
    seen = []

    async def fails() -> None:
        raise StepFailed("first")

    async def sees() -> None:
        await asyncio.sleep(0)
        seen.append("second")

    with pytest.raises(StepFailed):
        asyncio.run(together(fails(), sees()))
    assert seen == ["second"]


def test_where_the_nodes_cannot_be_made_the_steps_say_so() -> None:
    def with_a_full_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, 64 * 1024))

    with workshop() as folder:
        done = subprocess.run(
            [BLO, "demo", "--check", "--json"], check=False, capture_output=True, text=True,
            env=os.environ | {"TMPDIR": str(folder)}, preexec_fn=with_a_full_disk,
        )  # fmt: skip
        assert done.returncode == 1
        (step,) = json.loads(done.stdout)["steps"]
        assert (step["name"], step["ok"]) == ("made", False)
        assert step["problem"].startswith("DemoFailed")
        assert list(folder.iterdir()) == []
