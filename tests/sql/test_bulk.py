"""Rows that are written plainly are the rows that Django would have written."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest

from borderliaison.records.models import Source
from borderliaison.sql.bulk import insert_all
from borderliaison.sql.statements import instant

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 12, 3, 30, 1, 5, tzinfo=UTC)


class Row(NamedTuple):
    """A ``Source`` before it is written."""

    key: str
    kind: str
    office: str
    said_at: Any
    digest: str


@pytest.mark.parametrize("count", [0, 1, 3, 120])
def test_rows_are_there_with_their_texts_and_times(count: int) -> None:
    keys = [f"{number:032}" for number in range(count)]
    insert_all(Source, [Row(key, "import", "KG-BDB", instant(AT), "\t\\N") for key in keys])
    assert list(
        Source.objects.order_by("key").values_list("key", "office", "said_at", "digest")
    ) == [(key, "KG-BDB", AT, "\t\\N") for key in keys]
