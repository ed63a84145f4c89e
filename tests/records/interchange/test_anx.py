"""i2 charts: ours come back as they went out, others' come in with all that they say."""

import io
from dataclasses import replace

import pytest
from defusedxml.ElementTree import fromstring

from borderliaison.kernel.marking import Grading
from borderliaison.records.interchange.errors import BinaryChart, UnreadableFile
from borderliaison.records.interchange.findings import Findings, Flaw
from borderliaison.records.interchange.formats.anx import ANX
from borderliaison.records.interchange.formats.anx_reading import read
from borderliaison.records.interchange.formats.anx_writing import write
from borderliaison.records.interchange.formats.known import format_of
from borderliaison.records.interchange.imports.intake import taken_in
from borderliaison.records.interchange.items import Item, Place, Told, ends_of, merged
from tests.records.interchange.cast import B2, BEK, PHONE, POINT, USES, chosen, said_again

CHART = """<?xml version="1.0"?><Chart>
<GradeOne><StringCollection><String Text="A Always"/><String Text="B"/><String Text="C"/>
<String Text="X"/></StringCollection></GradeOne>
<GradeTwo><StringCollection><String Text="1"/><String Text="2"/><String Text="3"/><String Text="4"/>
</StringCollection></GradeTwo>
<ChartItemCollection>
<ChartItem Label="Bek" GradeOneIndex="1" GradeTwoIndex="1" Description="tall"><End X="3" Y="-7">
<Entity EntityId="1" Identity="P1"><Icon><IconStyle Type="Man"/></Icon><CardCollection>
<Card Summary="Seen" Text="at Dostuk" SourceReference="R 7" GradeOneIndex="0" GradeTwoIndex="0"
 DateSet="true" DateTime="2026-05-12T00:00:00.000"/></CardCollection></Entity></End>
<AttributeCollection><Attribute AttributeClass="Birth date" Value="1987"/>
<Attribute AttributeClass="Shoe size" Value="43"/></AttributeCollection></ChartItem>
<ChartItem Label="+996555000111"><End X="0" Y="0"><Entity EntityId="2" Identity="T1">
<Icon><IconStyle Type="Cell phone"/></Icon></Entity></End></ChartItem>
<ChartItem Label="Bek's lorry"><End><Entity EntityId="3" Identity="V1"><Icon>
<IconStyle Type="Spaceship"/></Icon></Entity></End></ChartItem>
<ChartItem Label="uses" DateSet="true" TimeSet="true" DateTime="2026-05-12T03:30:00.000">
<Link End1Id="2" End2Id="1"><LinkStyle ArrowStyle="ArrowOnTail" Type="User of"/></Link></ChartItem>
<ChartItem Label="twice"><Link End1Id="1" End2Id="3"><LinkStyle Type="Drives"/></Link></ChartItem>
<ChartItem Label="twice"><Link End1Id="1" End2Id="3"><LinkStyle Type="Drives"/></Link></ChartItem>
<ChartItem Label="lost"><Link End1Id="1" End2Id="9"><LinkStyle Type="Drives"/></Link></ChartItem>
</ChartItemCollection></Chart>"""


def _read(text: str) -> tuple[list[Item], Findings]:
    findings = Findings()
    found = taken_in(read(io.BytesIO(text.encode()), findings), findings, "KG")
    return list(found), findings


def test_what_goes_out_comes_back_but_for_its_languages() -> None:
    paper = Item("doc", "TravelDocument", (Told("number", "A1"), Told("holder", "bek")))
    bek = replace(BEK, told=(*BEK.told, Told("name", "Bek")), place=Place(10, -20))
    sent = (bek, PHONE, POINT, paper, USES)
    file = io.BytesIO()
    write(chosen(*sent), file)
    file.seek(0)
    found: dict[str, list[Item]] = {}
    for one in taken_in(read(file, findings := Findings()), findings, "KG"):
        found.setdefault(one.key, []).append(one)
    back = [merged(some) for some in found.values()]
    plain = [replace(one, told=tuple(replace(t, language="") for t in one.told)) for one in sent]
    assert findings.total == 0
    assert said_again(iter(back)) == said_again(iter(plain))
    assert next(one.place for one in back if one.key == "bek") == Place(10, -20)


