"""What a node does by itself at its times: the daily backup, what expires, sessions that ended.

A job is registered by name in the composition root. `blo serve` starts one short-lived process whenever
something is due (see ``timetable``): it runs what is due, one job after the other, and ends, so that a
job that fails or hangs harms neither pages nor worker. How each job ended is kept in ``jobs.json``.

A job holds no write transaction for longer than one of its own statements.
"""

import fcntl
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Final

from borderliaison.kernel.errors import LiaisonError
from borderliaison.node import logs
from borderliaison.node.backups.keeping import daily_backup, prune_backups
from borderliaison.node.config import NodeConfig
from borderliaison.node.timetable import Run, read_runs, write_runs
from borderliaison.web.jobs import JobStanding

AGAIN_AFTER: Final = timedelta(minutes=30)
"""When a job that failed is tried again, where it is not due earlier."""
DAY: Final = timedelta(days=1)


class UnknownJob(LiaisonError):
    """There is no job of that name on this node."""

    code = "E-JOB-01"


class JobsUnderWay(LiaisonError):
    """Jobs of this node are running already."""

    code = "E-JOB-02"
    retryable = True


@dataclass(frozen=True, slots=True)
class Job:
    """Something that is done again and again.

    Attributes:
        name: as it stands in the logs.
        every: how long after it was due it is due again; whole days where ``at`` is given.
        run: does it; returns what was done, in ids and numbers only.
        at: at what time of day, UTC; at any where it is ``None``.
    """

    name: str
    every: timedelta
    run: Callable[[NodeConfig], str]
    at: time | None = None

    def next_after(self, moment: datetime) -> datetime:
        """Return when it is due after it ran at ``moment``."""
        if self.at is None:
            return moment + self.every
        day = datetime.combine(moment.date(), self.at, UTC)
        return day if day > moment else day + self.every

    def first(self, now: datetime) -> datetime:
        """Return when it is due where it never ran."""
        return now if self.at is None else self.next_after(now)


_jobs: dict[str, Job] = {}


def register_job(
    name: str, every: timedelta, run: Callable[[NodeConfig], str], at: time | None = None
) -> None:
    """Register a job; once more under the same name takes the place of the earlier one.

    Args:
        name: as it stands in the logs: ``clear-sessions``.
        every: how often.
        run: does it; what it returns is kept and shown, so ids and numbers only.
        at: at what time of day, UTC; at any where it is ``None``.
    """
    _jobs[name] = Job(name, every, run, at)


def register_own_jobs(node: NodeConfig) -> None:
    """Register what the node itself has to do."""
    register_job("clear-sessions", DAY, clear_sessions)
    register_job("prune-upgrades", DAY, prune_upgrades)
    register_job("sweep-files", DAY, sweep_files)
    register_job("expire-records", DAY, expire_records)
    if node.mail_host:
        register_job("mail-notices", timedelta(minutes=5), mail_notices)
    if node.backup_to:
        register_job("backup", DAY, daily_backup, at=node.backup_time)
        register_job("prune-backups", DAY, prune_backups)


def registered() -> list[Job]:
    """Return the jobs of this node, by name."""
    return [_jobs[name] for name in sorted(_jobs)]


def job_standings(node: NodeConfig) -> list[JobStanding]:
    """Return how each job of the node ended, for its health page."""
    runs = read_runs(node.directory)
    return [
        JobStanding(job.name, runs[job.name].ended, runs[job.name].ok, runs[job.name].next)
        for job in registered()
        if job.name in runs
    ]


def run_due(node: NodeConfig, now: Callable[[], datetime]) -> int:
    """Run what is due, one after the other; return how many failed.

    Raises:
        JobsUnderWay: another process does so.
    """
    return _run(node, registered(), now, due_only=True)


def run_now(node: NodeConfig, name: str, now: Callable[[], datetime]) -> Run:
    """Run one job, due or not; return how it ended.

    Raises:
        UnknownJob: there is none of that name.
        JobsUnderWay: another process runs jobs.
    """
    if name not in _jobs:
        raise UnknownJob(f"{name}; there are {', '.join(sorted(_jobs))}")
    _run(node, [_jobs[name]], now, due_only=False)
    return read_runs(node.directory)[name]


