"""Two reports that are written in the same moment are compared with each other, on PostgreSQL too."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from borderliaison.markings.services import intern
from borderliaison.records.models import Candidate
from borderliaison.sql.statements import rows
from tests.records.cast import ALL, person

LIMIT_S = 120
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


def _written(name: str, called: str) -> int:
    try:
        return person(name, called)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_who_writes_at_the_same_moment_waits_and_finds_the_other() -> None:
    intern(ALL)
    with ThreadPoolExecutor(1) as beside:
        with transaction.atomic():
            a = person("a", "Бек Аскаров")
            writing = beside.submit(_written, "b", "ASKAROV BEK")
            end = time.monotonic() + LIMIT_S
            while not rows(WAITING)[0][0] and not writing.done():
                assert time.monotonic() < end
                time.sleep(0.05)
        b = writing.result(LIMIT_S)
    pairs = Candidate.objects.as_system("test").values_list("one_id", "other_id")
    assert [set(pair) for pair in pairs] == [{a, b}]
