"""A large file is made beside the pages: followed, stopped, given once, and noted when it is given."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest
from django.conf import settings
from django.test import Client

from borderliaison.audit.models import AuditLine
from borderliaison.kernel.ids import OfficeCode
from borderliaison.offices.services import load_network
from borderliaison.records.interchange.errors import LetGo, NoPurpose
from borderliaison.records.interchange.exports import exporting, selecting, views
from borderliaison.records.interchange.exports.making import Bench, Label, Making, State
from borderliaison.records.interchange.models import HandedOver
from borderliaison.records.interchange.whose import Sender
from tests.accounts.people import officer, signed_in
from tests.records.cast import BORDER, drafted, say

pytestmark = pytest.mark.django_db(transaction=True)
ME, LABEL = Sender("KG-BDB/0001", "live"), Label("all.ftm.json", "application/json", "en")
HX = {"HX-Request": "true"}


def _until(one: Making, state: State) -> None:
    end = time.monotonic() + 20
    while one.state is not state and time.monotonic() < end:
        time.sleep(0.01)
    assert one.state is state, one.problem


def _open() -> list[str]:
    """Return the files of the node's folder that this process has open, with or without a name."""
    folder = str(settings.NODE.run_directory)
    held = [one.readlink() for one in Path("/proc/self/fd").iterdir() if one.is_symlink()]
    return [str(one) for one in held if str(one).startswith(folder) and "deleted" in str(one)]


def _without_end(one: Making, file: IO[bytes], _folder: Path) -> None:
    for number in range(10**9):
        file.write(b"x")
        one.tell(number, 10**9)


def _written(noted: list[str]) -> Callable[[Making, IO[bytes], Path], None]:
    def write(one: Making, file: IO[bytes], _folder: Path) -> None:
        one.gathered()
        file.write(b"whole")
        one.written()
        noted.append(one.key)

    return write


def test_a_file_is_noted_when_it_is_given_and_is_given_once() -> None:
    noted: list[str] = []
    one = Bench().begin(ME, LABEL, _written(noted))
    one.wait(20)
    assert (one.state, noted, one.offer(), one.offer()) == (State.READY, [], True, False)
    file = one.take()
    assert file is not None
    with file:
        assert file.read() == b"whole"
    assert (noted, one.state, one.take()) == ([one.key], State.GIVEN, None)


