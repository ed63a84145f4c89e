"""Moments of links that no page could read are forgotten by the upgrade; the dates that say them stay."""

from importlib import import_module

import pytest
from django.db import connection

from borderliaison.records.models import Link
from borderliaison.records.statements.drafted import Drafted, Said
from tests.records.cast import drafted, key, say

pytestmark = pytest.mark.django_db
_WHY = "a test looks at everything"


@pytest.fixture(autouse=True)
def _postgres(db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite never kept any")


@pytest.mark.parametrize("moment", ["0001-12-31 18:00:00+00 BC", "10000-01-01 04:59:59+00"])
def test_the_upgrade_forgets_moments_that_cannot_be_read(moment: str) -> None:
    said = (Said("person", key("s", "a")), Said("relative", key("s", "b")))
    dates = (Said("startDate", "2020"), Said("endDate", "2021-05"))
    both = (drafted("s", "Person", one, name=one) for one in "ab")
    say("s", *both, Drafted(key("s", "c"), "Family", (*said, *dates)))
    links = Link.objects.as_system(_WHY).values_list("since", "until")
    ((_, until),) = links
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_link SET since = %s", [moment])
    upgrade = import_module("borderliaison.records.migrations.0018_no_such_moment")
    with connection.schema_editor() as editor:
        upgrade._forget(None, editor)  # as the migration does
    assert list(links.all()) == [(None, until)]
