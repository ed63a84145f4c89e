"""What a source takes back is gone: from tables and indexes, and from the files of the database."""

import sqlite3
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from borderliaison.accounts.models import Account
from borderliaison.charts.kept.keeping import EMPTY, make_chart, save_version
from borderliaison.charts.models import Version
from borderliaison.correspondence.models import Item
from borderliaison.forms.schema import Term
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import Audience, Marking
from borderliaison.markings.models import MarkedModel
from borderliaison.markings.services import intern
from borderliaison.records.groups.finding import groups
from borderliaison.records.interchange.exports.exporting import Exporter, export
from borderliaison.records.interchange.exports.handing import handed_out
from borderliaison.records.interchange.exports.selecting import Selection
from borderliaison.records.interchange.formats.ftm import FTM
from borderliaison.records.interchange.imports.importing import take_back as take_set_back
from borderliaison.records.interchange.items import Told
from borderliaison.records.models import Candidate, Entity, ImportSet, Judgement
from borderliaison.records.resolution.candidates import compare_what_was_not
from borderliaison.records.resolution.errors import JudgingError
from borderliaison.records.resolution.judging import Judge, Why, judge, take_back
from borderliaison.records.resolution.models import Basis, Verdict
from borderliaison.records.resolution.several import judge_several
from borderliaison.records.search import standing
from borderliaison.records.search.index.indexing import index_all
from borderliaison.records.search.question.asked import read_asked
from borderliaison.records.statements.drafted import Drafted, Origin, Said, key_of_entity
from borderliaison.records.statements.writing import withdraw, write
from borderliaison.reports.projection import terms
from borderliaison.reports.projection.keeping_up import catch_up
from borderliaison.reports.projection.taking_out import Decider, expire, take_out
from tests.accounts.people import signed_in
from tests.correspondence.cast import begin_draft, liaison, lookout, network, send
from tests.records import cast
from tests.records.cast import BORDER, key
from tests.records.graph.cast import uses
from tests.records.interchange.cast import BEK, PHONE, USES, taken

NAME, PLATE = "Zanzibarov", "QQ 99 1717 ZZ"
KEY = "a" * 32
AT = datetime(2026, 5, 12, 3, 30, tzinfo=UTC)
MARKING = Marking(audience=Audience.of(("KG-BDB", "*")))
TRACES = (b"zanzibarov", b"QQ991717ZZ", b"1717ZZ")


def _told(writer: Account) -> Item:
    browser = signed_in(writer)
    item = send(browser, begin_draft(browser), lookout(plate=PLATE, names=f"Bek {NAME}"))
    catch_up()
    index_all()
    standing.ask_again()
    return item


def _tables() -> list[str]:
    """Return the tables of the records: their names, and those of all that refers to them."""
    return sorted(one._meta.db_table for one in apps.get_app_config("records").get_models())


def _traces_in_tables() -> list[str]:
    found = []
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608  # a name of our own
            rows = repr(
                [[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor]
            )
            said = rows.casefold()
            found += [table for one in TRACES if one.decode().casefold() in said]
            found += [table for one in (NAME, PLATE) if one.casefold() in said]
    return found


@pytest.mark.django_db
def test_a_source_that_takes_back_leaves_no_trace_in_any_table() -> None:
    network()
    writer = liaison()
    standing.keep_asking(writer, read_asked({"q": "bek"}), "Beks")
    item = _told(writer)
    assert {"records_statement", "records_wording"} <= set(_traces_in_tables())
    assert standing.new_for(writer) == 1
    assert withdraw(item.key)
    assert _traces_in_tables() == []
    assert standing.new_for(writer) == 0
    for model in apps.get_app_config("records").get_models():
        if issubclass(model, MarkedModel):
            assert not model.objects.as_system("test").exists(), model.__name__


WHO = Judge(BORDER, "KG-BDB-07", writes=True)
NAMES = "abc"
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("say"), st.sampled_from(NAMES), st.sampled_from(["Bek", "Бек"])),
        st.tuples(st.just("erase"), st.sampled_from(NAMES), st.none()),
        st.tuples(
            st.sampled_from([Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE]),
            st.sampled_from(NAMES),
            st.sampled_from(NAMES),
        ),
        st.tuples(st.just("back"), st.none(), st.none()),
    ),
    max_size=8,
)


