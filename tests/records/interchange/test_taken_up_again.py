"""An import that was killed leaves nothing half said, and nobody takes one set in twice at a time."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest
from django.conf import settings
from django.db import connections
from django.db.models import Exists, OuterRef

from borderliaison.records.interchange.alone import alone
from borderliaison.records.interchange.errors import SetBusy
from borderliaison.records.interchange.findings import Findings
from borderliaison.records.interchange.imports.importing import looked_at, take_back, take_in
from borderliaison.records.interchange.items import Item, Told
from borderliaison.records.models import Entity, Identity, ImportSet, Link, Source, Statement
from tests.records.interchange.cast import B2, taken, wanted

pytestmark = pytest.mark.django_db(transaction=True)
PHONES = 700
"""More than one commit begins with."""
CALLS = (
    *(
        Item(
            f"tel {n}", "Phone", (Told("number", f"+996555{n:06}"), Told("summary", "sim", "", B2))
        )
        for n in range(PHONES)
    ),
    *(
        Item(f"call {n}", "Communication", (Told("from", f"tel {n}"), Told("to", f"tel {n - 1}")))
        for n in range(1, PHONES)
    ),
)
ALL = [PHONES * 2 + (PHONES - 1) * 2, PHONES - 1, PHONES]


def _killed(folder: Path, at_step: int) -> None:
    """Take a set in in a process that is killed after some steps."""
    connections.close_all()
    child = os.fork()
    if child == 0:

        def progress(done: int, total: int) -> None:
            if done >= at_step:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            with looked_at(iter(CALLS), Findings(), wanted(), folder) as looked:
                take_in(looked, progress)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)


def _bare() -> int:
    said = Statement.objects.as_system("test").filter(entity=OuterRef("pk"))
    return Entity.objects.filter(~Exists(said)).count()


def _counts() -> list[int]:
    models = (Statement, Link, Identity)
    return [one.objects.as_system("test").count() for one in models]


@pytest.mark.parametrize("at_step", [1, len(CALLS) + 1, 2 * len(CALLS) + 1])
def test_what_was_killed_is_ended_by_the_same_file(tmp_path: Path, at_step: int) -> None:
    _killed(tmp_path, at_step)
    assert ImportSet.objects.as_system("test").get().digest == ""
    assert Statement.objects.as_system("test").exists()
    assert _bare() == 0
    assert taken(tmp_path, *CALLS)
    assert _counts() == ALL
    assert Entity.objects.count() == len(CALLS)
    assert not taken(tmp_path, *CALLS)
    assert not list(tmp_path.iterdir())


def test_what_was_killed_can_be_taken_back(tmp_path: Path) -> None:
    _killed(tmp_path, len(CALLS) // 2)
    take_back(wanted().key, "system")
    assert _counts() == [0, 0, 0]
    assert not Entity.objects.exists()
    assert not Source.objects.exists()


def _in_a_thread(work: Callable[[], object], found: list[object]) -> Thread:
    def run() -> None:
        try:
            found.append(work())
        except SetBusy as error:
            found.append(error.code)
        finally:
            connections.close_all()

    return Thread(target=run)


def test_of_two_who_take_a_set_in_one_is_refused_and_no_row_is_there_twice(tmp_path: Path) -> None:
    in_it, tried = Event(), Event()
    found: list[object] = []

    def first() -> bool:
        def progress(_done: int, _total: int) -> None:
            in_it.set()
            assert tried.wait(60)

        with looked_at(iter(CALLS), Findings(), wanted(), tmp_path) as looked:
            return take_in(looked, progress)

    one = _in_a_thread(first, found)
    one.start()
    assert in_it.wait(60)
    other = _in_a_thread(lambda: taken(tmp_path, *CALLS), found)
    other.start()
    other.join()
    with pytest.raises(SetBusy):
        take_back(wanted().key, "system")
    tried.set()
    one.join()
    assert found == ["E-RIO-16", True]
    assert _counts() == ALL


def test_a_lock_goes_with_whoever_had_it() -> None:
    run = Path(settings.NODE.run_directory)
    with alone("a" * 32), alone("b" * 32):
        assert len(list(run.glob("import-*.lock"))) == 2
    assert not list(run.glob("import-*.lock"))
    with alone("a" * 32):
        pass
