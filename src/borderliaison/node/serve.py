"""``blo serve``: the whole node in one command. What its parts are; ``supervise`` keeps them running."""

import asyncio
import fcntl
import os
import signal
import socket
from functools import partial

from borderliaison.exchange.own_keys.keyring import CREDENTIALS_VARIABLE
from borderliaison.exchange.own_keys.lock import FileKey
from borderliaison.exchange.process.heartbeat import FILE_NAME, Heartbeat
from borderliaison.exchange.recovery.first_look import FirstLook
from borderliaison.kernel.errors import LiaisonError
from borderliaison.node import logs, nats
from borderliaison.node.config import NODE_VARIABLE, NodeConfig
from borderliaison.node.part import RECORDS_BEAT
from borderliaison.node.signs_of_life import answers, hub_speaks, web_speaks
from borderliaison.node.supervise import Part, keep_memory_private, python_part, supervise
from borderliaison.node.timetable import keep_to_it
from borderliaison.node.unlock import unlock
from borderliaison.node.versions import check_version


class AlreadyServed(LiaisonError):
    """Another `blo serve` runs this node."""

    code = "E-SRV-01"


class PortTaken(LiaisonError):
    """The node's port is in use by another program."""

    code = "E-SRV-02"
    retryable = True


def serve(node: NodeConfig, level: str = "info") -> None:
    """Run a node until SIGTERM or SIGINT.

    Raises:
        AlreadyServed: the node runs already.
        BadConfiguration: it would serve what is unsafe.
        BehindVersion, AheadOfVersion: its database belongs to another version of this program.
        DatabaseAway: its database cannot be asked.
        NoKeyFile, UnsafeKeyFile, OldKeyFile: the private keys cannot be used.
        BadCredential, WrongUnlock: they cannot be opened.
        PortTaken: a port that it needs is in use.
        HubBinaryError, UnknownHubBinary: it is to run a hub, and the NATS server may not be used.
    """
    node.check_safe()
    check_version(node)
    logs.configure("supervisor", level)
    keep_memory_private()
    key = unlock(node)
    node.run_directory.mkdir(mode=0o700, exist_ok=True)
    lock = os.open(node.run_directory / "serve.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(lock)
        raise AlreadyServed(f"{node.directory}: another `blo serve` runs this node") from error
    try:
        FirstLook(node.run_directory).await_()
        parts = parts_of(node, key, level)
        _check_free(node.host, node.port)
        asyncio.run(_serve(node, parts, level))
    finally:
        os.close(lock)


def parts_of(node: NodeConfig, key: FileKey, level: str = "info") -> list[Part]:
    """Return what this node consists of, in the order in which it starts.

    What opens the private keys is handed to the worker alone, again each time that it is started.
    """
    environment = _environment(node, level)
    parts = []
    if node.serve_hub:
        binary = nats.find_binary()
        nats.check_binary(binary, node.hub_sha256)
        _check_free(node.hub_host, node.hub_port)
        command = [str(binary), "--config", str(nats.write_configuration(node))]
        speaks = partial(hub_speaks, node)
        parts.append(Part("hub", command, ready=speaks, lives=speaks))
    worker = python_part("borderliaison.node.part", "worker")
    web = python_part("borderliaison.node.part", "web")
    beats = Heartbeat(node.run_directory / FILE_NAME)
    parts.append(Part("worker", worker, lives=beats, environment=environment, handed=key.octets))
    ready, lives = (
        partial(asyncio.to_thread, answers, node),
        partial(asyncio.to_thread, web_speaks, node),
    )
    parts.append(Part("web", web, ready=ready, lives=lives, environment=environment))
    records = python_part("borderliaison.node.part", "records")
    drawn = Heartbeat(node.run_directory / RECORDS_BEAT)
    parts.append(Part("records", records, lives=drawn, environment=environment))
    return parts


def _environment(node: NodeConfig, level: str) -> dict[str, str]:
    return {
        NODE_VARIABLE: str(node.directory),
        "BLO_SUPERVISED": "1",
        "BLO_LOG_LEVEL": level,
        CREDENTIALS_VARIABLE: "",
    }


async def _serve(node: NodeConfig, parts: list[Part], level: str) -> None:
    log = logs.get("node")
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def told(number: signal.Signals) -> None:
        if not stop.is_set():
            log.info("serve.stopping", signal=number.name)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, told, number)

    report = logs.reporter(log)
    log.info("serve.started", parts=[part.name for part in parts])
    work = keep_to_it(node.directory, _environment(node, level), stop, report)
    jobs = asyncio.create_task(work)
    jobs.add_done_callback(lambda _: stop.set())  # without jobs there is no backup: all of it ends
    try:
        await supervise(parts, stop, report)
    finally:
        stop.set()
        await jobs
    log.info("serve.stopped")


def _check_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(f"{host}:{port}: {error.strerror}") from error
