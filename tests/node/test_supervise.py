"""Keeping parts running: started in order, started again when they die, ended in bounded time."""

import asyncio
import errno
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from borderliaison.node import supervise
from borderliaison.node.supervise import Keeper, Part

LIMIT_S = 100.0


class Heard:
    """What the supervisor reported, and a way to wait for it."""

    def __init__(self) -> None:
        self.said: list[tuple[str, dict[str, Any]]] = []
        self._new = asyncio.Event()

    def __call__(self, event: str, **ids: Any) -> None:
        self.said.append((event, ids))
        self._new.set()

    def of(self, event: str) -> list[dict[str, Any]]:
        return [ids for said, ids in self.said if said == event]

    async def until(self, event: str, times: int = 1) -> None:
        async with asyncio.timeout(110):
            while len(self.of(event)) < times:
                self._new.clear()
                await self._new.wait()


def _python(code: str) -> list[str]:
    return [sys.executable, "-S", "-c", code]


FOREVER = "import time\nwhile True: time.sleep(1)"


def test_a_part_that_dies_is_started_again_with_growing_delays() -> None:
    async def scenario() -> Heard:
        heard, stop = Heard(), asyncio.Event()
        parts = [Part("short", _python("raise SystemExit(3)"))]
        running = asyncio.create_task(supervise.supervise(parts, stop, heard))
        await heard.until("part.restarting", 2)
        stop.set()
        await running
        return heard

    heard = asyncio.run(scenario())
    assert [ids["code"] for ids in heard.of("part.ended")][:2] == [3, 3]
    assert [ids["delay_s"] for ids in heard.of("part.restarting")][:2] == [0.5, 1.0]


def test_parts_end_in_the_reverse_order_of_their_start() -> None:
    async def scenario() -> Heard:
        heard, stop = Heard(), asyncio.Event()
        parts = [Part(name, _python(FOREVER)) for name in ("hub", "worker", "web")]
        running = asyncio.create_task(supervise.supervise(parts, stop, heard))
        await heard.until("part.ready", 3)
        stop.set()
        await running
        return heard

    heard = asyncio.run(scenario())
    assert [ids["part"] for ids in heard.of("part.stopped")] == ["web", "worker", "hub"]
    for ids in heard.of("part.started"):
        with pytest.raises(ProcessLookupError):
            os.kill(ids["pid"], 0)


def test_a_part_that_does_not_end_is_killed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(supervise, "STOP_LIMIT_S", 0.3)
    deaf = f"import signal\nsignal.signal(15, signal.SIG_IGN)\nopen({str(tmp_path / 'up')!r},'w')\n"

    async def up() -> bool:
        return (tmp_path / "up").exists()

    async def scenario() -> Heard:
        heard, stop = Heard(), asyncio.Event()
        parts = [Part("deaf", _python(deaf + FOREVER), ready=up)]
        running = asyncio.create_task(supervise.supervise(parts, stop, heard))
        await heard.until("part.ready")
        stop.set()
        await running
        return heard

    heard = asyncio.run(scenario())
    assert heard.of("part.killed") == [{"part": "deaf", "limit_s": 0.3}]


def test_a_part_is_not_ready_before_it_answers(tmp_path: Path) -> None:
    flag = tmp_path / "flag"

    async def ready() -> bool:
        return flag.exists()

    async def scenario() -> None:
        heard = Heard()
        keeper = Keeper(Part("slow", _python(FOREVER), ready=ready), heard)
        keeping = asyncio.create_task(keeper.keep())
        await heard.until("part.started")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3):
                await keeper.ready.wait()
        flag.touch()
        await heard.until("part.ready")
        assert keeper.ready.is_set()
        keeper.stop()
        await keeping

    asyncio.run(scenario())


def test_a_part_that_cannot_be_executed_is_told_and_tried_again(tmp_path: Path) -> None:
    program = tmp_path / "part"

    async def scenario() -> Heard:
        heard, stop = Heard(), asyncio.Event()
        running = asyncio.create_task(
            supervise.supervise([Part("late", [str(program)])], stop, heard)
        )
        await heard.until("part.not_started")
        draft = tmp_path / "draft"
        draft.write_text(f"#!{sys.executable} -S\n{FOREVER}")
        draft.chmod(0o700)
        draft.rename(program)
        await heard.until("part.ready")
        stop.set()
        await running
        return heard

    heard = asyncio.run(scenario())
    assert heard.of("part.not_started")[0] == {"part": "late", "errno": errno.ENOENT}
    assert [ids["part"] for ids in heard.of("part.stopped")] == ["late"]


