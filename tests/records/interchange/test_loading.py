"""A set is written once, changed where its file changed, and leaves nothing when it is taken back."""

from dataclasses import replace
from pathlib import Path

import pytest

from borderliaison.audit.models import AuditLine
from borderliaison.kernel.marking import Grading
from borderliaison.records.interchange.errors import UnknownSet
from borderliaison.records.interchange.findings import Findings, Flaw
from borderliaison.records.interchange.imports import importing, loading
from borderliaison.records.interchange.imports.importing import looked_at, take_back, take_in
from borderliaison.records.interchange.items import Item, Told
from borderliaison.records.interchange.models import ImportPart, ImportSet
from borderliaison.records.models import Candidate, Entity, Identity, Link, Source, Statement
from borderliaison.records.resolution.candidates import compare_some
from borderliaison.records.resolution.canonical import members
from borderliaison.records.resolution.judging import Judge, Why, judge
from borderliaison.records.resolution.models import Basis, Verdict
from borderliaison.records.statements.drafted import key_of_entity
from tests.records import cast
from tests.records.cast import BORDER, person
from tests.records.interchange.cast import (
    ALL,
    B2,
    BEK,
    OURS,
    PHONE,
    POINT,
    USES,
    taken,
    wanted,
)

pytestmark = pytest.mark.django_db
A1, C3 = Grading("4x4", "1", "A1"), Grading("4x4", "1", "C3")


def _statements() -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for one in Statement.objects.as_system("test").select_related("entity"):
        found.setdefault((one.entity.schema, one.prop), set()).add(one.value)
    return found


def _numbers() -> set[int]:
    return set(Statement.objects.as_system("test").values_list("pk", flat=True))


def test_a_set_is_written_with_its_marking_and_each_grade_is_a_source(tmp_path: Path) -> None:
    assert taken(tmp_path, *ALL)
    assert _statements()["Person", "name"] == {"Бек Аскаров"}
    assert _statements()["Phone", "number"] == {"+996555000111"}
    name = Statement.objects.as_system("test").select_related("marking", "source").get(prop="name")
    assert (name.marking.value, name.source.kind) == (replace(OURS, grading=B2), "import")
    looks = Statement.objects.as_system("test").select_related("marking").get(prop="looks")
    assert looks.marking.value == OURS
    assert Source.objects.count() == 2
    link = Link.objects.as_system("test").select_related("begin", "end").get(kind="Use")
    assert (link.begin.schema, link.end.schema) == ("Person", "Phone")
    found = ImportSet.objects.as_system("test").get()
    assert (found.things, found.links, found.left_out) == (3, 1, 0)


def test_a_code_that_everybody_knows_is_the_entity_that_reports_name(tmp_path: Path) -> None:
    taken(tmp_path, *ALL)
    assert Entity.objects.filter(key=key_of_entity("CrossingPoint", "KG-DST")).exists()


def test_the_same_file_again_writes_nothing_and_neither_does_another_order(tmp_path: Path) -> None:
    taken(tmp_path, *ALL)
    before = _numbers()
    assert not taken(tmp_path, *ALL)
    assert taken(tmp_path, *reversed(ALL))
    assert _numbers() == before


def test_only_what_changed_is_written_and_what_is_gone_is_deleted(tmp_path: Path) -> None:
    taken(tmp_path, *ALL)
    kept = Statement.objects.as_system("test").get(prop="name").pk
    bek = replace(BEK, told=(BEK.told[0], Told("looks", "short")))
    assert taken(tmp_path, bek, PHONE)
    assert Statement.objects.as_system("test").get(prop="name").pk == kept
    assert _statements()["Person", "looks"] == {"short"}
    assert not {"Use", "CrossingPoint"} & {one.schema for one in Entity.objects.all()}
    assert not Link.objects.as_system("test").exists()