def _who(name: str) -> str:
    """Return the key of the person of whom a source speaks now, however he is called in it."""
    spellings = [key(name, f"person {called} {NAME}") for called in ("Bek", "Бек")]
    return str(Entity.objects.filter(key__in=spellings).values_list("key", flat=True).first() or "")


def _done(what: str, one: str, other: str) -> None:
    if what == "say":
        uses(one, f"{other} {NAME}", PLATE)
    elif what == "erase":
        withdraw(cast.source(one))
    elif what == "back":
        for made in Judgement.objects.readable_by(BORDER).filter(undone_at=None)[:1]:
            take_back(WHO, made.key, f"not {NAME}")
    elif what == Verdict.UNSURE:
        judge(WHO, _who(one), _who(other), Verdict.UNSURE, Why(Basis.PAPERS, f"perhaps {NAME}"))
    else:
        why = Why(Basis.PAPERS, f"seen {NAME}")
        judge_several(WHO, [_who(one), _who(other)], Verdict(what), why)


@pytest.mark.django_db
@hypothesis_settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS, last=st.permutations(NAMES))
def test_whatever_was_said_judged_and_corrected_who_erases_all_of_it_leaves_no_trace(
    deeds: list[tuple[str, str, str]], last: list[str]
) -> None:
    """Say, correct, merge, unmerge and erase in any order: nothing outlives the sources it came from."""
    for what, one, other in deeds:
        with suppress(JudgingError):
            _done(what, one, other)
        index_all()
        groups(BORDER, None, "en")
    for name in last:
        withdraw(cast.source(name))
    index_all()
    assert _traces_in_tables() == []
    assert groups(BORDER, None, "en").some == ()
    for model in apps.get_app_config("records").get_models():
        if issubclass(model, MarkedModel):
            assert not model.objects.as_system("test").exists(), model.__name__


@pytest.mark.django_db(transaction=True)
def test_a_source_that_takes_back_leaves_no_trace_in_the_files() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's files are overwritten by its own vacuum")
    origin = Origin(KEY, "report", "KG-BDB", AT, AT, "KG", intern(MARKING).pk)
    said = [
        Drafted(key_of_entity(KEY, "person"), "Person", (Said("name", f"Bek {NAME}"),)),
        Drafted(key_of_entity(KEY, "car"), "Vehicle", (Said("registrationNumber", PLATE),)),
    ]
    write(origin, said)
    index_all()
    file = Path(str(connection.settings_dict["NAME"]))
    assert {one for one in TRACES if one in _octets(file)} == set(TRACES)
    withdraw(KEY)
    left = _octets(file)
    assert [one for one in TRACES if one in left] == []


WORD = "Mandibarov"
"""Of one test alone: others leave files in the node's directory meanwhile."""
OF_THE_REPORT = {"correspondence_item", "correspondence_posting", "exchange_outbox"}
"""The tables that hold a report itself: in its thread, by what it is found there, and its letter."""


