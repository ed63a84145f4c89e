"""Where reports happened is noted with each, is read under its marking, and goes with it."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from borderliaison.correspondence.models import Dissemination, Item
from borderliaison.forms.times import as_value
from borderliaison.reports.models import Place
from borderliaison.reports.places import find_place
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import begin_draft, liaison, local, lookout, network, send

pytestmark = pytest.mark.django_db
POSITION = {"lat": "40.5503", "lon": "72.7510"}
AT = as_value(datetime(2026, 5, 12, 3, 30, tzinfo=UTC), "Asia/Bishkek")


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


def _content(form: str = "seizure", version: int = 2, **values: object) -> dict[str, object]:
    return {
        "form": form,
        "version": version,
        "number": "KG-BDB-2026-0001",
        "values": values,
        "revision": 1,
        "source": "",
    }


def _places() -> list[Place]:
    return list(Place.objects.as_system("test"))


def _sent(**changes: object) -> Item:
    browser = signed_in(liaison())
    return send(browser, begin_draft(browser), lookout(**changes))


def test_a_lookout_is_where_it_is_expected_not_where_it_was_written() -> None:
    item = _sent(event_at=local(-3))
    (place,) = _places()
    assert (place.item_id, place.marking_id) == (item.pk, item.marking_id)
    assert (place.form, place.office, place.crossing) == ("lookout", "KG-BDB", "KG-DST")
    assert place.urgency == "immediate"
    assert place.at < item.created_at
    assert place.latitude is None


def test_coordinates_of_the_report_are_kept_beside_its_crossing_point() -> None:
    found = find_place(_content(crossing="KG-DST", position=POSITION, event_at=AT))
    assert found is not None
    assert found.position == (40.5503, 72.751)
    assert found.crossing == "KG-DST"
    assert found.at == datetime(2026, 5, 12, 3, 30, tzinfo=UTC)


def test_a_report_of_a_version_that_is_not_here_is_read_as_the_nearest() -> None:
    found = find_place(_content(version=77, crossing="KG-DST"))
    assert found is not None
    assert found.crossing == "KG-DST"


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"form": 1},
        _content(),
        _content(form="not_ours", crossing="KG-DST"),
        _content(crossing=["KG-DST"]),
        _content(position={"lat": "north", "lon": "1"}),
    ],
)
def test_what_says_no_place_has_none(content: dict[str, object]) -> None:
    assert find_place(content) is None


def test_a_place_is_read_by_those_who_may_read_its_report() -> None:
    _sent(**{"cover.own": ["KG-BOR"]})
    reader = officer("colleague", role="head").reader()
    stranger = officer("customs", agency="KG-CUS").reader()
    assert Place.objects.readable_by(reader).count() == 1
    assert Place.objects.readable_by(stranger).count() == 0


def test_a_place_goes_with_its_report() -> None:
    item = _sent()
    Dissemination.objects.as_system("test").filter(item=item).delete()
    Item.objects.as_system("test").filter(pk=item.pk).delete()
    assert _places() == []


def test_the_places_of_reports_from_before_there_was_a_table_are_noted() -> None:
    item = _sent()
    (place,) = _places()
    Place.objects.as_system("test").delete()
    migration = import_module("borderliaison.reports.migrations.0002_places")
    state = MigrationLoader(connection).project_state([("reports", "0002_places")])
    migration.note_those_before(state.apps, connection.schema_editor())
    (again,) = _places()
    assert (again.item_id, again.at, again.crossing) == (item.pk, place.at, place.crossing)