def test_a_grade_that_is_gone_takes_its_source_along(tmp_path: Path) -> None:
    taken(tmp_path, *ALL)
    taken(tmp_path, PHONE)
    assert set(_statements()) == {("Phone", "number")}
    assert Source.objects.count() == ImportPart.objects.count() == 1


def test_what_one_grade_says_no_more_of_somebody_is_gone_though_another_still_speaks_of_him(
    tmp_path: Path,
) -> None:
    other = Item("other", "Person", (Told("name", "Нурлан", "", B2),))
    taken(tmp_path, BEK, other)
    assert taken(tmp_path, replace(BEK, told=(Told("looks", "tall"),)), other)
    assert _statements() == {("Person", "name"): {"Нурлан"}, ("Person", "looks"): {"tall"}}


def test_a_line_is_drawn_when_its_other_end_comes_later(tmp_path: Path) -> None:
    taken(tmp_path, BEK, USES)
    assert not Link.objects.as_system("test").exists()
    said = _numbers()
    assert taken(tmp_path, BEK, USES, PHONE)
    assert said < _numbers()
    assert Link.objects.as_system("test").get().kind == "Use"


def test_a_set_that_is_taken_back_leaves_what_others_say(tmp_path: Path) -> None:
    taken(tmp_path, *ALL)
    taken(tmp_path, PHONE, title="Other")
    take_back(wanted().key, "system")
    assert set(_statements()) == {("Phone", "number")}
    for model in (Entity, Source, ImportPart):
        assert model.objects.count() == 1  # type: ignore[attr-defined]
    assert Identity.objects.as_system("test").count() == 1
    actions = list(AuditLine.objects.order_by("pk").values_list("action", flat=True))
    assert actions[-1] == "records.import_taken_back"
    with pytest.raises(UnknownSet):
        take_back(wanted().key, "system")


def test_a_set_whose_taking_back_was_cut_off_is_not_whole_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(_: object) -> None:
        raise OSError("the power went")

    taken(tmp_path, *ALL)
    monkeypatch.setattr(loading, "sweep", cut_off)
    with pytest.raises(OSError, match="power"):
        loading.unload(ImportSet.objects.as_system("test").get())
    monkeypatch.undo()
    assert ImportSet.objects.as_system("test").get().digest == ""
    assert taken(tmp_path, *ALL)
    assert _statements()["Person", "name"] == {"Бек Аскаров"}


def test_looking_writes_nothing_and_says_what_leads_nowhere(tmp_path: Path) -> None:
    findings = Findings()
    strange = Item("x", "Use", (Told("user", "bek"), Told("used", "nothing")), line=7)
    with looked_at(iter((BEK, USES, strange)), findings, wanted(), tmp_path) as looked:
        assert (looked.things, looked.links) == (1, 2)
    assert {(one.flaw, one.line) for one in findings.first} == {(Flaw.END, 7), (Flaw.END, 0)}
    assert not Entity.objects.exists()
    assert not ImportSet.objects.as_system("test").exists()
    assert not list(tmp_path.iterdir())


def _likely() -> set[frozenset[str]]:
    while compare_some():
        pass
    pairs = Candidate.objects.as_system("test").select_related("one", "other")
    return {frozenset((pair.one.key, pair.other.key)) for pair in pairs}


def test_whom_a_set_speaks_of_is_compared_with_all_and_anew_only_where_it_changed(
    tmp_path: Path,
) -> None:
    person("report", "ASKAROV BEK", "1987")
    twice = replace(BEK, key="bek again", told=(Told("name", "Askarov Bek T."),))
    taken(tmp_path, *ALL, twice)
    keys = {one: key_of_entity(wanted().key, one) for one in ("bek", "bek again")}
    reported = cast.key("report")
    assert not Candidate.objects.as_system("test").exists()
    assert {frozenset((keys["bek"], reported)), frozenset(keys.values())} <= _likely()
    found = set(Candidate.objects.as_system("test").values_list("pk", flat=True))
    assert not taken(tmp_path, *ALL, twice)
    taken(tmp_path, *ALL, replace(twice, told=(Told("name", "Нурлан Сапаров"),)))
    assert _likely() == {frozenset((keys["bek"], reported))}
    assert set(Candidate.objects.as_system("test").values_list("pk", flat=True)) < found
    taken(tmp_path, PHONE)
    assert _likely() == set()


