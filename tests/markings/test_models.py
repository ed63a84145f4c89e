"""A marked row is reached only by saying who reads."""

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from borderliaison.correspondence.models import Item, Receipt, Thread
from borderliaison.kernel.marking import Audience, Marking
from borderliaison.kernel.policy import Reader
from borderliaison.kernel.remembering import one_look
from borderliaison.markings.models import MarkingRow, UnfilteredRead
from borderliaison.markings.services import forget, intern, readable_ids

pytestmark = pytest.mark.django_db

READER = Reader("KG-BDB", "KG-BOR", "KG")  # type: ignore[arg-type]
OURS = Marking(audience=Audience.of(("KG-BDB", "*")))
THEIRS = Marking(audience=Audience.of(("KG-DST", "*")))


@pytest.mark.parametrize(
    "reach",
    [
        lambda q: list(q.all()),
        lambda q: q.count(),
        lambda q: q.exists(),
        lambda q: q.first(),
        lambda q: q.filter(key="x").get(),
        lambda q: list(q.values_list("key")),
        lambda q: q.aggregate(),
        lambda q: q.all().update(title="x"),
        lambda q: q.all().delete(),
        lambda q: list(q.iterator()),
        lambda q: list(q.none() | q.all()),
        lambda q: q.filter(key="x").earliest("id"),
        lambda q: q.in_bulk([1]),
        lambda q: q.filter(key="x").contains(Item(pk=1)),
        lambda q: list(q.filter(pk=1).union(q.filter(pk=2))),
        lambda q: list(q.as_system("test").union(q.filter(pk=2))),
        lambda q: q.raw("SELECT id FROM correspondence_item"),
        lambda q: q.as_system("test").raw("SELECT id FROM correspondence_item"),
        lambda q: q.all().explain(),
        lambda q: q.all().aiterator(),
        lambda q: list(Receipt.objects.as_system("test").filter(item__in=q.all())),
        lambda q: list(Receipt.objects.as_system("test").filter(item_id__in=q.values("pk"))),
        lambda q: list(Receipt.objects.as_system("test").exclude(item__in=q.filter(key="x"))),
        lambda q: q.as_system("test").filter(pk__in=q.all()).update(title="x"),
    ],
)
def test_an_unfiltered_query_refuses_to_run(reach) -> None:
    with pytest.raises(UnfilteredRead):
        reach(Item.objects)


def _receipt(of_item: Marking, own: Marking) -> Receipt:
    item = Item.objects.create(
        thread=Thread.objects.create(key="a" * 32, realm="live"), key="b" * 32, office="KG-DST",
        payload_type="message", title="", marking=intern(of_item), created_at=datetime.now(UTC),
    )  # fmt: skip
    said = {"office": "KG-DST", "step": "opened", "at": item.created_at, "told_by": "KG-DST"}
    made = Receipt.objects.create(item=item, marking=intern(own), **said)
    return Receipt.objects.as_system("test").get(pk=made.pk)


def test_a_foreign_key_leads_to_what_has_the_same_marking() -> None:
    assert _receipt(OURS, OURS).item.key == "b" * 32


def test_a_foreign_key_that_leads_to_another_marking_is_not_followed() -> None:
    receipt = _receipt(THEIRS, OURS)
    with pytest.raises(UnfilteredRead):
        _ = receipt.item
    assert not Receipt.item.is_cached(receipt)


def test_a_row_is_read_again_also_when_its_marking_was_changed() -> None:
    receipt = _receipt(OURS, OURS)
    Receipt.objects.as_system("test").update(marking=intern(THEIRS))
    receipt.refresh_from_db()
    assert receipt.marking_id == intern(THEIRS).pk


def test_as_system_wants_a_reason() -> None:
    with pytest.raises(UnfilteredRead):
        Item.objects.as_system("")


def test_a_reader_gets_the_ids_that_the_policy_allows() -> None:
    ours, theirs = intern(OURS), intern(THEIRS)
    assert ours.pk in readable_ids(READER)
    assert theirs.pk not in readable_ids(READER)


def test_interning_twice_gives_one_row() -> None:
    assert intern(OURS) == intern(OURS)
    assert intern(OURS).value == OURS


@pytest.mark.django_db(transaction=True)
def test_a_number_that_was_rolled_back_and_came_again_is_decided_again() -> None:
    forget()
    for _ in range(3):
        try:
            with transaction.atomic():
                for n in range(100):
                    intern(Marking(audience=Audience.of(("KG-BDB", f"KG-{n:03}"), ("KG-BDB", "*"))))
                    intern(Marking(audience=Audience.of(("KG-BDB", "*"), (f"KG-{n:03}", "*"))))
                readable_ids(READER)
                raise RuntimeError
        except RuntimeError:
            pass
    made = [intern(Marking(audience=Audience.of((f"KG-{n:03}", "*")))) for n in range(200)]
    assert not set(readable_ids(READER)) & {row.pk for row in made}
    assert set(readable_ids(READER)) <= set(MarkingRow.objects.values_list("pk", flat=True))
    forget()


def test_within_a_look_the_policy_is_asked_once_until_a_marking_is_made() -> None:
    ours = intern(OURS)
    with one_look(), CaptureQueriesContext(connection) as asked:
        assert readable_ids(READER) == readable_ids(READER)
        assert len(asked) <= 2
        new = intern(Marking(audience=Audience.of(("KG-BDB", "*"), ("KG-OSH", "*"))))
        assert {ours.pk, new.pk} <= set(readable_ids(READER))


def test_a_marking_that_was_made_and_rolled_back_within_a_look_is_not_remembered() -> None:
    new = Marking(audience=Audience.of(("KG-BDB", "*"), ("KG-BIS", "*")))
    with one_look():
        before = readable_ids(READER)
        try:
            with transaction.atomic():
                assert intern(new).pk in readable_ids(READER)
                raise RuntimeError
        except RuntimeError:
            pass
        assert readable_ids(READER) == before


def test_what_is_newer_than_a_look_is_read_by_the_next() -> None:
    with one_look():
        readable_ids(READER)
    new = intern(Marking(audience=Audience.of(("KG-BDB", "*"), ("KG-OSH", "*"))))
    with one_look():
        assert new.pk in readable_ids(READER)
