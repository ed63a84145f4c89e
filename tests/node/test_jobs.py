"""What a node does by itself: when it is due, one at a time, and failures that can be seen."""

import asyncio
import json
import os
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from borderliaison.node import jobs
from borderliaison.node.backups import kept
from borderliaison.node.backups.errors import BackupError
from borderliaison.node.config import BadConfiguration, NodeConfig
from borderliaison.node.jobs import Job, JobsUnderWay, UnknownJob
from borderliaison.node.timetable import (
    LOOK_AGAIN_S,
    Run,
    keep_to_it,
    read_runs,
    rest_s,
    write_runs,
)
from tests.node.nodes import blo, new_node
from tests.node.test_backup import secret_file

NOW = datetime(2026, 5, 12, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> NodeConfig:
    """A directory to keep runs in, and no jobs but those that a test registers."""
    monkeypatch.setattr(jobs, "_jobs", {})
    (tmp_path / "node.toml").write_text('office = "KG-BDB"\n')
    return NodeConfig.load(tmp_path)


def nothing(_node: NodeConfig) -> str:
    return "nothing"


@pytest.mark.parametrize(
    ("at", "moment", "due"),
    [
        (None, NOW, NOW + DAY),
        (time(22), NOW, NOW.replace(hour=22)),
        (time(4), NOW, NOW + DAY),
        (time(3, 30), NOW, NOW.replace(hour=3, minute=30) + DAY),
    ],
)
def test_a_job_is_due_again_at_its_time(at: time | None, moment: datetime, due: datetime) -> None:
    assert Job("x", DAY, nothing, at).next_after(moment) == due


def test_what_is_due_runs_once_and_is_kept(node: NodeConfig) -> None:
    ran: list[str] = []
    jobs.register_job("hourly", timedelta(hours=1), lambda _: ran.append("hourly") or "1 done")  # type: ignore[func-returns-value]
    jobs.register_job("nightly", DAY, nothing, time(22))
    assert jobs.run_due(node, lambda: NOW) == 0
    assert jobs.run_due(node, lambda: NOW) == 0
    assert ran == ["hourly"]
    runs = read_runs(node.directory)
    assert runs["hourly"] == Run(NOW, NOW, True, "1 done", NOW + timedelta(hours=1))
    assert runs["nightly"] == Run(None, None, True, "", NOW.replace(hour=22))
    # a night on which the machine was off is made up for
    later = NOW + timedelta(days=3)
    jobs.run_due(node, lambda: later)
    assert read_runs(node.directory)["nightly"].began == later
    assert ran == ["hourly", "hourly"]


def test_a_job_that_fails_is_seen_tried_again_and_stops_no_other(
    node: NodeConfig, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_node: NodeConfig) -> str:
        raise BackupError("the disk of Ivanov is full")

    jobs.register_job("a-fails", DAY, fails)
    jobs.register_job("b-works", DAY, nothing)
    assert jobs.run_due(node, lambda: NOW) == 1
    runs = read_runs(node.directory)
    assert (runs["a-fails"].ok, runs["a-fails"].said) == (False, "E-BKP-01")
    assert runs["a-fails"].next == NOW + jobs.AGAIN_AFTER
    assert runs["b-works"].ok
    assert "Ivanov" not in (node.directory / "jobs.json").read_text()
    jobs.register_job("a-fails", DAY, nothing)
    assert jobs.run_due(node, lambda: NOW + jobs.AGAIN_AFTER) == 0
    assert read_runs(node.directory)["a-fails"].ok


def test_jobs_of_one_node_run_one_at_a_time(node: NodeConfig) -> None:
    def within(_node: NodeConfig) -> str:
        with pytest.raises(JobsUnderWay):
            jobs.run_due(node, lambda: NOW)
        return "alone"

    jobs.register_job("within", DAY, within)
    assert jobs.run_due(node, lambda: NOW) == 0
    with pytest.raises(UnknownJob):
        jobs.run_now(node, "unheard-of", lambda: NOW)


def test_a_torn_file_is_as_none_and_the_supervisor_looks_again(tmp_path: Path) -> None:
    assert rest_s(tmp_path, NOW) < LOOK_AGAIN_S
    write_runs(tmp_path, {"x": Run.never(NOW + timedelta(minutes=5))})
    assert rest_s(tmp_path, NOW) == 300
    assert rest_s(tmp_path, NOW - DAY) == LOOK_AGAIN_S
    (tmp_path / "jobs.json").write_text('{"x": {"next"')
    assert read_runs(tmp_path) == {}


@pytest.mark.django_db
def test_sessions_that_ended_are_deleted_and_others_are_not(node: NodeConfig) -> None:
    from django.contrib.sessions.models import Session

    now = datetime.now(UTC)
    for number in range(450):
        ended = now + timedelta(hours=1 if number < 3 else -1)
        Session.objects.create(session_key=f"s{number}", session_data="", expire_date=ended)
    assert jobs.clear_sessions(node) == "447 ended"
    assert Session.objects.count() == 3


def test_the_database_before_an_upgrade_expires_as_backups_do(node: NodeConfig) -> None:
    folder = node.directory / "before-upgrade"
    folder.mkdir()
    now = datetime.now(UTC).timestamp()
    for days in (1, 40):
        path = folder / f"{days}.sqlite3"
        path.touch()
        os.utime(path, (now - days * 86400,) * 2)
    assert jobs.prune_upgrades(node) == "1 pruned"
    assert [path.name for path in folder.iterdir()] == ["1.sqlite3"]


@pytest.mark.parametrize(
    "line", ['backup_at = "25:00"', 'backup_at = "noon"', "backup_keep_days = 0"]
)
def test_a_time_that_is_none_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "node.toml").write_text(f'office = "KG-BDB"\n{line}\n')
    with pytest.raises(BadConfiguration):
        NodeConfig.load(tmp_path)


