"""A chart as one file that is looked at anywhere: it asks no server, and holds what its taker may read.

Whoever has the file has all of it, so nothing hidden goes along, and nothing that its origin does not let
out. What is said is data in it, never markup: the file's own script writes it, and no other may run.
"""

import base64
import hashlib
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from json import JSONEncoder
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.dateformat import format as date_format
from django.utils.html import json_script
from django.utils.safestring import mark_safe
from django.utils.timezone import get_current_timezone_name, localtime

from borderliaison.charts.errors import BadContent, MayNotLeave
from borderliaison.charts.kept.content import MAX_ITEMS
from borderliaison.charts.network.behind import lines_behind
from borderliaison.charts.network.gathering import gathered
from borderliaison.charts.network.groups import Groups
from borderliaison.charts.network.known import Known, grade_of, known_of, told_of_all
from borderliaison.charts.network.pieces import Piece
from borderliaison.charts.network.sayings import LinkFact, facts_among, rows_among
from borderliaison.charts.reading import key, record, several
from borderliaison.charts.taken.picturing import Taking, lines_of
from borderliaison.charts.wording.page import words
from borderliaison.forms.codes import load_codes
from borderliaison.kernel.policy import Reader
from borderliaison.markings.models import MarkingRow
from borderliaison.records.interchange.exports.permitted import may_leave
from borderliaison.records.models import Link, Statement
from borderliaison.records.shown.purpose import LIST
from borderliaison.records.shown.sources import SourceLine
from borderliaison.sql.within import within
from borderliaison.ui import manifest

MAX_FILED: Final = 5000
"""Items in one file: a browser reads it whole before it draws anything."""
_VALUES: Final = ("degree", "betweenness", "closeness", "eigenvector", "core", "bridges")
_GROUPS: Final = ("community", "component")


@dataclass(frozen=True, slots=True)
class Shown:
    """A chart as the page shows it.

    Attributes:
        name: of the chart, saved or not.
        content: what is on it.
        measures: as they were computed, each by the places of ``keys``; None where they were not.
    """

    name: str
    content: Mapping[str, Any]
    measures: Mapping[str, Any] | None


def keys_of(content: Mapping[str, Any]) -> list[str]:
    """Return the keys of what is not hidden."""
    return [one["key"] for one in content["items"] if not one.get("hidden")]


def measures_in(sent: object) -> dict[str, Any] | None:
    """Read measures as the page has them: what each is, of which items, in their order.

    Raises:
        BadContent: they are of another form.
    """
    if sent is None:
        return None
    given = record(sent, {"keys", "values", *_GROUPS})
    keys = several(given["keys"], MAX_ITEMS, key)
    values = record(given["values"], set(_VALUES))
    read = {name: several(values[name], MAX_ITEMS, _finite) for name in _VALUES}
    groups = {name: several(given[name], MAX_ITEMS, _whole) for name in _GROUPS}
    if any(len(one) != len(keys) for one in (*read.values(), *groups.values())):
        raise BadContent("measures of other items")
    return {"keys": keys, "values": read, **groups}


def file_of(taking: Taking, shown: Shown, lang: str) -> str:
    """Return the file.

    Args:
        taking: who takes what.
        shown: the chart.
        lang: in which language.

    Raises:
        MayNotLeave: on it is what its origin does not let out.
    """
    reader = taking.account.reader()
    groups = known_of(reader, taking.keys)
    rows = rows_among(reader, groups)
    _let_out(reader, groups, rows)
    lines = lines_of(taking, lang)
    facts = facts_among(reader, rows, lang)
    data = {
        "name": shown.name,
        "marking": lines.marking,
        "taken": lines.taken,
        "purpose": load_codes(LIST).text(taking.purpose, lang),
        "content": _content(shown.content, set(taking.keys)),
        "piece": _looked_at(gathered(reader, list(taking.keys), (), lang)).as_data(),
        "measures": _measures_of(shown.measures, set(taking.keys)),
        "items": {one.key: _told(one) for one in told_of_all(reader, groups, lang)},
        "links": {" ".join(pair): [_linked(one) for one in some] for pair, some in facts.items()},
        "words": words(),
        "icons": _built("icons.svg"),
    }
    script = _built("chart-file.js").replace("</script", "<\\/script")
    styles = _built("chart-file.css")
    context = {
        "lang": lang,
        "name": shown.name,
        "zone": get_current_timezone_name(),
        "policy": _policy(script, styles),
        "styles": mark_safe(styles),  # noqa: S308 - our own, as it was built
        "script": mark_safe(script),  # noqa: S308 - likewise
        "data": json_script(data, "chart", _Encoder),
    }
    return render_to_string("charts/file.html", context)


