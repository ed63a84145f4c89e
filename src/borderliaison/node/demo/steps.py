"""The steps of the play: what was done, whether it worked, and how long the officer waited."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Step:
    """One step that was played.

    Attributes:
        name: short and stable, for programs.
        words: what happened, for people.
        latency_ms: from the click to what the step waited for.
        problem: why it failed.
    """

    name: str
    words: str
    ok: bool
    latency_ms: int
    problem: str = ""

    def to_data(self) -> dict[str, Any]:
        """Return the step for ``--json``."""
        data = {"name": self.name, "ok": self.ok, "latency_ms": self.latency_ms}
        return data if self.ok else data | {"problem": self.problem}


class StepFailed(Exception):
    """A step failed, so that those after it make no sense; it is in ``Steps.played``."""


@dataclass
class Steps:
    """The steps so far.

    Attributes:
        told: called with each step when it is over.
    """

    told: Callable[[Step], None]
    played: list[Step] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether none failed."""
        return bool(self.played) and all(step.ok for step in self.played)

    @asynccontextmanager
    async def step(self, name: str, words: str, since: float | None = None) -> AsyncIterator[None]:
        """Play one step.

        Args:
            name: short and stable.
            words: what happens.
            since: when the click was, by ``time.monotonic``; the beginning of the block otherwise.

        Raises:
            StepFailed: it failed.
        """
        began = time.monotonic() if since is None else since
        problem = ""
        try:
            yield
        except StepFailed:
            raise  # a step within this one; it is told already
        except Exception as error:  # noqa: BLE001  # whatever it is, the step failed, and is told so
            problem = f"{type(error).__name__}: {error}"
        step = Step(name, words, not problem, round(1000 * (time.monotonic() - began)), problem)
        self.played.append(step)
        self.told(step)
        if problem:
            raise StepFailed(name)
