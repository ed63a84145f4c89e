"""The whole demo: make the nodes, run them, play, tell what happened, stay up, take all of it away."""

import asyncio
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from borderliaison.node.demo import totp
from borderliaison.node.demo.build import DemoFailed, Stage, build
from borderliaison.node.demo.company import authorities_of, company
from borderliaison.node.demo.play import play
from borderliaison.node.demo.ports import choose_ports
from borderliaison.node.demo.proof import Proof
from borderliaison.node.demo.running import running
from borderliaison.node.demo.steps import Step, StepFailed, Steps

Say = Callable[[str], None]
SIGN_INS: Final = "sign-ins.txt"
"""Where no terminal shows the codes of the moment."""
TICK: Final = {True: "ok", False: "FAILED"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for.

    Attributes:
        check: prove each step in the databases, then end.
        folder: where to make everything; empty for a temporary folder.
        keep: leave the folder behind.
        offices: how many offices; as many run as the machine's memory holds.
    """

    check: bool
    folder: Path | None = None
    keep: bool = False
    offices: int = 5


def demo(wanted: Wanted, say: Say) -> Steps:
    """Run the demo; return its steps.

    Args:
        wanted: what was asked for.
        say: told what happens, line by line.

    Raises:
        DemoFailed: the folder holds something already.
        KeyboardInterrupt: it was ended before the play was over.
    """
    folder = _folder(wanted)
    try:
        return asyncio.run(_demo(wanted, folder, say))
    except asyncio.CancelledError:  # SIGTERM: as Ctrl-C
        raise KeyboardInterrupt from None
    finally:
        if wanted.keep:
            say(f"Kept: {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


def _folder(wanted: Wanted) -> Path:
    if wanted.folder is None:
        return Path(tempfile.mkdtemp(prefix="blo-demo-"))
    if wanted.folder.exists() and any(wanted.folder.iterdir()):
        raise DemoFailed(f"{wanted.folder} is not empty")
    wanted.folder.mkdir(parents=True, exist_ok=True)
    return wanted.folder.absolute()


async def _demo(wanted: Wanted, folder: Path, say: Say) -> Steps:
    task = asyncio.current_task()
    assert task is not None  # noqa: S101  # asyncio.run makes one
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    began = time.monotonic()
    offices = company(wanted.offices)
    if len(offices) < wanted.offices:
        say(
            f"{len(offices)} of the {wanted.offices} offices: there are no more, or no more memory."
        )
    say(f"Making {len(authorities_of(offices))} authorities and {len(offices)} offices ...")
    steps = Steps(lambda step: say(_line(step)))
    with suppress(StepFailed):
        async with steps.step("made", "Authorities and nodes are made"):
            stage = await build(folder, choose_ports([office.code for office in offices]), offices)
        say("Starting them ...")
        async with AsyncExitStack() as nodes:
            async with steps.step("up", "All of them are up"):
                await nodes.enter_async_context(running(stage))
            took = time.monotonic() - began
            say(f"{len(offices)} offices are up after {took:.0f} s. The first warning:\n")
            await _played(stage, steps, wanted)
            say("")
            if not wanted.check:
                await _stay(stage, say)
    return steps


async def _played(stage: Stage, steps: Steps, wanted: Wanted) -> None:
    """Play; what goes wrong between the steps is a step that failed, too."""
    with suppress(StepFailed):
        try:
            await play(stage, steps, Proof(stage, wanted=wanted.check))
        except StepFailed:
            raise
        except Exception:
            async with steps.step("play", "The play goes on"):
                raise


def _line(step: Step) -> str:
    line = f"  {TICK[step.ok]:6} {step.latency_ms / 1000:6.2f} s  {step.words}"
    return line if step.ok else f"{line}\n{'':19}{step.problem}"


async def _stay(stage: Stage, say: Say) -> None:
    """Show addresses and sign-ins until Ctrl-C, with the codes of the moment."""
    say("Sign in and look around. Each code works once; a new one comes every 30 s.")
    say("For the tour of ten minutes add /tour/ to an address, or press Ctrl K and type: tour.")
    lines = len(table(stage))
    with suppress(asyncio.CancelledError):
        say("\n".join(table(stage)))
        if not sys.stderr.isatty():
            say(f"The codes of the moment stand in {stage.folder / SIGN_INS}.")
        say("\nCtrl-C ends the demo and takes all of it away.")
        while True:
            if not sys.stderr.isatty():
                write_sign_ins(stage)
            await asyncio.sleep(totp.seconds_left())
            if sys.stderr.isatty():
                say(f"\033[{lines + 2}A\033[J" + "\n".join(table(stage)))
                say("\nCtrl-C ends the demo and takes all of it away.")
    task = asyncio.current_task()
    if task is not None:
        task.uncancel()


def write_sign_ins(stage: Stage) -> None:
    """Write the sign-ins with the codes of the moment to a file of the demo's folder."""
    path = stage.folder / SIGN_INS
    path.touch(mode=0o600)
    path.write_text("\n".join(table(stage)) + "\n")


def table(stage: Stage) -> list[str]:
    """Return the sign-ins as lines, with the codes of the moment."""
    shown = [f"  {'office':15} {'address':23} {'login':15} {'password':40} code"]
    for one in stage.sign_ins.values():
        code = totp.code(one.secret)
        shown.append(
            f"  {one.office.name:15} {one.url:23} {one.officer.login:15} {one.password:40} {code}"
        )
    return shown
