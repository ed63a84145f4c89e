"""The weight of a network's table is a number of its lines, which adds up."""

import io
from pathlib import Path

import pytest

from borderliaison.charts.network.finding import Wish, found
from borderliaison.charts.network.gathering import gathered
from borderliaison.records.interchange.findings import Findings
from borderliaison.records.interchange.imports.intake import taken_in
from borderliaison.records.interchange.imports.specs.known import shipped
from borderliaison.records.interchange.imports.specs.mapping import mapped
from borderliaison.records.interchange.imports.specs.spec import parse_spec
from borderliaison.records.interchange.imports.specs.tables import read_table
from borderliaison.records.models import Entity
from tests.records.cast import BORDER
from tests.records.interchange.cast import taken

pytestmark = pytest.mark.django_db
TABLE = b"source,target,weight\nN2,N1,52.0\nN1,N2,3\nN3,N1,4.5\nN3,N2,often\n"


def test_weights_of_a_table_are_amounts_of_its_lines_and_add_up(tmp_path: Path) -> None:
    findings = Findings()
    spec = parse_spec(shipped()["network"], "network.yaml")
    lines = read_table(io.BytesIO(TABLE), findings).lines
    taken(tmp_path, *taken_in(mapped(spec, lines, findings), findings, "KG"))
    keys = list(Entity.objects.filter(schema="Person").values_list("key", flat=True))
    piece = gathered(BORDER, keys, (), "en")
    names = {one.key: one.name for one in piece.items}
    said = {(names[one.begin], names[one.end]): one.amounts for one in piece.links}
    assert said[("N2", "N1")] == {"weight": 52.0}
    assert said[("N3", "N1")] == {"weight": 4.5}
    assert {one.label for one in piece.links} == {"linked to"}
    answer = found(BORDER, Wish("most_weight", (), (), 2, False, False, None), "en")
    most = {names[way[0]]: n for way, n in zip(answer.ways, answer.values, strict=True)}
    assert most == {"N1": 59.5, "N2": 55.0, "N3": 4.5}
    assert set(answer.units) == {"weight"}