def _run(node: NodeConfig, jobs: list[Job], now: Callable[[], datetime], *, due_only: bool) -> int:
    failed = 0
    with _one_at_a_time(node.run_directory):
        runs = {name: run for name, run in read_runs(node.directory).items() if name in _jobs}
        for job in registered():
            runs.setdefault(job.name, Run.never(job.first(now())))
        for job in jobs:
            if due_only and runs[job.name].next > now():
                continue
            runs[job.name] = _run_one(job, node, now)
            failed += not runs[job.name].ok
            write_runs(node.directory, runs)
        write_runs(node.directory, runs)
    return failed


def _run_one(job: Job, node: NodeConfig, now: Callable[[], datetime]) -> Run:
    log, began = logs.get("node"), now()
    log.info("job.started", job=job.name)
    try:
        said = job.run(node)
    except Exception as error:  # whatever it is, it is kept, shown and tried again
        code = error.code if isinstance(error, LiaisonError) else type(error).__name__
        log.exception("job.failed", job=job.name, code=code, exc_info=error)
        soon = min(job.next_after(began), now() + AGAIN_AFTER)
        return Run(began, now(), ok=False, said=code, next=soon)
    log.info("job.done", job=job.name)
    return Run(began, now(), ok=True, said=said, next=job.next_after(now()))


class _one_at_a_time:  # noqa: N801  # used as a statement
    """Hold the lock of the jobs."""

    def __init__(self, run: Path) -> None:
        self._path = run / "jobs.lock"
        self._lock = -1

    def __enter__(self) -> None:
        self._path.parent.mkdir(mode=0o700, exist_ok=True)
        self._lock = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(self._lock)
            raise JobsUnderWay(str(self._path.parent.parent)) from error

    def __exit__(self, *_: object) -> None:
        os.close(self._lock)


def clear_sessions(_node: NodeConfig) -> str:
    """Delete sessions that have ended, a few at a time, so that writers need not wait."""
    from django.contrib.sessions.models import Session  # noqa: PLC0415  # wants Django started

    gone = 0
    ended = Session.objects.filter(expire_date__lt=datetime.now(UTC))
    while keys := list(ended.values_list("pk", flat=True)[:_A_FEW]):
        gone += Session.objects.filter(pk__in=keys).delete()[0]
    return f"{gone} ended"


_A_FEW: Final = 200


def mail_notices(_node: NodeConfig) -> str:
    """Write to officers for whom something waits; never of what."""
    from borderliaison.correspondence.notices.mailing import (  # noqa: PLC0415  # wants Django started
        mail_those_who_wait,
    )

    return mail_those_who_wait()


def sweep_files(node: NodeConfig) -> str:
    """Take from the disk what no file names any more, and what waited too long to be taken in."""
    from borderliaison.files.sweeping import sweep  # noqa: PLC0415  # wants Django started
    from borderliaison.records.interchange.imports import resting  # noqa: PLC0415  # likewise

    rows, gone = sweep()
    old = resting.sweep(node.state_directory / resting.FOLDER, datetime.now(UTC).timestamp())
    return f"{rows} forgotten, {gone + old} removed"


def expire_records(_node: NodeConfig) -> str:
    """Take out of the records what reports said whose term is over."""
    from borderliaison.reports.projection.taking_out import expire  # noqa: PLC0415  # wants Django started

    return f"{sum(expire(datetime.now(UTC)).values())} expired"


def prune_upgrades(node: NodeConfig) -> str:
    """Delete the database as it was before an upgrade once it is older than backups may be."""
    from borderliaison.node.upgrade import ASIDE  # noqa: PLC0415  # imports much

    oldest = (datetime.now(UTC) - timedelta(days=node.backup_keep_days)).timestamp()
    gone = 0
    for path in (node.directory / ASIDE).glob("*.sqlite3"):
        if path.stat().st_mtime < oldest:
            path.unlink()
            gone += 1
    return f"{gone} pruned"
