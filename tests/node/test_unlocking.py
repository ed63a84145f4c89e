"""What opens the private keys: asked for once, handed to the worker alone, never where others can read."""

import json
import os
import pty
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.own_keys.keyring import load_ring, read_key_file, secret_in
from borderliaison.exchange.own_keys.lock import lock_of
from borderliaison.kernel.keys import SealSuite
from borderliaison.node.config import NodeConfig
from borderliaison.node.locking import relock
from borderliaison.node.unlock import unlock
from tests.node.nodes import BLO, authority, blo, init, workshop
from tests.ports import free_port

pytestmark = [pytest.mark.timeout(300), pytest.mark.once]
PASSPHRASE = "amber basalt cedar delta"
WATCH = """
import os, sys
def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        name = os.path.basename(arguments[0])
        if name in ("office.key", "n.unlock"):
            with_command = " ".join(sys.orig_argv)
            handle = os.open(os.environ["BLO_TEST_WATCH"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            os.write(handle, f"{name}\\t{with_command}\\n".encode())
            os.close(handle)
sys.addaudithook(watch)
"""
"""Loaded into every process of the node: notes which of them opens what."""


@pytest.fixture
def node() -> Iterator[NodeConfig]:
    with workshop() as folder:
        key = authority(folder / "kg")
        port = str(free_port())
        init(folder / "n", "KG-BDB", key, "--port", port, "--suite", "x25519", "--demo")
        yield NodeConfig.load(folder / "n")


def lines(log: Path, event: str, **ids: str) -> list[dict[str, object]]:
    found = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    return [
        line for line in found
        if line["event"] == event and all(line.get(k) == v for k, v in ids.items())
    ]  # fmt: skip


def wait_for(log: Path, process: subprocess.Popen[bytes], event: str, number: int = 1) -> None:
    give_up = time.monotonic() + 120
    while len(lines(log, event)) < number:
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < give_up, log.read_text()
        time.sleep(0.1)


def test_the_key_is_handed_to_the_worker_alone_and_again_when_it_dies(node: NodeConfig) -> None:
    folder = node.directory.parent
    (folder / "watch").mkdir()
    (folder / "watch" / "sitecustomize.py").write_text(WATCH)
    log, watched = folder / "serve.log", folder / "opened"
    environment = {
        **os.environ, "PYTHONPATH": str(folder / "watch"), "BLO_TEST_WATCH": str(watched),
    }  # fmt: skip
    with log.open("wb") as file:
        process = subprocess.Popen(
            [BLO, "serve", "--node", node.directory], stderr=file, env=environment
        )
    try:
        wait_for(log, process, "part.ready")
        wait_for(log, process, "worker.started")
        (first,) = lines(log, "part.started", part="worker")
        key = unlock(node).octets
        secret = secret_in(Path(node.directory.parent / "n.unlock"))
        for one in lines(log, "part.started"):
            for where in ("environ", "cmdline"):
                shown = Path(f"/proc/{one['pid']}/{where}").read_bytes()
                for hidden in (key, key.hex().encode(), secret):
                    assert hidden not in shown, (one["part"], where)

        # the worker is started again without anybody being asked
        os.kill(int(str(first["pid"])), signal.SIGKILL)
        wait_for(log, process, "worker.started", 2)
    finally:
        process.terminate()
        process.wait(180)
    opened = [line.split("\t") for line in watched.read_text().splitlines()]
    by_web = [name for name, command in opened if command.endswith(" web")]
    by_worker = {name for name, command in opened if command.endswith(" worker")}
    assert by_web == []
    assert by_worker == {"office.key"}  # the credential is the supervisor's to read


def test_a_passphrase_is_asked_for_and_another_one_is_refused(node: NodeConfig) -> None:
    relock(node, passphrase=PASSPHRASE)
    said = blo("serve", "--node", node.directory, expect=1, stdin=subprocess.DEVNULL)
    assert "E-KEY-05" in said
    assert "terminal" in said
    assert "E-KEY-04" in at_terminal(node, "amber basalt")
    said = at_terminal(node, PASSPHRASE, until="worker.started")
    assert "worker.started" in said
    assert PASSPHRASE not in said


def at_terminal(node: NodeConfig, answer: str, until: str = "") -> str:
    """Serve the node at a terminal, answer the question; return all that was shown."""
    controller, terminal = pty.openpty()
    process = subprocess.Popen(
        [BLO, "serve", "--node", node.directory], stdin=terminal, stdout=terminal, stderr=terminal
    )
    os.close(terminal)
    shown, answered, give_up = "", False, time.monotonic() + 120
    try:
        while time.monotonic() < give_up and (not until or until not in shown):
            if select.select([controller], [], [], 0.2)[0]:
                try:
                    shown += os.read(controller, 65536).decode(errors="replace")
                except OSError:  # it has ended
                    break
            if not answered and "Passphrase of KG-BDB" in shown:
                os.write(controller, answer.encode() + b"\n")
                answered = True
    finally:
        process.terminate()
        process.wait(180)
        os.close(controller)
    assert answered, shown
    return shown


def test_what_opens_the_keys_is_changed_and_the_keys_stay(node: NodeConfig, tmp_path: Path) -> None:
    before = load_ring(node.key_file, unlock(node)).generations
    relock(node, passphrase=PASSPHRASE)
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return PASSPHRASE

    assert load_ring(node.key_file, unlock(node, ask)).generations == before
    relock(node, credential=tmp_path / "new.unlock", ask=ask)
    lock = lock_of(read_key_file(node.key_file))
    key = lock.open(secret_in(tmp_path / "new.unlock"))
    assert load_ring(node.key_file, key).generations == before
    assert len(asked) == 2


def test_keys_in_the_clear_are_not_served_but_sealed_on_demand(
    node: NodeConfig, tmp_path: Path
) -> None:
    keys = OfficeKeys.generate(SealSuite.X25519)
    node.key_file.write_bytes(keys.to_bytes())
    said = blo("serve", "--node", node.directory, expect=1)
    assert "E-KEY-06" in said
    assert "blo node keys lock" in said
    blo("node", "keys", "lock", "--credential", tmp_path / "unlock", "--node", node.directory)
    key = lock_of(read_key_file(node.key_file)).open(secret_in(tmp_path / "unlock"))
    assert load_ring(node.key_file, key).generations == (keys,)


def test_a_key_file_that_others_may_read_is_not_served(node: NodeConfig) -> None:
    node.key_file.chmod(0o640)
    assert "E-KEY-01" in blo("serve", "--node", node.directory, expect=1)
    node.key_file.chmod(0o600)
    credential = node.unlock_path
    assert credential is not None
    credential.chmod(0o644)
    assert "E-KEY-01" in blo("serve", "--node", node.directory, expect=1)
    credential.unlink()
    assert "E-KEY-05" in blo("serve", "--node", node.directory, expect=1)
