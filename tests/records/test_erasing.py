"""What a source takes back is gone: from tables and indexes, and from the files of the database."""

import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from borderliaison.accounts.models import Account
from borderliaison.correspondence.models import Item
from borderliaison.kernel.marking import Audience, Marking
from borderliaison.markings.models import MarkedModel
from borderliaison.markings.services import intern
from borderliaison.records.groups.finding import groups
from borderliaison.records.models import Entity, Judgement
from borderliaison.records.resolution.errors import JudgingError
from borderliaison.records.resolution.judging import Judge, Why, judge, take_back
from borderliaison.records.resolution.models import Basis, Verdict
from borderliaison.records.resolution.several import judge_several
from borderliaison.records.search import standing
from borderliaison.records.search.asked import read_asked
from borderliaison.records.search.indexing import index_all
from borderliaison.records.statements.drafted import Drafted, Origin, Said, key_of_entity
from borderliaison.records.statements.writing import withdraw, write
from borderliaison.reports.projection.keeping_up import catch_up
from tests.accounts.people import signed_in
from tests.correspondence.cast import begin_draft, liaison, lookout, network, send
from tests.records import cast
from tests.records.cast import BORDER, key
from tests.records.graph.cast import uses

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
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


def _octets(file: Path) -> bytes:
    """Return what stands in the database's file once what was written beside it is written into it."""
    with sqlite3.connect(file) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    other.close()
    return b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
