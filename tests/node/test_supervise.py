"""Keeping parts running: started in order, started again when they die, ended in bounded time."""

import asyncio
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from borderliaison.node import supervise
from borderliaison.node.supervise import Keeper, Part


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
            await asyncio.wait_for(keeper.ready.wait(), 0.3)
        flag.touch()
        await heard.until("part.ready")
        assert keeper.ready.is_set()
        await keeper.stop()
        await keeping

    asyncio.run(scenario())


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
