"""What a source takes back is gone: from tables and indexes, and from the files of the database."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from borderliaison.accounts.models import Account
from borderliaison.correspondence.models import Item
from borderliaison.kernel.marking import Audience, Marking
from borderliaison.markings.models import MarkedModel
from borderliaison.markings.services import intern
from borderliaison.records.search import standing
from borderliaison.records.search.asked import read_asked
from borderliaison.records.search.indexing import index_all
from borderliaison.records.statements.drafted import Drafted, Origin, Said, key_of_entity
from borderliaison.records.statements.writing import withdraw, write
from borderliaison.reports.projection.keeping_up import catch_up
from tests.accounts.people import signed_in
from tests.correspondence.cast import begin_draft, liaison, lookout, network, send

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