def test_of_whom_a_grade_that_is_gone_spoke_is_compared_again(tmp_path: Path) -> None:
    person("report", "ASKAROV BEK", "1987")
    name = Told("name", BEK.told[0].value)
    taken(tmp_path, replace(BEK, told=(name, Told("looks", "short", grading=B2))))
    assert len(_likely()) == 1
    taken(tmp_path, replace(BEK, told=(name,)))
    assert len(_likely()) == 1


def test_a_set_that_was_not_ended_is_not_compared(tmp_path: Path) -> None:
    person("report", "ASKAROV BEK", "1987")
    taken(tmp_path, *ALL)
    ImportSet.objects.as_system("test").update(digest="")
    assert _likely() == set()
    taken(tmp_path, *ALL)
    assert len(_likely()) == 1


def test_a_link_of_which_any_two_ends_are_there_leads_somewhere(tmp_path: Path) -> None:
    ends = [Told("user", "gone"), Told("user", "bek"), Told("used", "tel")]
    shared, lost = Item("use", "Use", tuple(ends)), Item("lost", "Use", (ends[0], ends[2]), line=7)
    findings = Findings()
    with looked_at(iter((BEK, PHONE, shared, lost)), findings, wanted(), tmp_path) as looked:
        take_in(looked, lambda _done, _all: None)
    assert [(one.flaw, one.line) for one in findings.first] == [(Flaw.END, 7)]
    assert Link.objects.as_system("test").count() == 1


def test_two_names_of_one_code_are_one_item_with_all_that_is_told_of_it(tmp_path: Path) -> None:
    named = Item("second", "CrossingPoint", (Told("code", "KG-DST"), Told("name", "Dostuk")))
    taken(tmp_path, POINT, named)
    found = _statements()
    assert found["CrossingPoint", "name"] == {"Dostuk"}
    assert not taken(tmp_path, POINT, named)
    assert taken(tmp_path, named, POINT)
    assert _statements() == found


@pytest.mark.parametrize("grades", [(A1, C3), (C3, A1)])
def test_what_is_graded_anew_is_the_same_entity_and_stays_judged(
    tmp_path: Path, grades: tuple[Grading, Grading]
) -> None:
    first, second = grades
    others = [Item(str(one), "Person", (Told("name", "Aida", "", one),)) for one in grades]
    taken(tmp_path, Item("bek", "Person", (Told("name", "Bek", "", first),)), *others)
    bek = Statement.objects.as_system("test").select_related("entity").get(value="Bek").entity
    twin = person("two", "Beksultan")
    who = Judge(BORDER, "KG-BDB-07", writes=True)
    key = Entity.objects.get(pk=twin).key
    judge(who, bek.key, key, Verdict.SAME, Why(Basis.RECORDS))
    taken(tmp_path, Item("bek", "Person", (Told("name", "Bek", "", second),)), *others)
    assert Entity.objects.get(key=bek.key).pk == bek.pk
    assert members(BORDER, [bek.pk])[bek.pk] == tuple(
        sorted((bek.pk, twin), key=lambda pk: Entity.objects.get(pk=pk).key)
    )


def test_what_was_begun_is_in_the_audit_whether_it_ends_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(loading._Loading, "all", cut_off)
    with pytest.raises(KeyboardInterrupt):
        taken(tmp_path, *ALL)
    told = AuditLine.objects.filter(action__startswith="records.import")
    assert [one.action for one in told] == ["records.import_begun"]
    monkeypatch.setattr(importing, "unload", cut_off)
    with pytest.raises(KeyboardInterrupt):
        take_back(wanted().key, "KG-BDB/0001")
    assert [one.action for one in told.all()][1:] == ["records.import_taking_back"]
