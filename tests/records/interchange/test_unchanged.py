"""What was changed or taken out of the records while a file was made is not in what is handed over."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from borderliaison.audit.models import AuditLine
from borderliaison.kernel.ids import OfficeCode
from borderliaison.offices.services import load_network
from borderliaison.records.changes import note
from borderliaison.records.interchange.alone import alone
from borderliaison.records.interchange.errors import ChangedMeanwhile
from borderliaison.records.interchange.exports.exporting import Exporter, export
from borderliaison.records.interchange.exports.i2_update import update
from borderliaison.records.interchange.exports.making import Making, State
from borderliaison.records.interchange.exports.selecting import Selection
from borderliaison.records.interchange.formats.ftm import FTM
from borderliaison.records.interchange.imports.importing import take_back
from borderliaison.records.interchange.models import HandedOver, ImportPart, ImportSet
from borderliaison.records.models import Source
from borderliaison.records.statements.writing import withdraw
from tests.accounts.people import officer, signed_in
from tests.records.cast import ALL, BORDER, FOR_BORDER, FOR_CUSTOMS, drafted, say, source
from tests.records.interchange.cast import ALL as ITEMS
from tests.records.interchange.cast import taken

pytestmark = pytest.mark.django_db(transaction=True)

CHANGES: dict[str, Callable[[], object]] = {
    "taken out": lambda: withdraw(source("one")),
    "corrected": lambda: say("one", drafted("one", "Person", name="Aida")),
    "under another marking": lambda: say(
        "one", drafted("one", "Person", name="Bek"), marking=FOR_CUSTOMS
    ),
}
HARMLESS: dict[str, Callable[[], object]] = {
    "nothing": lambda: None,
    "the same said again": lambda: say("one", drafted("one", "Person", name="Bek")),
    "another said": lambda: say("new", drafted("new", "Person", name="Nur")),
    "one that is not for him": lambda: withdraw(source("other")),
    "a judgement": note,
}


def _exporter(written: Callable[[], object]) -> Exporter:
    def after() -> None:
        written()

    return Exporter("KG-BDB/0001", BORDER, OfficeCode("KG-BDB"), "case", written=after)


def _noted() -> int:
    return AuditLine.objects.filter(action="records.exported").count()


@pytest.fixture(autouse=True)
def said() -> None:
    say("one", drafted("one", "Person", name="Bek"), marking=FOR_BORDER)
    say("two", drafted("two", "Person", name="Talant"), marking=ALL)
    say("other", drafted("other", "Person", name="Aida"), marking=FOR_CUSTOMS)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_file_is_refused_of_which_something_changed_meanwhile(
    change: Callable[[], object], tmp_path: Path
) -> None:
    with pytest.raises(ChangedMeanwhile):
        export(_exporter(change), Selection("All"), FTM, io.BytesIO(), tmp_path)
    say("one", drafted("one", "Person", name="Bek Askarov"), marking=FOR_BORDER)
    with pytest.raises(ChangedMeanwhile):
        update(_exporter(lambda: withdraw(source("one"))), "All", io.BytesIO(), tmp_path)
    assert (_noted(), HandedOver.objects.count()) == (0, 0)


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_a_file_is_handed_over_where_what_changed_is_not_in_it(
    change: Callable[[], object], tmp_path: Path
) -> None:
    say("one", drafted("one", "Person", name="Bek"))
    export(_exporter(change), Selection("All"), FTM, io.BytesIO(), tmp_path)
    assert _noted() == 1


def test_a_set_that_is_taken_back_meanwhile_or_just_now_is_in_no_file(tmp_path: Path) -> None:
    taken(tmp_path, *ITEMS)
    key = ImportSet.objects.as_system("a test").get().key
    with pytest.raises(ChangedMeanwhile):
        export(
            _exporter(lambda: take_back(key, "KG-BDB/0001")),
            Selection("All"), FTM, io.BytesIO(), tmp_path,
        )  # fmt: skip
    taken(tmp_path, *ITEMS)
    ImportSet.objects.as_system("a test").update(digest="")
    with alone(key), pytest.raises(ChangedMeanwhile):
        export(_exporter(lambda: None), Selection("All"), FTM, io.BytesIO(), tmp_path)
    export(_exporter(lambda: None), Selection("All"), FTM, io.BytesIO(), tmp_path)


def test_a_set_that_comes_in_for_the_first_time_holds_up_no_file(tmp_path: Path) -> None:
    row = {"imported_at": datetime.now(UTC), "marking": _marking()}
    begun = ImportSet.objects.create(key="a" * 32, title="New", format="ftm", officer="x", **row)
    ImportPart.objects.create(of=begun, source=Source.objects.get(key=source("two")))
    with alone(begun.key):
        export(_exporter(lambda: None), Selection("All"), FTM, io.BytesIO(), tmp_path)
    assert _noted() == 1


def test_a_file_that_waits_to_be_saved_says_that_it_is_to_be_begun_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load_network()
    desk = signed_in(officer())
    with monkeypatch.context() as patch:
        patch.setattr(Making, "wait", lambda _self: None)
        address, one = _begun(desk)
    one.wait(20)
    assert one.state is State.READY
    withdraw(source("one"))
    answer = desk.get(f"{address}file/", follow=True)
    page = answer.content.decode()
    assert "Meanwhile something in the file was changed or taken out of the records." in page
    assert "E-RIO-21" in page
    assert "Begin again" in page
    assert (one.state, one.take(), _noted()) == (State.FAILED, None, 0)
    again = desk.post("/records/out/take/", {"format": "ftm", "purpose": "case"})
    assert b"Bek" not in b"".join(again.streaming_content)  # type: ignore[attr-defined]
    assert _noted() == 1


def _begun(desk: Client) -> tuple[str, Making]:
    answer = desk.post("/records/out/take/", {"format": "ftm", "purpose": "case"})
    address = str(answer["Location"])
    return address, desk.get(address).context["one"]


def _marking() -> object:
    return ImportPart._meta.apps.get_model("markings", "MarkingRow").objects.first()