@pytest.mark.parametrize("stands_as", ["box", "circle", "text", "frame", "line", ""])
def test_an_item_comes_back_as_what_it_stood(stands_as: str) -> None:
    file = io.BytesIO()
    write(chosen(replace(BEK, place=Place(10, -20, stands_as))), file)
    file.seek(0)
    (bek,) = taken_in(read(file, findings := Findings()), findings, "KG")
    assert (bek.schema, bek.place) == ("Person", Place(10, -20, stands_as))


def test_a_line_is_as_strong_as_its_surest_source() -> None:
    held = (Told("user", "bek"), Told("used", "tel", grading=Grading("4x4", "1", "C3")))
    firm = Item("firm", "Use", (*held, Told("used", "tel", grading=Grading("4x4", "1", "A1"))))
    papers = Item("doc", "TravelDocument", (Told("number", "A1"), Told("holder", "bek")))
    write(chosen(BEK, PHONE, papers, Item("held", "Use", held), firm), file := io.BytesIO())
    chart = fromstring(file.getvalue().decode("utf-16").partition("?>")[2])
    styles = {one.get("Name"): one.get("DotStyle") for one in chart.iter("Strength")}
    assert styles == {
        "Default": "DotStyleSolid", "Confirmed": "DotStyleSolid",
        "Unconfirmed": "DotStyleDashed", "Tentative": "DotStyleDotted",
    }  # fmt: skip
    lines = [one.get("Strength") for one in chart.iter("LinkStyle")]
    assert lines == ["Tentative", "Unconfirmed", "Confirmed"]


def test_others_charts_come_in_with_kinds_grades_cards_and_places() -> None:
    found, findings = _read(CHART)
    bek, phone, strange, uses, *drives = found
    assert (bek.schema, phone.schema, strange.schema) == ("Person", "Phone", "Asset")
    assert bek.place == Place(3, -7)
    said = {one.prop: (one.value, one.grading.value) for one in bek.told if one.prop != "notes"}
    assert said == {
        "name": ("Bek", "B2"),
        "birthDate": ("1987", "B2"),
        "description": ("tall", "B2"),
    }
    notes = {one.value: one.grading for one in bek.told if one.prop == "notes"}
    assert notes["Shoe size: 43"] == B2
    assert [one.value for one in notes.values()] == ["A1", "B2"]
    assert strange.values("keywords") == ["Spaceship"]
    assert (uses.schema, ends_of(uses)) == ("Use", ("P1", "T1"))
    assert uses.values("startDate") == ["2026-05-12T03:30:00"]
    assert [(one.schema, one.values("role")) for one in drives] == [("UnknownLink", ["Drives"])] * 2
    assert drives[0].key != drives[1].key
    assert findings.counts == {(Flaw.END, "Link"): 1}


def test_icons_without_an_identity_are_their_kind_and_number_whatever_they_are_called() -> None:
    icon = (
        '<ChartItem Label="Kordai"><End X="1" Y="2"><Entity EntityId="{}"{}><Icon>'
        '<IconStyle Type="{}"/></Icon></Entity></End></ChartItem>'
    )
    own = [(1, "", "Person"), (2, "", "Vehicle"), (3, "", "Person"), (4, ' Identity="1"', "Person")]
    icons = "".join(icon.format(*one) for one in own)
    found, _ = _read(f"<Chart><ChartItemCollection>{icons}</ChartItemCollection></Chart>")
    assert [one.schema for one in found] == ["Person", "Vehicle", "Person", "Person"]
    assert len({one.key for one in found}) == len(own)


def test_a_binary_chart_is_refused_with_what_to_do() -> None:
    with pytest.raises(BinaryChart) as refused:
        format_of("Chart.ANB")
    assert "*.anx" in refused.value.hint
    with pytest.raises(BinaryChart):
        list(read(io.BytesIO(b"\xd0\xcf\x11\xe0\xa1"), Findings()))
    assert format_of("Chart.ANX") == ANX


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]><Chart>&b;</Chart>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><Chart/>',
        "<Chart><ChartItem></Chart>",
        "<graphml/>",
        "",
    ],
)
def test_what_is_no_safe_chart_is_refused(text: str) -> None:
    with pytest.raises(UnreadableFile):
        _read(text)
