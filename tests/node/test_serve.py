"""``blo serve``: one command runs the node, starts again what dies, and ends cleanly."""

import fcntl
import http.client
import json
import os
import signal
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from borderliaison.forms import store
from tests.node.nodes import (
    BLO,
    authority,
    blo,
    certificate,
    init,
    own_database,
    workshop,
)
from tests.ports import free_port

pytestmark = pytest.mark.timeout(400)


class Served:
    """A node that is being served, and its log."""

    def __init__(self, directory: Path, port: int) -> None:
        self.directory, self.port = directory, port
        self._log = directory / "serve.log"
        with self._log.open("wb") as log:
            self.process = subprocess.Popen([BLO, "serve", "--node", directory], stderr=log)

    def lines(self, event: str = "", **ids: Any) -> list[dict[str, Any]]:
        """Return the lines of the log that tell of an event."""
        lines = [json.loads(line) for line in self._log.read_text().splitlines()]
        return [
            line for line in lines
            if event in ("", line["event"]) and all(line.get(k) == v for k, v in ids.items())
        ]  # fmt: skip

    def until(self, what: Callable[[], Any], limit_s: float = 60) -> Any:
        give_up = time.monotonic() + limit_s
        while not (found := what()):
            assert self.process.poll() is None, self._log.read_text()
            assert time.monotonic() < give_up, self._log.read_text()
            time.sleep(0.1)
        return found

    def get(self, path: str) -> int:
        """Return the status with which a path is answered; 0 where nobody answers."""
        return self.ask(path)[0]

    def read(self, path: str, token: str) -> Any:
        """Return what a program with a token reads."""
        status, body = self.ask(path, {"Authorization": f"Bearer {token}"})
        assert status == 200, body
        return json.loads(body)

    def ask(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
        own = ssl.create_default_context(cafile=self.directory.parent / "chain.pem")
        connection = http.client.HTTPSConnection("localhost", self.port, timeout=10, context=own)
        try:
            connection.request("GET", path, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        except OSError:
            return 0, b""
        finally:
            connection.close()


def token_of(node: Path) -> str:
    """Make an officer with a token for a program; return the token."""
    blo("user", "add", "temir", "--officer", "KG-BIS/0099", "--name", "T. Temirov", "--agency",
        "KG-BOR", "--password-stdin", "--node", node, input="seven grey herons wait\n")  # fmt: skip
    made = blo("user", "token", "add", "temir", "--purpose", "trying", "--note", "A test", "--json",
               "--node", node)  # fmt: skip
    return str(json.loads(made)["token"])


def add_own_version(form: str, version: int, node: Path) -> None:
    """Add an office's own version of a form."""
    text = store.read_file("data", form, version)[1].replace(
        f"version: {version}", "version: 1000", 1
    )
    own = node.parent / f"{form}.v1000.yaml"
    own.write_text(text, encoding="utf-8")
    blo("forms", "add", own, "--node", node)


@pytest.fixture
def served() -> Iterator[Served]:
    with workshop() as folder, own_database() as url:
        key = authority(folder / "kg")
        port = free_port()
        certificate(folder)
        init(
            folder / "n", "KG-BIS", key, "--port", str(port), "--database-url", url,
            "--serve-hub", "--hub-port", str(free_port()),
            "--address", f"https://localhost:{port}",
            "--tls-certificate", "../chain.pem", "--tls-key", "../key.pem",
        )  # fmt: skip
        one = Served(folder / "n", port)
        try:
            yield one
        finally:
            one.process.kill()
            one.process.wait()


def test_a_node_runs_restarts_what_dies_and_ends_cleanly(served: Served) -> None:
    served.until(lambda: served.get("/healthz") == 200)
    assert served.get("/events") == 401
    served.until(lambda: served.lines("part.ready", part="hub"))
    served.until((served.directory / "run" / "worker.beat").exists)
    served.until((served.directory / "run" / "records.beat").exists)

    # the same node is not served twice
    said = blo("serve", "--node", served.directory, expect=1)
    assert "E-SRV-01" in said

    # a part that dies is started again
    (began,) = served.lines("part.started", part="worker")
    os.kill(began["pid"], signal.SIGKILL)
    served.until(lambda: len(served.lines("part.started", part="worker")) == 2)
    (ended,) = served.lines("part.ended", part="worker")
    assert ended["code"] == -signal.SIGKILL

    # and whoever reads a page does not notice
    assert served.get("/healthz") == 200

    # a form that is added is offered from then on, and nothing is started again
    token = token_of(served.directory)
    began_in = served.read("/api/v1/forms/extension", token)["version"]
    add_own_version("extension", began_in, served.directory)
    assert served.read("/api/v1/forms/extension", token)["version"] == 1000
    assert served.read(f"/api/v1/forms/extension?version={began_in}", token)["parts"]
    listed = json.loads(blo("forms", "list", "--json", "--node", served.directory))
    (line,) = [one for one in listed if one["id"] == "extension"]
    assert line["version"] == 1000
    assert set(line) == {"id", "version", "languages"}
    assert len(served.lines("part.started", part="web")) == 1

    # it ends in order, and nothing has to be killed
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(180) == 0
    assert [line["part"] for line in served.lines() if line["event"] == "serve.stopped"]
    assert not served.lines("part.killed")
    assert not (served.directory / "run" / "feed.sock").exists()


def test_nothing_is_shown_while_the_worker_cannot_look(served: Served) -> None:
    served.process.kill()
    served.process.wait()
    with (served.directory / "run" / "worker.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        again = Served(served.directory, served.port)
        try:
            again.until(lambda: again.get("/healthz") == 503)
            again.until(lambda: again.lines("part.ended", part="worker"))
            assert again.get("/healthz") == 503
            assert json.loads(blo("exchange", "status", "--json", "--node", again.directory))[
                "awaits"
            ]
            fcntl.flock(held, fcntl.LOCK_UN)
            again.until(lambda: again.get("/healthz") == 200)
        finally:
            again.process.kill()
            again.process.wait()


def test_a_port_that_is_taken_is_told_at_once() -> None:
    import socket

    with workshop() as folder, socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        key = authority(folder / "kg")
        init(folder / "n", "KG-BDB", key, "--port", str(port))
        said = blo("serve", "--node", folder / "n", expect=75)
        assert "E-SRV-02" in said


def test_a_node_of_another_version_is_not_served_before_it_is_upgraded() -> None:
    with workshop() as folder:
        key = authority(folder / "kg")
        node = folder / "n"
        init(node, "KG-BDB", key, "--port", str(free_port()))
        (node / "version").write_text("0.0.9\n")
        said = blo("serve", "--node", node, expect=1)
        assert "E-UPG-01" in said
        assert "blo node upgrade" in said
        blo("node", "upgrade", "--node", node)
        assert (node / "version").read_text() != "0.0.9\n"
