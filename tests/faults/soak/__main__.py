"""Run for ``SOAK_S`` seconds, then settle and count.

The last line is ``letters N lost 0 doubled 0 misordered 0``; the exit code is 1 where one of these is not
0, or something was still waiting at the end. A letter that nobody but the replaced database held is lost
with it and not counted.
"""

import json
import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from signal import SIGKILL, SIGTERM
from typing import Final

import psycopg

from tests.faults.network import wait_until
from tests.faults.soak.served import ServedOffice
from tests.faults.soak.writer import TOKENS, Writer
from tests.node.nodes import authority, blo, init, workshop
from tests.ports import free_port
from tests.postgres import TestServer

OFFICES: Final = ("KG-BDB", "KG-DST")
HUB: Final = OFFICES[0]
SETTLE_S: Final = 300.0
MOST_REST_S: Final = 5.0
DEEDS: Final = {
    "worker": 5, "web": 4, "supervisor": 3, "hub": 2, "records": 2, "jobs": 2, "backend": 2,
}  # fmt: skip
"""What is killed, and how often beside the others."""
RESTORES: Final = ((0.1, 0.3), (0.4, 0.65))
"""When a backup is taken and put back, as parts of the whole time: of one office, then of the other."""


@dataclass
class Soak:
    """Both offices, who writes there, and what is done to them."""

    offices: dict[str, ServedOffice]
    writers: dict[str, Writer]
    folder: Path
    chance: random.Random
    killed: dict[str, int] = field(default_factory=dict)

    def kill(self) -> None:
        """Kill something somewhere."""
        (what,) = self.chance.choices(list(DEEDS), weights=list(DEEDS.values()))
        office = self.offices[HUB if what == "hub" else self.chance.choice(OFFICES)]
        how = self.chance.random()
        match what:
            case "supervisor":
                office.kill_supervisor(with_its_parts=how < 0.5)
                done = True
            case "jobs":
                done = office.kill_part(what) or office.kill_backup(self.folder / "half", 3 * how)
            case "backend":
                done = office.kill_backend(how)
            case _:
                done = office.kill_part(what)
        self.killed[what] = self.killed.get(what, 0) + done

    def backup(self, name: str) -> None:
        """Take a backup that is put back later."""
        self.offices[name].backup(self._backup_of(name))

    def put_back(self, name: str) -> None:
        """Put the backup back; what nobody else holds is lost with the database."""
        office, writer = self.offices[name], self.writers[name]
        writer.pause()
        office.end(self.chance.choice((SIGTERM, SIGKILL)))
        office.put_back(self._backup_of(name))
        held = {*texts(office, name), *texts(self.offices[writer.to], name)}
        writer.written = [one for one in (*writer.written, writer.unanswered) if one in held]
        office.begin()
        writer.begin()

    def _backup_of(self, name: str) -> Path:
        return self.folder / f"{name}.blobackup"

    def settle(self) -> bool:
        """Wait until everything has arrived and is known to have; say whether it has, within so long."""
        for writer in self.writers.values():
            writer.pause()
        try:
            for writer in self.writers.values():
                wait_until(lambda one=writer: not self._lacking(one), "arrived", SETTLE_S)  # type: ignore[misc]
            for office in self.offices.values():
                wait_until(lambda one=office: not waiting(one), "acknowledged", SETTLE_S)  # type: ignore[misc]
        except AssertionError as error:
            print(error, flush=True)
            for office in self.offices.values():
                print(office.office, waiting(office), "deliveries wait", flush=True)
            return False
        return True

    def _lacking(self, writer: Writer) -> set[str]:
        """Return what is not at both offices: it comes back to its writer's own, too."""
        name = writer.at.office
        both = set(texts(writer.at, name)) & set(texts(self.offices[writer.to], name))
        return set(writer.written) - both

    def count(self) -> tuple[int, int, int, int]:
        """Return how many letters there are, were lost, doubled, and came in another order."""
        lost = doubled = misordered = 0
        for writer in self.writers.values():
            lost += len(self._lacking(writer))
            numbers = {text: at for at, text in enumerate(writer.written)}
            for office in self.offices.values():
                here = texts(office, writer.at.office)
                doubled += len(here) - len(set(here))
                if office is not writer.at:
                    order = [numbers[text] for text in dict.fromkeys(here) if text in numbers]
                    misordered += sum(after < before for before, after in pairwise(order))
        return sum(len(one.written) for one in self.writers.values()), lost, doubled, misordered


def texts(office: ServedOffice, by: str) -> list[str]:
    """Return what an office's database holds of what was written at one of them, in the order it came."""
    found = office.rows(
        "SELECT content FROM correspondence_item WHERE payload_type = 'message' AND office = %s"
        " ORDER BY id", by
    )  # fmt: skip
    plain = (json.loads(one) if isinstance(one, str) else one for (one,) in found)
    return [str(one["text"]) for one in plain]


def waiting(office: ServedOffice) -> int:
    """Return how many letters of an office are not known to have been taken by the other."""
    ((number,),) = office.rows(
        "SELECT count(*) FROM exchange_delivery WHERE stage NOT IN ('delivered', 'refused')"
    )
    return int(number)


