"""The people and organisations of the records as a table of DuckDB: folded and sorted, in little memory."""

from collections.abc import Callable, Collection, Iterator
from typing import Any, Final

import pyarrow as pa
from duckdb import DuckDBPyConnection

from borderliaison.records.interchange.errors import UnknownSet
from borderliaison.records.models import Entity, ImportSet, Source, Statement
from borderliaison.records.ontology.model import schemata
from borderliaison.records.resolution.candidates import MOST_WITH_A_CLUE, keep_clues
from borderliaison.records.resolution.clues import clues_of, sound_of
from borderliaison.records.resolution.looking import portraits_of
from borderliaison.records.resolution.portraits import Portrait

TABLE: Final = "compared"
_WHY: Final = (
    "who may be one is looked for among all; each reader sees the pairs of which he may read both"
)
_AT_ONCE: Final = 2000
_LISTS: Final = (
    "parts", "sounds", "countries", "numbers", "documents", "phones", "things", "clues",
)  # fmt: skip
_SCHEMA: Final = pa.schema(
    [
        ("id", pa.string()), ("kind", pa.string()), ("report", pa.int64()), ("wanted", pa.bool_()),
        ("name", pa.string()), ("born", pa.string()), ("sex", pa.string()), ("parts_n", pa.int32()),
        *((name, pa.list_(pa.string())) for name in _LISTS),
    ]
)  # fmt: skip
_WITHOUT_COMMON_CLUES: Final = """
CREATE OR REPLACE TABLE compared AS
WITH each AS (SELECT id, unnest(clues) AS clue FROM compared),
telling AS (SELECT clue FROM each GROUP BY clue HAVING count(*) BETWEEN 2 AND ?),
kept AS (SELECT id, list(clue) AS clues FROM each JOIN telling USING (clue) GROUP BY id)
SELECT compared.* EXCLUDE (clues), coalesce(kept.clues, []) AS clues
FROM compared LEFT JOIN kept USING (id)
"""


def fill(
    database: DuckDBPyConnection, progress: Callable[[int], None], of: Collection[int] | None = None
) -> int:
    """Write everybody into the table, and return how many rows it has; keep the clues of all on the way.

    Args:
        database: where it is made anew.
        progress: told how many entities were read.
        of: the numbers of the sources whose people and organisations are wanted; None for all.
    """
    database.register("nobody", _SCHEMA.empty_table())
    database.execute("CREATE OR REPLACE TABLE compared AS SELECT * FROM nobody")
    done = 0
    for pks in _entities():
        rows = pa.Table.from_pylist(_rows(pks, of), schema=_SCHEMA)
        database.register("some_rows", rows)
        database.execute("INSERT INTO compared SELECT * FROM some_rows")
        done += len(pks)
        progress(done)
    database.execute(_WITHOUT_COMMON_CLUES, [MOST_WITH_A_CLUE])
    (found,) = database.execute("SELECT count(*) FROM compared").fetchall()
    return int(found[0])


def sources_of(of_set: str) -> list[int]:
    """Return the numbers of the sources of an imported set.

    Raises:
        UnknownSet: there is no set with this key.
    """
    found = ImportSet.objects.as_system(_WHY).filter(key=of_set).first()
    if found is None:
        raise UnknownSet(of_set[:32])
    return list(found.parts.values_list("source_id", flat=True))


def kinds() -> list[str]:
    """Return the kinds of records that are compared in bulk: whom no number joins by itself."""
    return [
        name for name, one in schemata().items() if one.is_a("LegalEntity") and one.is_matchable
    ]


def _entities() -> Iterator[list[int]]:
    last = 0
    while some := list(
        Entity.objects.filter(schema__in=kinds(), pk__gt=last)
        .order_by("pk")
        .values_list("pk", flat=True)[:_AT_ONCE]
    ):
        yield some
        last = some[-1]


def _rows(pks: list[int], of: Collection[int] | None) -> list[dict[str, Any]]:
    reports, found = _reports(pks), portraits_of(pks)
    keep_clues(found)
    wanted = set(pks) if of is None else _said_by(pks, of)
    return [_row(one, reports.get((one.pk, one.marking)), one.pk in wanted) for one in found]


def _said_by(pks: list[int], of: Collection[int]) -> set[int]:
    said = Statement.objects.as_system(_WHY).filter(entity__in=pks, source__in=of)
    return set(said.values_list("entity_id", flat=True).distinct())


def _row(one: Portrait, report: int | None, is_wanted: bool) -> dict[str, Any]:
    """Return an entity as a row; what is not known is NULL, which weighs nothing."""
    name = max(one.names, key=lambda parts: (len(parts), parts), default=())
    belongings: dict[str, list[str]] = {}
    for number in sorted(one.belongings):
        belongings.setdefault(number.split(maxsplit=1)[0], []).append(number)
    documents, phones = belongings.pop("document", None), belongings.pop("phone", None)
    return {
        "id": f"{one.pk}:{one.marking}",
        "kind": one.schema,
        "report": report,
        "wanted": is_wanted,
        "name": " ".join(name) or None,
        "parts": list(name) or None,
        "sounds": [sound_of(part) for part in name] or None,
        "parts_n": len(name),
        "born": max(one.born, key=lambda date: (len(date), date), default=None),
        "sex": min(one.sex, default=None),
        "countries": sorted(one.countries) or None,
        "numbers": sorted(" ".join(number) for number in one.numbers) or None,
        "documents": documents,
        "phones": phones,
        "things": sorted(number for some in belongings.values() for number in some) or None,
        "clues": list(clues_of(one)),
    }


def _reports(pks: list[int]) -> dict[tuple[int, int], int]:
    """Return the report of which each entity is; two of one report are known to be two."""
    said = Statement.objects.as_system(_WHY).filter(entity__in=pks, source__kind=Source.Kind.REPORT)
    rows = said.values_list("entity_id", "marking_id", "source_id").distinct()
    return {(pk, marking): source for pk, marking, source in rows}
