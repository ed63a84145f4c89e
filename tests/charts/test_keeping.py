"""A chart is kept under the strictest marking in it; versions never change, and one owner makes them."""

import pytest

from borderliaison.audit.models import AuditLine
from borderliaison.charts.errors import NameMissing, NoSuchChart, SavedSince
from borderliaison.charts.kept.keeping import (
    EMPTY,
    charts_of,
    keep_as_new,
    keep_under,
    make_chart,
    open_chart,
    remove_chart,
    save_version,
    share_chart,
    versions_of,
)
from borderliaison.charts.models import Version
from tests.accounts.people import officer
from tests.records.cast import FOR_BORDER, key, lorry

pytestmark = pytest.mark.django_db


def placed(*names: str) -> dict[str, object]:
    return {**EMPTY, "items": [{"key": key(name), "x": 0, "y": 0} for name in names]}


def test_a_chart_has_a_name_and_opens_for_whoever_made_it() -> None:
    mine, other = officer(), officer("karimov")
    with pytest.raises(NameMissing):
        make_chart(mine, " \n ")
    chart = make_chart(mine, "  Grey\tlorry ")
    opened = open_chart(mine, chart.key)
    assert (opened.version.name, opened.newest, opened.is_own) == ("Grey lorry", 1, True)
    assert [one.chart for one in charts_of(mine)] == [chart]
    assert charts_of(other) == []
    with pytest.raises(NoSuchChart):
        open_chart(other, chart.key)


def test_each_saving_is_a_version_and_none_changes() -> None:
    mine = officer()
    lorry("a", "01KG742ABC")
    chart = make_chart(mine, "Lorry")
    save_version(mine, chart.key, 1, "Grey lorry", placed("a"))
    assert [(one.number, one.name) for one in versions_of(mine, chart)] == [
        (2, "Grey lorry"),
        (1, "Lorry"),
    ]
    assert open_chart(mine, chart.key, 1).version.content == EMPTY
    assert open_chart(mine, chart.key).version.items == 1
    with pytest.raises(SavedSince):
        save_version(mine, chart.key, 1, "Lorry", EMPTY)
    with pytest.raises(NoSuchChart):
        save_version(officer("karimov"), chart.key, 2, "Lorry", EMPTY)


def test_a_shared_chart_is_there_only_for_who_may_read_all_in_it() -> None:
    mine, customs = officer(), officer("nazarov", agency="KG-CUS")
    border = officer("bekov")
    lorry("a", "01KG742ABC", marking=FOR_BORDER)
    chart = make_chart(mine, "Nothing yet")
    share_chart(mine, chart.key, is_shared=True)
    assert open_chart(customs, chart.key).is_own is False
    save_version(mine, chart.key, 1, "Grey lorry", placed("a"))
    assert open_chart(border, chart.key).version.number == 2
    assert open_chart(customs, chart.key).version.number == 1
    assert [one.version.name for one in charts_of(customs)] == ["Nothing yet"]
    with pytest.raises(NoSuchChart):
        open_chart(customs, chart.key, 2)
    share_chart(mine, chart.key, is_shared=False)
    assert charts_of(border) == []


def test_a_colleague_keeps_what_he_made_of_it_as_his_own() -> None:
    mine, other = officer(), officer("bekov")
    chart = make_chart(mine, "Lorry")
    share_chart(mine, chart.key, is_shared=True)
    with pytest.raises(NoSuchChart):
        save_version(other, chart.key, 1, "Lorry", EMPTY)
    copied = keep_as_new(other, "Lorry, mine", EMPTY)
    assert open_chart(other, copied.key).is_own
    assert len(charts_of(mine)) == 1


def test_a_removed_chart_can_be_taken_back() -> None:
    mine = officer()
    chart = make_chart(mine, "Lorry")
    remove_chart(mine, chart.key, is_removed=True)
    assert charts_of(mine) == []
    remove_chart(mine, chart.key, is_removed=False)
    assert [one.chart for one in charts_of(mine)] == [chart]


def test_what_is_done_to_charts_is_in_the_audit_without_names() -> None:
    mine = officer()
    chart = make_chart(mine, "Vermilion lorry")
    share_chart(mine, chart.key, is_shared=True)
    lines = list(AuditLine.objects.filter(subject=chart.key).order_by("pk"))
    assert [one.action for one in lines] == ["chart.made", "chart.shared"]
    assert "Vermilion" not in str([one.ids for one in lines])
    assert Version.objects.as_system("test").get(chart=chart).name == "Vermilion lorry"


def test_a_copy_keeps_the_marking_of_what_it_was_made_of_in_each_version() -> None:
    mine = officer()
    made = keep_under(mine, "Copy", EMPTY, FOR_BORDER)
    first = open_chart(mine, made.key).version
    second = save_version(mine, made.key, 1, "Copy", EMPTY)
    for version in (first, second):
        assert version.marking.value.audience == FOR_BORDER.audience