@pytest.mark.timeout(300)
def test_the_daily_backup_runs_in_a_process_of_its_own_and_is_listed() -> None:
    with new_node(on_sqlite=True) as made:
        directory, folder = made.node, made.folder
        out = folder / "out"
        out.mkdir()
        with (directory / "node.toml").open("a") as file:
            file.write('backup_to = "../out"\nbackup_at = "22:00"\nbackup_keep_days = 30\n')
        # what it is sealed to is missing: the failure is seen
        done = json.loads(blo_listed(directory, "--run", "backup", expect=1))
        assert (done[0]["outcome"], done[0]["said"]) == ("failed", "E-BKP-05")
        words, key = secret_file(folder), folder / "safe.key"
        blo("node", "backup-key", key, "--node", directory, "--passphrase-file", words)
        # it is due: the process that `blo serve` starts does it
        runs = read_runs(directory)
        runs["backup"] = Run.never(datetime.now(UTC) - DAY)
        write_runs(directory, runs)
        asyncio.run(_supervised(directory))
        listed = {one["job"]: one for one in json.loads(blo_listed(directory))}
        assert listed["backup"]["outcome"] == "done"
        assert {"clear-sessions", "prune-backups", "prune-upgrades"} <= set(listed)
        (path,) = out.glob("*.blobackup")
        assert kept.last(directory) is not None
        blo("node", "backup", "--check", path, "--key", key, "--passphrase-file", words)


def blo_listed(directory: Path, *more: str, expect: int = 0) -> str:
    import subprocess

    from tests.node.nodes import BLO

    command = [BLO, "node", "jobs", "--node", str(directory), "--json", *more]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == expect, done.stderr
    return done.stdout


async def _supervised(directory: Path) -> None:
    """Keep to the timetable until the backup was taken."""
    stop, told = asyncio.Event(), []

    def report(event: str, **ids: Any) -> None:
        told.append((event, ids))

    keeping = asyncio.create_task(
        keep_to_it(directory, {"BLO_NODE": str(directory)}, stop, report, first_s=0.0)
    )
    async with asyncio.timeout(200):
        while read_runs(directory)["backup"].began is None:
            await asyncio.sleep(0.1)
    stop.set()
    await keeping
    assert told == []