def test_two_who_ask_at_once_do_not_both_get_it() -> None:
    one = Bench().begin(ME, LABEL, _written([]))
    one.wait(20)
    got: list[IO[bytes] | None] = []
    threads = [threading.Thread(target=lambda: got.append(one.take())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (file,) = [file for file in got if file is not None]
    file.close()


def test_what_is_stopped_leaves_nothing_whether_it_is_half_made_or_ready() -> None:
    noted: list[str] = []
    for write in (_without_end, _written(noted)):
        one = Bench().begin(ME, LABEL, write)
        one.wait(0.3)
        assert not one.is_ended
        one.stop()
        assert (one.state, one.take(), noted, _open()) == (State.STOPPED, None, [], [])


def test_what_nobody_asks_for_any_more_is_let_go() -> None:
    noted: list[str] = []
    for write in (_without_end, _written(noted)):
        one = Bench().begin(ME, LABEL, write, left_s=0.2)
        _until(one, State.STOPPED)
        assert (noted, _open()) == ([], [])


def test_what_is_asked_for_is_kept() -> None:
    one = Bench().begin(ME, LABEL, _without_end, left_s=0.4)
    for _ in range(8):
        time.sleep(0.1)
        one.asked()
    assert one.is_running
    one.stop()


def test_another_of_the_same_officer_takes_its_place() -> None:
    bench = Bench()
    first = bench.begin(ME, LABEL, _without_end)
    other = bench.begin(Sender("KG-BDB/0002", "live"), LABEL, _without_end)
    second = bench.begin(ME, LABEL, _without_end)
    assert (first.state, other.is_running, second.is_running) == (State.STOPPED, True, True)
    assert bench.find(ME, first.key) is first
    assert bench.find(ME, other.key) is None
    for one in (second, other):
        one.stop()


@pytest.mark.parametrize("error", [NoPurpose(), ValueError("strange")])
def test_what_cannot_be_made_says_why(error: Exception) -> None:
    def write(_one: Making, _file: IO[bytes], _folder: Path) -> None:
        raise error

    one = Bench().begin(ME, LABEL, write)
    one.wait(20)
    assert one.state is State.FAILED
    assert one.problem is not None
    assert one.problem.code == ("E-RIO-08" if isinstance(error, NoPurpose) else "E-RIO-00")


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Lets a file be written for as long as it is not set, and pages wait for none."""
    goes_on = threading.Event()
    write = exporting.writer_of

    def slow(target: object) -> object:
        inner = write(target)  # type: ignore[arg-type]

        def writing(chosen: object, file: object) -> None:
            inner(chosen, file)  # type: ignore[arg-type]
            while not goes_on.wait(0.02):
                chosen.writing.step(0)  # type: ignore[attr-defined]

        return writing

    monkeypatch.setattr(exporting, "writer_of", slow)
    monkeypatch.setattr(Making, "wait", lambda _self: None)
    yield goes_on
    goes_on.set()


@pytest.fixture
def desk() -> Client:
    load_network()
    say("one", drafted("one", "Person", name="Bek Askarov"))
    return signed_in(officer())


def _noted() -> int:
    return AuditLine.objects.filter(action="records.exported").count()


def _begun(desk: Client, **posted: str) -> tuple[str, Making]:
    answer = desk.post("/records/out/take/", {"format": "ftm", "purpose": "case", **posted})
    assert answer.status_code == 302, answer
    address = str(answer["Location"])
    return address, desk.get(address).context["one"]


def test_a_page_shows_how_far_it_is_and_is_led_to_the_file(
    desk: Client, held: threading.Event
) -> None:
    address, one = _begun(desk)
    _until(one, State.WRITES)
    while not one.done:
        time.sleep(0.01)
    page = desk.get(address).content.decode()
    assert f'hx-get="{address}?shown=running" hx-trigger="every 1s"' in page
    assert '<progress class="record-progress" aria-label="How far it is" max="1" value="1">' in page
    assert "1 of 1 things and links" in page
    assert "How far is it?" in page
    assert "HX-Retarget" not in desk.get(f"{address}?shown=running", headers=HX)
    assert desk.get(f"{address}file/").status_code == 302
    held.set()
    _until(one, State.READY)
    assert _noted() == 0
    led = desk.get(f"{address}?shown=running", headers=HX)
    assert led["HX-Redirect"] == f"{address}file/"
    again = desk.get(f"{address}?shown=running", headers=HX)
    assert again["HX-Retarget"] == "#making"
    assert f'href="{address}file/"' in again.content.decode()
    assert desk.get(f"{address}?shown=ready", headers=HX).status_code == 204
    file = desk.get(f"{address}file/")
    assert b"Bek Askarov" in b"".join(file.streaming_content)  # type: ignore[attr-defined]
    assert _noted() == 1
    given = desk.get(f"{address}?shown=ready", headers=HX)
    assert "The file was given to you" in given.content.decode()
    assert (
        "hx-trigger" not in given.content.decode().partition('id="making-now"')[2].partition(">")[0]
    )
    assert desk.get(f"{address}file/")["Location"] == address


def test_a_page_stops_it_and_nothing_was_taken_out(desk: Client, held: threading.Event) -> None:
    address, one = _begun(desk)
    _until(one, State.WRITES)
    answer = desk.post(f"{address}stop/", follow=True)
    assert "Stopped. Nothing of the file is left." in answer.content.decode()
    assert (one.state, _noted(), _open()) == (State.STOPPED, 0, [])
    assert "It was stopped" in desk.get(address).content.decode()


def test_an_update_that_nobody_took_is_told_again(desk: Client) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Making, "wait", lambda _self: None)
        address, one = _begun(desk, format=views.UPDATE)
        _until(one, State.READY)
        desk.post(f"{address}stop/")
    assert (HandedOver.objects.count(), _noted()) == (0, 0)
    answer = desk.post("/records/out/take/", {"format": views.UPDATE, "purpose": "case"})
    assert answer.status_code == 200
    answer.close()
    assert (HandedOver.objects.count(), _noted()) == (1, 1)


def test_a_file_is_its_officers_alone(desk: Client, held: threading.Event) -> None:
    address, one = _begun(desk)
    other = signed_in(officer("abdyrakhmanova"))
    for path in ("", "file/"):
        assert other.get(f"{address}{path}").status_code == 404
    assert other.post(f"{address}stop/").status_code == 404
    assert not one.is_ended
    one.stop()


def test_a_page_that_waits_over_a_restart_is_told_so_and_begins_again(
    desk: Client, held: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, one = _begun(desk)
    monkeypatch.setattr(views, "BENCH", Bench())
    waits = desk.get(f"{address}?shown=running", headers=HX)
    assert waits["HX-Redirect"] == address
    for answer in (desk.get(address), desk.get(f"{address}file/"), desk.post(f"{address}stop/")):
        assert answer.status_code == 404
        page = answer.content.decode()
        assert "The file is not here any more" in page
        assert 'href="/records/out/"' in page
    one.stop()


def test_what_is_grouped_is_let_go_between_two_pairs(tmp_path: Path) -> None:
    def stopped(_done: int, _total: int) -> None:
        raise LetGo("one")

    for name in ("one", "two"):
        say(name, drafted(name, "Phone", number="+996555000111"))
    with (
        pytest.raises(LetGo),
        selecting.outgoing(
            BORDER, selecting.Selection("All"), tmp_path, OfficeCode("KG-BDB"), progress=stopped
        ),
    ):
        pass


@pytest.mark.parametrize("begins", [True, False], ids=["before the first pair", "without any pair"])
def test_what_is_stopped_early_is_let_go_before_anything_is_gathered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begins: bool
) -> None:
    asked: list[bool] = []

    def pairs(_reader: object) -> Iterator[tuple[int, int]]:
        asked.append(True)
        yield from ()

    told: list[int] = []

    def stopped(_done: int, _total: int) -> None:
        told.append(1)
        if begins or len(told) > 1:
            raise LetGo("one")

    monkeypatch.setattr(selecting, "samenesses", pairs)
    with (
        pytest.raises(LetGo),
        selecting.outgoing(
            BORDER, selecting.Selection("All"), tmp_path, OfficeCode("KG-BDB"), progress=stopped
        ),
    ):
        pass
    assert (bool(asked), len(told)) == (not begins, 1 if begins else 2)
