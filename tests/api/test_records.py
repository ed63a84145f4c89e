"""Programs find records and read them, value by value with who says it."""

from borderliaison.accounts.models import Account
from borderliaison.audit.models import AuditLine
from borderliaison.records.search.index.indexing import index_all
from borderliaison.reports.projection.keeping_up import catch_up
from tests.api.programs import Program
from tests.correspondence.cast import sent_lookout


def test_records_are_found_and_each_value_says_who_says_it(officer: Account) -> None:
    item = sent_lookout(officer, plate="KG 01 7784 AD", names="Bek Askarov")
    catch_up()
    index_all()
    program = Program(officer)
    (found,) = program.read("/records?q=7784&kind=Vehicle")["records"]
    assert found["schema"] == "Vehicle"
    assert found["same"] == [found["key"]]
    assert found["why"] == {
        "reasons": [{"label": "Registration number", "text": "KG 01 7784 AD", "is_alike": False}],
        "seen": [],
        "linked": [],
        "more": 0,
        "markings": [],
    }
    read = program.read(f"/records/{found['key']}")
    assert "why" not in read
    (plate,) = [one for one in read["values"] if one["prop"] == "registrationNumber"]
    assert plate["value"] == "KG 01 7784 AD"
    assert [one["source"] for one in plate["said_by"]] == [item.key]
    assert plate["said_by"][0]["marking"] == item.marking.value.to_data()
    line = AuditLine.objects.filter(action="api.called").latest("id")
    assert (line.ids["about"], line.ids["route"]) == (found["key"], "api:one_record")
    assert line.ids["purpose"]
    program.read(f"/network/expand?key={found['key']}")
    assert AuditLine.objects.latest("id").ids["about"] == found["key"]
    (driver,) = program.read("/records?kind=Person&where=linked%20~%20Vehicle:%207784")["records"]
    (linked,) = driver["why"]["linked"]
    assert (linked["other"], linked["key"]) == ("Vehicle, KG 01 7784 AD", found["key"])
    assert driver["why"]["markings"] == [item.marking.value.to_data()]
    assert program.read("/records?q=zzzz") == {"records": [], "more": False, "cut": False}
    assert program.get(f"/records/{'0' * 32}").status_code == 404
