"""The node's figures for its administrator, as Prometheus asks for them at ``/metrics``.

Counts of the whole node and codes of offices; nothing of any content, no officer, no agency. They are
for whoever runs the machine, not for officers: see ``metrics_access``.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from django.conf import settings

from borderliaison.exchange.counting import letters_of_node, trouble_of_node
from borderliaison.exchange.progress import LinkState
from borderliaison.exchange.services import links, worker_is_there
from borderliaison.feed.services import waiting_since
from borderliaison.offices.trust.keys import signed_directory
from borderliaison.web.backups import last_backup
from borderliaison.web.clocks import clock_offset
from borderliaison.web.exposition import Family, Sample, write
from borderliaison.web.families import (
    BACKUP,
    CLOCK,
    DATABASE,
    DIRECTORY_AGE,
    DIRECTORY_LEFT,
    DISK,
    DISK_FREE,
    FEED_LAG,
    FORKS,
    FROZEN,
    HEARD,
    INFO,
    LATENCY,
    LETTERS,
    LINK,
    MEMORY,
    OLDEST,
    OUTBOX,
    PEER_CLOCK,
    QUARANTINED,
    RECEIVED,
    SERIAL,
    STREAMS,
    UNSEALABLE,
    WAITING,
    WORKER,
)
from borderliaison.web.machine import measure_machine, versions

Measured = Iterator[tuple[Family, list[Sample]]]


@dataclass(frozen=True, slots=True)
class Fed:
    """How far the feed of this process is.

    Attributes:
        listeners: how many pages listen.
        last: the newest event that was told.
    """

    listeners: int
    last: int


def metrics(fed: Fed) -> str:
    """Return every figure, as it is now."""
    now = datetime.now(UTC)
    return write(
        (
            *_program(),
            *_letters(now),
            *_links(),
            *_feed(fed, now),
            *_machine(now),
            *_directories(now),
        )
    )


def _program() -> Measured:
    yield INFO, [((settings.NODE.office, *asdict(versions()).values()), 1)]
    yield _one(WORKER, int(worker_is_there()))


def _letters(now: datetime) -> Measured:
    letters, trouble = letters_of_node(), trouble_of_node()
    oldest = letters.oldest_waiting
    yield LETTERS, [((stage.value,), number) for stage, number in letters.out.items()]
    yield RECEIVED, [((one.value,), number) for one, number in letters.received.items()]
    yield _one(OUTBOX, trouble.outbox)
    yield _one(UNSEALABLE, trouble.unsealable)
    yield _one(OLDEST, (now - oldest).total_seconds() if oldest else 0)
    yield _one(QUARANTINED, trouble.quarantined)
    yield _one(FORKS, trouble.forks)
    yield _one(FROZEN, trouble.frozen)


def _links() -> Measured:
    known = links()
    offset = clock_offset(known)
    yield (
        LINK,
        [((one.peer, s.value), int(s is one.state)) for one in known for s in LinkState],
    )
    yield (
        LATENCY,
        [
            ((one.peer,), one.latency_ms / 1000)
            for one in known
            if one.latency_ms is not None and one.state is not LinkState.DOWN
        ],
    )
    yield WAITING, [((one.peer,), one.waiting) for one in known]
    yield (
        HEARD,
        [((one.peer,), one.last_heard.timestamp()) for one in known if one.last_heard],
    )
    yield (
        PEER_CLOCK,
        [
            ((one.peer,), one.clock_ahead_ms / 1000)
            for one in known
            if one.clock_ahead_ms is not None
        ],
    )
    yield CLOCK, [((), offset.ahead_ms / 1000)] if offset else []


def _feed(fed: Fed, now: datetime) -> Measured:
    since = waiting_since(fed.last)
    yield _one(STREAMS, fed.listeners)
    yield _one(FEED_LAG, max(0.0, (now - since).total_seconds()) if since else 0)


def _machine(now: datetime) -> Measured:
    machine, backup = measure_machine(), last_backup()
    yield _one(DATABASE, machine.database_bytes)
    yield _one(DISK_FREE, machine.disk_free_bytes)
    yield _one(DISK, machine.disk_total_bytes)
    yield MEMORY, [((part,), number) for part, number in machine.memory_bytes.items()]
    yield BACKUP, [((), (now - backup).total_seconds())] if backup else []


def _directories(now: datetime) -> Measured:
    snapshot = signed_directory().snapshot()
    held = [one.directory for one in snapshot.trust.all_counted()] if snapshot else []
    yield SERIAL, [((one.authority,), one.serial) for one in held]
    yield (
        DIRECTORY_AGE,
        [((one.authority,), (now - one.issued).total_seconds()) for one in held],
    )
    yield (
        DIRECTORY_LEFT,
        [((one.authority,), (one.valid_until - now).total_seconds()) for one in held],
    )


def _one(family: Family, number: float) -> tuple[Family, list[Sample]]:
    return family, [((), number)]