@contextmanager
def two_offices(folder: Path) -> Iterator[dict[str, ServedOffice]]:
    """Make and serve two offices, of which one runs the hub."""
    words = folder / "words"
    words.touch(mode=0o600)
    words.write_text("orchard-pebble-quartz-river\n", encoding="ascii")
    kg, hub = folder / "kg", free_port()
    key = authority(kg)
    offices: dict[str, ServedOffice] = {}
    for office in OFFICES:
        directory, port = folder / office.lower(), free_port()
        url = database_for(office)
        link = ("--serve-hub", "--hub-port", str(hub)) if office == HUB else (
            "--hub-url", f"nats://localhost:{hub}")  # fmt: skip
        init(directory, office, key, "--demo", "--port", str(port), "--database-url", url, *link)
        offices[office] = ServedOffice(office, directory, port, url, words)
    requests = [one.directory / "enrolment.request" for one in offices.values()]
    blo("authority", "enrol", kg, *requests, "--yes")
    blo("authority", "publish", kg, "--out", folder / "KG.directory")
    for one in offices.values():
        blo("directory", "import", folder / "KG.directory", "--node", one.directory)
    try:
        yield offices
    finally:
        for one in offices.values():
            one.end(SIGKILL)


def database_for(office: str) -> str:
    """Return where an office's database is; on a server that is thrown away with it."""
    url = os.environ.get("BLO_TEST_DATABASE_URL", "sqlite")
    if url == "sqlite":
        return url
    name = office.lower().replace("-", "_")
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    return url.replace("/postgres?", f"/{name}?")


def writer_at(office: ServedOffice) -> Writer:
    """Give an office an officer, and programs that write for him to the other office."""
    (to,) = set(OFFICES) - {office.office}
    blo("user", "add", "writer", "--officer", f"{office.office}/0001", "--name", "W. Writer",
        "--agency", "KG-CUS", "--totp", "--password-stdin", "--node", office.directory,
        input="orchard-pebble-quartz-river\n")  # fmt: skip
    return Writer(office, to, [office.token("writer", f"soak {one}") for one in range(TOKENS)])


def first_word(writer: Writer) -> tuple[str, str]:
    """Send the report that all letters are about; return its thread and its item."""
    now = datetime.now(UTC)
    times = [f"{now + timedelta(days=days):%Y-%m-%dT%H:%M}" for days in (1, 2, 3)]
    values = {
        "subject_kind": "vehicle", "subject": "grey lorry", "suspicion": ["narcotics"],
        "where": "KG-DST", "window": {"from": times[0], "until": times[1]}, "expires": times[2],
        "action": "search", "grounds": "A soak.", "urgency": "Expected", "severity": "Severe",
        "certainty": "Likely", "category": ["Security"],
    }  # fmt: skip
    cover = {"level": 1, "handling": ["H1"], "to": [writer.to]}
    draft = writer.do("/drafts", {"form": "lookout", "values": values, "cover": cover})
    assert draft is not None
    done = writer.do(f"/drafts/{draft['draft']}/file", {})
    assert done is not None
    return str(done["thread"]), str(done["item"])


def run(soak: Soak, lasts_s: float) -> None:
    """Write and kill for so long; put each office back once."""
    sides = list(OFFICES)
    soak.chance.shuffle(sides)
    due = [(lasts_s * at, deed, name) for name, times in zip(sides, RESTORES, strict=True)
           for deed, at in zip((soak.backup, soak.put_back), times, strict=True)]  # fmt: skip
    began = time.monotonic()
    while (passed := time.monotonic() - began) < lasts_s or due:
        if due and due[0][0] <= passed:
            _, deed, name = due.pop(0)
            print(f"{passed:.0f} s: {deed.__name__} {name}", flush=True)
            deed(name)
        soak.kill()
        time.sleep(soak.chance.random() * MOST_REST_S)
    print(f"killed {soak.killed}", flush=True)


def main() -> int:
    """Run; return the exit code."""
    lasts_s = float(os.environ.get("SOAK_S", "600"))
    seed = int(os.environ.get("SOAK_SEED", "0")) or random.SystemRandom().randrange(1, 2**32)
    kind = os.environ.get("SOAK_DB") or os.environ.get("BLO_TEST_DB") or "sqlite"
    print(f"seed {seed}, {lasts_s:.0f} s, on {kind}", flush=True)
    with ExitStack() as stack:
        if kind == "postgres":
            server = TestServer(durable=True)
            stack.callback(server.stop)
            os.environ["BLO_TEST_DATABASE_URL"] = server.url
        folder = stack.enter_context(workshop())
        offices = stack.enter_context(two_offices(folder))
        writers = {name: writer_at(one) for name, one in offices.items()}
        soak = Soak(offices, writers, folder, random.Random(seed))  # noqa: S311  # to be repeated
        for one in offices.values():
            one.begin()
        for writer in writers.values():
            writer.about = first_word(writer)
        for writer in writers.values():
            writer.begin()
        try:
            run(soak, lasts_s)
            settled = soak.settle()
            letters, lost, doubled, misordered = soak.count()
        finally:
            for writer in writers.values():
                writer.leave()
    print(f"letters {letters} lost {lost} doubled {doubled} misordered {misordered}", flush=True)
    return 0 if settled and not (lost or doubled or misordered) else 1


if __name__ == "__main__":
    sys.exit(main())