def _let_out(
    reader: Reader, groups: Groups, rows: Mapping[tuple[str, str], Collection[Link]]
) -> None:
    """Look whether all that goes along may leave.

    Raises:
        MayNotLeave: something may not.
    """
    stays = {
        one.key
        for one in groups.profiles.values()
        for value in one.values
        for saying in value.sayings
        if not may_leave(saying.marking, reader.office)
    }
    for pair, some in rows.items():
        if not all(may_leave(row.marking.value, reader.office) for row in some):
            stays.update(pair)
    stays.update(_with_words_that_stay(reader, groups))
    if stays:
        raise MayNotLeave(sorted(stays))


def _with_words_that_stay(reader: Reader, groups: Groups) -> Iterator[str]:
    """Yield both ends of each line on which words stand that may not leave."""
    said = Statement.objects.readable_by(reader)
    said = said.filter(within("entity", lines_behind(reader, groups.keys.keys())))
    markings = MarkingRow.objects.in_bulk(set(said.values_list("marking_id", flat=True)))
    stay = [pk for pk, row in markings.items() if not may_leave(row.value, reader.office)]
    records = set(said.filter(marking__in=stay).values_list("entity_id", flat=True))
    drawn = Link.objects.readable_by(reader).filter(within("entity", records))
    for ends in drawn.values_list("begin_id", "end_id"):
        yield from (groups.keys[pk] for pk in ends if pk in groups.keys)


def _content(content: Mapping[str, Any], keys: Collection[str]) -> dict[str, Any]:
    """Return what is on the chart without what is hidden, and without what only a server has."""
    items = [
        {
            name: value
            for name, value in one.items()
            if name != "picture" and not (name == "into" and value not in keys)
        }
        for one in content["items"]
        if one["key"] in keys
    ]
    snapshots = [
        {**one, **{name: [k for k in one[name] if k in keys] for name in ("shown", "selected")}}
        for one in content["snapshots"]
    ]
    return {**content, "items": items, "snapshots": snapshots, "merged": []}


def _measures_of(
    measures: Mapping[str, Any] | None, keys: Collection[str]
) -> dict[str, Any] | None:
    """Return the measures without those of what is hidden."""
    if measures is None:
        return None
    kept = [at for at, one in enumerate(measures["keys"]) if one in keys]

    def of(some: Sequence[Any]) -> list[Any]:
        return [some[at] for at in kept]

    return {
        "keys": of(measures["keys"]),
        "values": {name: of(some) for name, some in measures["values"].items()},
        **{name: of(measures[name]) for name in _GROUPS},
    }


class _Encoder(JSONEncoder):
    """Writes values of our own by the names of their parts."""

    def default(self, o: Any) -> Any:
        return {one.name: getattr(o, one.name) for one in fields(o)}


def _looked_at(piece: Piece) -> Piece:
    """Return what goes along of the items: what else says amounts and places was not looked at."""
    items = tuple(replace(one, amounts={}, place="") for one in piece.items)
    return replace(piece, items=items)


def _told(one: Known) -> list[dict[str, Any]]:
    return [
        {
            "label": fact.label,
            "values": [
                {"words": value.words, "sources": [_source(line) for line in value.sources]}
                for value in fact.values
            ],
        }
        for fact in one.facts
    ]


def _linked(one: LinkFact) -> dict[str, Any]:
    sources = [_source(line) for line in one.sources]
    return {"label": one.when, "values": [{"words": one.label, "sources": sources}]}


def _source(line: SourceLine) -> dict[str, str]:
    labels = line.marks.labels
    marking = (labels.classification, *labels.handling, labels.audience)
    return {
        "office": line.office,
        "title": line.title,
        "at": date_format(localtime(line.said_at), "j E Y H:i"),
        "original": line.original,
        "grade": grade_of(line),
        "marking": " · ".join(filter(None, marking)),
    }


def _policy(script: str, styles: str) -> str:
    """Return what the file lets a browser do: run this script, and ask nobody anything."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(styles)}'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _built(name: str) -> str:
    name_built: str = manifest.entry(name)["file"]
    return (manifest.BUILD / name_built).read_text(encoding="utf-8")


def _finite(sent: object) -> float:
    if isinstance(sent, bool) or not isinstance(sent, (int, float)) or not abs(sent) < math.inf:
        raise BadContent("no number")
    return float(sent)


def _whole(sent: object) -> int:
    if isinstance(sent, bool) or not isinstance(sent, int):
        raise BadContent("no number")
    return sent
