"""What is among many values is found, on each database, however many they are."""

import pytest

from borderliaison.records.models import Entity, Link
from borderliaison.sql.within import within

pytestmark = pytest.mark.django_db


def test_rows_are_found_by_numbers_texts_and_references() -> None:
    ones = [Entity.objects.create(key=f"{n:032x}", schema="Person") for n in range(3)]
    some = [one.pk for one in ones[:2]]
    assert set(Entity.objects.filter(within("pk", some))) == set(ones[:2])
    assert set(Entity.objects.filter(within("key", [ones[2].key]))) == {ones[2]}
    assert not Entity.objects.filter(within("pk", []))
    assert not Link.objects.as_system("a test").filter(within("begin", some)).exists()


def test_a_hundred_thousand_values_are_one() -> None:
    one = Entity.objects.create(key="f" * 32, schema="Person")
    many = range(one.pk - 50_000, one.pk + 50_000)
    assert list(Entity.objects.filter(within("pk", many))) == [one]