def test_a_part_that_is_being_started_when_the_stop_comes_ends_too() -> None:
    async def scenario() -> Heard:
        heard = Heard()
        keeper = Keeper(Part("begun", _python(FOREVER)), heard)
        keeping = asyncio.create_task(keeper.keep())
        await asyncio.sleep(0)  # the system is asked for the process now
        keeper.stop()
        await keeping
        return heard

    (started,) = asyncio.run(scenario()).of("part.started")
    with pytest.raises(ProcessLookupError):
        os.kill(started["pid"], 0)


def test_a_fault_of_the_supervisor_ends_all_parts_and_is_raised() -> None:
    async def broken() -> bool:
        raise ZeroDivisionError

    async def scenario() -> Heard:
        heard = Heard()
        parts = [Part("well", _python(FOREVER)), Part("unlucky", _python(FOREVER), ready=broken)]
        with pytest.raises(ZeroDivisionError):
            await supervise.supervise(parts, asyncio.Event(), heard)
        return heard

    heard = asyncio.run(scenario())
    assert [ids["part"] for ids in heard.of("part.not_kept")] == ["unlucky"]
    for ids in heard.of("part.started"):
        with pytest.raises(ProcessLookupError):
            os.kill(ids["pid"], 0)


class Signs:
    """Says what it was told to, then the last of it for ever; and how often it was asked."""

    def __init__(self, *signs: bool) -> None:
        self._signs = list(signs)
        self.asked = 0

    async def __call__(self) -> bool:
        self.asked += 1
        return self._signs.pop(0) if len(self._signs) > 1 else self._signs[0]


@pytest.fixture
def _quick_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervise, "LOOK_EVERY_S", 0.01)
    monkeypatch.setattr(supervise, "SILENT_LOOKS", 3)


@pytest.mark.usefixtures("_quick_looks")
def test_a_part_that_gives_no_sign_of_life_any_more_is_started_again() -> None:
    signs = Signs(True, False, False, True, False)

    async def scenario() -> Heard:
        heard, stop = Heard(), asyncio.Event()
        part = Part("hangs", _python(FOREVER), lives=signs)
        running = asyncio.create_task(supervise.supervise([part], stop, heard))
        await heard.until("part.silent")
        assert signs.asked == 7, "two looks without a sign, then one with it: counted anew"
        await heard.until("part.started", 2)
        stop.set()
        await running
        return heard

    heard = asyncio.run(scenario())
    assert heard.of("part.silent") == [{"part": "hangs", "looks": 3}]
    first, _ = heard.of("part.started")
    with pytest.raises(ProcessLookupError):
        os.kill(first["pid"], 0)


@pytest.mark.usefixtures("_quick_looks")
def test_a_part_that_was_never_heard_is_left_alone() -> None:
    signs = Signs(False)

    async def scenario() -> Heard:
        heard, stop = Heard(), asyncio.Event()
        part = Part("begins", _python(FOREVER), lives=signs)
        running = asyncio.create_task(supervise.supervise([part], stop, heard))
        async with asyncio.timeout(LIMIT_S):
            while signs.asked < 10:
                await asyncio.sleep(0.01)
        stop.set()
        await running
        return heard

    assert not asyncio.run(scenario()).of("part.silent")


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_parts_end_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    inner = f"import os\nopen({str(pid_file)!r},'w').write(str(os.getpid()))\n{FOREVER}"
    outer = (
        "import asyncio, sys\n"
        "from borderliaison.node.supervise import Part, supervise\n"
        f"part = Part('p', [sys.executable, '-S', '-c', {inner!r}])\n"
        "asyncio.run(supervise([part], asyncio.Event(), lambda *a, **k: None))"
    )

    async def scenario() -> None:
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", outer)
        try:
            async with asyncio.timeout(110):
                while not (pid_file.exists() and pid_file.read_text()):
                    await asyncio.sleep(0.05)
                pid = int(pid_file.read_text())
                process.kill()
                await process.wait()
                while _lives(pid):
                    await asyncio.sleep(0.05)
        finally:
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGKILL)

    asyncio.run(scenario())


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
