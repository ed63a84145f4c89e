"""One process of a test node: ``python -m tests.faults.office_process migrate|workers|desk``.

The worker is the real one; its handler writes one row for each letter that it applies, in the
worker's own transaction, so that a letter applied twice or never is seen by counting. The desk posts
letters as pages do, from another process than the worker. Workers are forked from a process that has
Django ready, so that killing and starting them again takes no seconds.
"""

import asyncio
import json
import os
import signal
import sys
import time
import traceback
from pathlib import Path

import django

NODE = Path(os.environ["BLO_NODE"])
PROBE = "probe"


def _worker() -> None:
    from django.conf import settings

    from borderliaison.exchange.process.worker import run
    from borderliaison.node.sqlite.lock import write_in_batches

    write_in_batches()

    async def until_told() -> None:
        stop = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
        await run(settings.NODE, stop)

    asyncio.run(until_told())


def _workers() -> None:
    """Start workers and wait for their ends, as told on standard input."""
    print("ready", flush=True)
    for line in sys.stdin:
        said = json.loads(line)
        if "start" in said:
            pid = os.fork()
            if pid == 0:
                _be_a_worker(said["start"])
            print(pid, flush=True)
        else:
            print(_code_of(said["wait"], said["limit_s"]), flush=True)


def _be_a_worker(kill_at: str) -> None:
    os.environ["BLO_KILL_AT"] = kill_at
    os.dup2(2, 1)
    os.close(0)
    try:
        _worker()
    except BaseException:  # noqa: BLE001 - a forked child must not run on into its parent's code
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _code_of(pid: int, limit_s: float) -> int | None:
    give_up = time.monotonic() + limit_s
    while time.monotonic() < give_up:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    return None


def _wire() -> None:
    from django.db import connection

    from borderliaison.exchange import services
    from borderliaison.exchange.registry import ReceivedLetter
    from borderliaison.node import logs
    from tests.faults import pictures
    from tests.faults.paper_directory import PaperDirectory

    def probe(letter: ReceivedLetter) -> None:
        if letter.payload == b"fail":
            raise RuntimeError("asked to")
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO probe (letter, issuer) VALUES (%s, %s)",
                [letter.letter_id.hex(), letter.issuer],
            )

    def again(letter: ReceivedLetter) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO probe_again (letter) VALUES (%s)", [letter.letter_id.hex()])

    logs.configure("worker")
    paper = NODE.parent / "offices.json"
    if paper.exists():
        directory = PaperDirectory(paper)
        services.register_directory(directory)
        services.register_watched(directory.offices)
    else:
        from borderliaison.node.exchange_directory import ExchangeDirectory

        signed = ExchangeDirectory()
        services.register_directory(signed)
        services.register_watched(signed.watched)
    services.register_handler(PROBE, probe)
    services.register_returned(PROBE, again)
    services.register_handler(pictures.PICTURE, pictures.take_in)


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import connection

    from borderliaison.offices.services import load_network

    call_command("migrate", verbosity=0)
    if not (NODE.parent / "offices.json").exists():
        load_network()
    with connection.cursor() as cursor:
        serial = "integer" if connection.vendor == "sqlite" else "bigserial"
        cursor.execute(f"CREATE TABLE probe (id {serial} PRIMARY KEY, letter text, issuer text)")
        cursor.execute("CREATE TABLE probe_again (letter text)")


def _desk() -> None:
    from django.conf import settings
    from django.db import transaction

    from borderliaison.exchange.core.entry import Lane
    from borderliaison.exchange.core.letter import LetterKind
    from borderliaison.exchange.drafts import LetterDraft
    from borderliaison.exchange.services import post
    from borderliaison.kernel.ids import OfficeCode
    from borderliaison.kernel.marking import Audience, Marking
    from tests.faults import pictures

    print("ready", flush=True)
    for line in sys.stdin:
        said = json.loads(line)
        if "import" in said:
            print(_import(said["import"]), flush=True)
            continue
        if "picture" in said:
            print(pictures.do(**said["picture"]), flush=True)
            continue
        if "rotate" in said:
            print(_rotate(), flush=True)
            continue
        to = tuple(OfficeCode(one) for one in said["to"])
        marking = Marking(
            audience=Audience.of(*[(one, "*") for one in to]), originator=settings.BLO_OFFICE
        )
        ids = []
        for _ in range(said["number"]):
            with transaction.atomic():
                draft = LetterDraft(
                    kind=LetterKind.MESSAGE,
                    to=to,
                    marking=marking,
                    payload_type=said.get("payload_type", PROBE),
                    payload=said.get("payload", "").encode() or bytes(said.get("size", 200)),
                    lane=Lane(said.get("lane", "routine")),
                )
                ids.append(post(draft).hex())
        print(json.dumps(ids), flush=True)


def _import(path: str) -> str:
    """Import a signed directory, as ``blo directory import`` does; return what became of it."""
    from borderliaison.exchange.services import reconcile_now
    from borderliaison.offices.trust.importing import import_directory

    received = import_directory(Path(path).read_bytes())
    reconcile_now()
    return str(received.arrival)


def _rotate() -> str:
    """Make new keys, as ``blo node keys rotate`` does; return the request."""
    from django.conf import settings

    from borderliaison.node.rotating import rotate

    return rotate(settings.NODE).request.hex()


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "borderliaison.node.settings"
    django.setup()
    _wire()
    {"workers": _workers, "desk": _desk, "migrate": _migrate}[sys.argv[1]]()
