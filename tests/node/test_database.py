"""Which database the suite runs on."""

import os

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_suite_runs_on_the_database_that_it_was_asked_to_run_on() -> None:
    wanted = os.environ.get("BLO_TEST_DATABASE_URL", "sqlite").partition(":")[0]
    assert connection.vendor == wanted
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
