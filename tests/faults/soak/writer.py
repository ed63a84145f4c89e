"""Who writes at one office: a program that sends letter after letter and hears what became of each."""

import itertools
import secrets
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import httpx

from tests.faults.soak.served import ServedOffice

LIMIT_S: Final = 60.0
REST_S: Final = 0.1
TOKENS: Final = 2
"""Each may call twice a second."""


@dataclass
class Writer:
    """Writes to another office until it is told to pause, and keeps what was written, in order.

    Attributes:
        tokens: of one officer; used in turn.
        about: the thread and the item that everything is said about, at this office.
        written: the texts that the office has taken.
        unanswered: the one of which nothing was heard when it was told to pause.
        failed: what went wrong in writing; the soak fails with it.
    """

    at: ServedOffice
    to: str
    tokens: list[str]
    about: tuple[str, str] = ("", "")
    written: list[str] = field(default_factory=list)
    unanswered: str = ""
    failed: BaseException | None = None
    _pause: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def begin(self) -> None:
        """Write, in a thread of its own."""
        self._pause.clear()
        self._thread = threading.Thread(target=self._write, name=f"writer {self.at.office}")
        self._thread.start()

    def pause(self) -> None:
        """Write no more; return once nothing is being written.

        Raises:
            AssertionError: the office refused what it should have taken.
        """
        self.leave()
        if self.failed is not None:
            raise AssertionError(f"{self.at.office} took no letter") from self.failed

    def leave(self) -> None:
        """Write no more, whatever has happened."""
        self._pause.set()
        if self._thread is not None:
            self._thread.join()

    def do(self, path: str, body: Any) -> dict[str, Any] | None:
        """Have the office do something once, however often it is said; ``None`` where we must pause."""
        key = secrets.token_hex(16)
        with httpx.Client(
            base_url=f"{self.at.url}/api/v1", timeout=LIMIT_S, trust_env=False
        ) as http:
            while not self._pause.is_set():
                self.tokens.append(self.tokens.pop(0))
                said = {"Authorization": f"Bearer {self.tokens[0]}", "Idempotency-Key": key}
                try:
                    answer = http.post(path, json=body, headers=said)
                except httpx.TransportError:
                    self._pause.wait(REST_S)
                    continue
                if answer.is_success:
                    done: dict[str, Any] = answer.json()
                    return done
                assert (
                    answer.is_server_error or answer.status_code == httpx.codes.TOO_MANY_REQUESTS
                ), answer.text
                self._pause.wait(float(answer.headers.get("Retry-After", REST_S)) / 10)
        return None

    def _write(self) -> None:
        try:
            while not self._pause.is_set():
                text = f"{self.at.office} {next(self._numbers)}"
                thread, item = self.about
                said = {"about": item, "to": [self.to], "text": text}
                self.unanswered = text
                if self.do(f"/threads/{thread}/say", said) is None:
                    return
                self.unanswered = ""
                self.written.append(text)
                time.sleep(REST_S)
        except BaseException as error:  # noqa: BLE001  # the soak says it in its own thread
            self.failed = error
