"""Rows that are written plainly are the rows that Django would have written."""

from datetime import UTC, datetime

import pytest

from borderliaison.correspondence.models import Item
from borderliaison.records.models import Entity, Source
from borderliaison.sql.bulk import insert_all

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 12, 3, 30, 1, 5, tzinfo=UTC)


def test_rows_are_there_with_their_texts_and_times() -> None:
    made = [Source(key=f"{n:032}", kind="import", office="KG-BDB", said_at=AT) for n in range(3)]
    insert_all(made)
    insert_all([])
    assert list(
        Source.objects.order_by("key").values_list("key", "office", "said_at", "digest")
    ) == [(f"{n:032}", "KG-BDB", AT, "") for n in range(3)]


def test_one_row_is_written_like_many() -> None:
    insert_all([Entity(key="a" * 32, schema="Person")])
    assert Entity.objects.get().schema == "Person"


def test_a_model_with_more_than_plain_columns_is_refused() -> None:
    with pytest.raises(TypeError, match="content"):
        insert_all([Item()])
