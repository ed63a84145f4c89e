"""Loading the network again and again: an administrator's edit wins."""

from typing import Any

import pytest

from borderliaison.offices.models import Office, OfficeAgency, ReportingLine, ShippedRow
from borderliaison.offices.network.loading import KeptEdit, load_rows
from borderliaison.offices.network.shipped import Shipped, shipped_rows
from borderliaison.offices.services import load_network

pytestmark = pytest.mark.django_db


def rows(**changed: Any) -> list[Shipped]:
    """The shipped rows, with other values for the Osh sector."""
    return [
        Shipped(one.table, one.key, {**one.values, **changed})
        if one.table == "Office" and one.key == {"code": "KG-OSH"}
        else one
        for one in shipped_rows()
    ]


def osh() -> Office:
    return Office.objects.get(pk="KG-OSH")


def test_a_second_load_changes_nothing() -> None:
    first = load_network()
    assert first.added == len(list(shipped_rows()))
    second = load_network()
    assert (second.added, second.changed, second.kept, second.withdrawn) == (0, 0, [], [])
    assert second.unchanged == first.added


def test_a_new_shipped_value_is_taken_where_nobody_edited() -> None:
    load_network()
    loaded = load_rows(rows(latitude=40.6))
    assert (loaded.changed, loaded.kept) == (1, [])
    assert osh().latitude == 40.6


def test_an_edit_stays_and_nothing_is_reported_while_the_shipped_value_is_the_same() -> None:
    load_network()
    Office.objects.filter(pk="KG-OSH").update(latitude=40.5, zone="Asia/Almaty")
    loaded = load_network()
    assert (loaded.changed, loaded.kept) == (0, [])
    assert (osh().latitude, osh().zone) == (40.5, "Asia/Almaty")


def test_an_edit_stays_and_the_shipped_value_that_changed_is_reported_once() -> None:
    load_network()
    Office.objects.filter(pk="KG-OSH").update(latitude=40.5)
    changed = rows(latitude=40.6, languages=["ky"])
    loaded = load_rows(changed)
    assert loaded.kept == [KeptEdit("Office KG-OSH", "latitude", 40.5, 40.6)]
    assert (osh().latitude, osh().languages) == (40.5, ["ky"])
    assert load_rows(changed).kept == []


def test_an_edit_that_equals_the_new_shipped_value_is_no_edit_any_more() -> None:
    load_network()
    Office.objects.filter(pk="KG-OSH").update(latitude=40.6)
    assert load_rows(rows(latitude=40.6)).kept == []
    load_rows(rows(latitude=40.7))
    assert osh().latitude == 40.7


def test_what_an_administrator_removed_stays_away() -> None:
    load_network()
    OfficeAgency.objects.filter(office_id="KG-BDB", agency_id="KG-DRG").delete()
    loaded = load_network()
    assert loaded.added == 0
    assert not OfficeAgency.objects.filter(office_id="KG-BDB", agency_id="KG-DRG").exists()


def test_what_an_administrator_added_stays() -> None:
    load_network()
    ReportingLine.objects.create(office_id="KG-BDB", to_id="KG-HBO")
    load_network()
    assert ReportingLine.objects.filter(office_id="KG-BDB", to_id="KG-HBO").exists()


def test_what_is_shipped_no_more_stays_and_is_reported() -> None:
    load_network()
    fewer = [one for one in shipped_rows() if one.key != {"code": "CARICC"}]
    assert load_rows(fewer).withdrawn == ["NamedAudience CARICC"]


def test_a_row_that_was_made_by_hand_before_it_was_shipped_is_kept_as_it_is() -> None:
    load_network()
    ShippedRow.objects.filter(table="Office", key="KG-OSH").delete()
    Office.objects.filter(pk="KG-OSH").update(latitude=40.5)
    loaded = load_network()
    assert loaded.kept == [KeptEdit("Office KG-OSH", "latitude", 40.5, 40.514)]
    assert osh().latitude == 40.5


def test_a_wrong_row_leaves_everything_as_it_was() -> None:
    load_network()
    before = osh().names
    wrong = [*rows(names={"en": "Osh"}), Shipped("Office", {"code": "KG-XXX"}, {"nonsense": 1})]
    with pytest.raises(TypeError):
        load_rows(wrong)
    assert osh().names == before