def _make_of_it_all_that_is_made(writer: Account) -> str:
    """Let two sources and a set speak of one, and have it compared, judged, asked for, drawn and given out.

    Returns:
        The key of a chart with notes and a snapshot.
    """
    for name in "ab":
        uses(name, f"Bek {WORD}", PLATE)
    folder = Path(settings.NODE.run_directory)
    taken(folder, replace(BEK, told=(Told("name", f"Bek {WORD}"),)), PHONE, USES)
    standing.keep_asking(writer, read_asked({"q": "bek"}), "Beks")
    index_all()
    standing.ask_again()
    compare_what_was_not(lambda _: None)
    who = [key(name, f"person Bek {WORD}") for name in "ab"]
    judge(WHO, *who, Verdict.SAME, Why(Basis.PAPERS, f"seen {WORD}"))
    groups(BORDER, None, "en")
    camera = {"x": 0, "y": 0, "scale": 1}
    snap = {"name": "Briefing", "shown": who, "selected": [], "camera": camera}
    items = [{"key": one, "x": n, "y": 0, "note": "Ask Dostuk"} for n, one in enumerate(who)]
    chart = make_chart(writer, "Who drives")
    drawing = {**EMPTY, "items": items, "snapshots": [snap]}
    save_version(writer, chart.key, 1, "Who drives", drawing)
    browser = signed_in(writer)
    for path in (f"/records/{who[0]}/", f"/charts/{chart.key}/", "/records/groups/"):
        browser.post(f"{path}purpose/", {"purpose": "case"})
        browser.get(path)
    for path in ("/records/", "/records/duplicates/", "/messages/search/"):
        browser.get(path, {"q": WORD})
    browser.get(f"/charts/{chart.key}/data/")
    exporter = Exporter("KG-BDB/0001", BORDER, OfficeCode("KG-BDB"), "case")
    whole = Selection("Test")
    with handed_out(lambda file, inside: export(exporter, whole, FTM, file, inside)) as handed:
        assert WORD.encode() in handed.read()
    return str(chart.key)


def _erase_all() -> None:
    for name in "ab":
        withdraw(cast.source(name))
    for one in ImportSet.objects.as_system("test"):
        take_set_back(one.key, "system")
    index_all()
    standing.ask_again()


@pytest.mark.django_db(transaction=True)
def test_what_was_said_is_in_no_file_of_the_node_any_more() -> None:
    network()
    chart = _make_of_it_all_that_is_made(liaison())
    there = {"records_statement", "records_wording", "records_judgement"}
    assert there <= _tables_with(WORD)
    assert Candidate.objects.as_system("test").exists()
    if connection.vendor == "sqlite":
        assert _files_with(WORD)
    _erase_all()
    assert _tables_with(WORD) == set()
    if connection.vendor == "sqlite":
        assert _files_with(WORD) == []
    kept = Version.objects.as_system("test").filter(chart__key=chart).latest("number").content
    assert [one["note"] for one in kept["items"]] == ["Ask Dostuk"] * 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["taken out", "expired"])
def test_of_a_report_that_is_out_nothing_is_left_but_the_report(
    how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    network()
    writer = liaison()
    _make_of_it_all_that_is_made(writer)
    browser = signed_in(writer)
    item = send(browser, begin_draft(browser), lookout(plate=PLATE, names=f"Bek {WORD}"))
    catch_up()
    index_all()
    standing.ask_again()
    _erase_all()
    assert "records_statement" in _tables_with(WORD)
    if how == "expired":
        monkeypatch.setattr(terms, "term_of", {"lookout": Term(10, "sent", "Order 7")}.get)
        assert expire(datetime.now(UTC) + timedelta(days=11)) == {"lookout": 1}
    else:
        take_out(item, "Another person was meant", Decider("KG-BDB/0001", "N. Abdyrakhmanova"))
    index_all()
    standing.ask_again()
    assert _tables_with(WORD) <= OF_THE_REPORT


def _tables_with(word: str) -> set[str]:
    """Return the tables of the whole database in which a word stands, whatever its case."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  # its name
            values = [value for row in cursor for value in row]
            said = repr([bytes(one) if isinstance(one, memoryview) else one for one in values])
            if word.casefold() in said.casefold():
                found.add(table)
    return found


def _files_with(word: str) -> list[str]:
    """Return the files of the node in which a word stands, once SQLite wrote back what stood beside."""
    _octets(Path(str(connection.settings_dict["NAME"])))
    files = (one for one in Path(settings.NODE.directory).rglob("*") if one.is_file())
    return sorted(one.name for one in files if word.encode().lower() in one.read_bytes().lower())


def _octets(file: Path) -> bytes:
    """Return what stands in the database's file once what was written beside it is written into it."""
    with sqlite3.connect(file) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    other.close()
    return b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
