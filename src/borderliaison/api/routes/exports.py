"""Giving records out as a file: what of a selection the officer may read and take along."""

from dataclasses import replace
from pathlib import Path
from typing import IO, Annotated, Any, Final

from django.conf import settings
from django.http import FileResponse, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from borderliaison.accounts.services import account_of, reader_of
from borderliaison.api.calls import caller_of
from borderliaison.api.errors import NotThere, NotUnderstood, Wrong
from borderliaison.api.limits import TURNS
from borderliaison.api.routes.sets import found_set
from borderliaison.api.shapes import Key, Name
from borderliaison.charts.kept.keeping import open_chart
from borderliaison.charts.kept.standing import places_on
from borderliaison.charts.network.groups import numbers_of
from borderliaison.records.interchange.errors import UnknownFormat
from borderliaison.records.interchange.exports.asked import of_keys, of_set
from borderliaison.records.interchange.exports.exporting import Exporter, export
from borderliaison.records.interchange.exports.handing import file_name, handed_out
from borderliaison.records.interchange.exports.selecting import Selection
from borderliaison.records.interchange.formats.known import WRITTEN, format_named
from borderliaison.records.interchange.whose import check_task
from borderliaison.records.ontology.model import schemata

router = Router()
MAX_KEYS: Final = 100
_GIVEN: Final = {
    "responses": {
        200: {
            "description": "OK",
            "content": {
                one.media_type: {} if one.media_type.endswith("json")
                else {"schema": {"type": "string", "format": "binary"}}
                for one in WRITTEN
            },
        }
    }
}  # fmt: skip
FormatName = Annotated[
    str, Field(max_length=20, json_schema_extra={"enum": [one.name for one in WRITTEN]})
]


class Chosen(Schema):
    """What goes out: some records, a chart's, or a set's; all where nothing is said.

    ``purpose`` is a code of the list ``request_purpose`` and stands in the audit. ``kind`` leaves only
    things of these schemata, with the links among them.
    """

    purpose: Name
    record: list[Key] = Field(default_factory=list, max_length=MAX_KEYS)
    chart: Key | None = None
    set_key: Key | None = None
    kind: list[Annotated[str, Field(max_length=40)]] = Field(default_factory=list, max_length=20)


@router.get("/exports/{format}", summary="Records as a file", openapi_extra=_GIVEN)
def export_records(request: HttpRequest, format: FormatName, said: Query[Chosen]) -> Any:  # noqa: A002
    """Return a file with what the officer may read and take along of it, each thing once.

    What another office keeps to itself (H2) is withheld and counted. The file says its marking, and an
    audit line says that it was given out. ANX and GEXF have a chart's things, or a set's, where they stand.
    A token gets one file at a time.
    """
    account = account_of(request)
    check_task(account)
    try:
        target = format_named(format)
    except UnknownFormat as error:
        raise NotThere(format) from error
    selection = _selection(request, said)
    exporter = Exporter(
        account.officer_id, reader_of(request), settings.NODE.office, said.purpose,
        get_language() or "en",
    )  # fmt: skip

    def write(file: IO[bytes], folder: Path) -> None:
        export(exporter, selection, target, file, folder)

    with TURNS.take(caller_of(request).token.pk):
        written = handed_out(write)
    return FileResponse(
        written, as_attachment=True, filename=file_name(target), content_type=target.media_type
    )


def _selection(request: HttpRequest, said: Chosen) -> Selection:
    """Return what is asked for.

    Raises:
        NotUnderstood: more than one thing is asked for at once, or a kind is none.
        NoSuchChart, NotThere: the chart or the set is not there for the officer.
    """
    if sum((bool(said.record), said.chart is not None, said.set_key is not None)) > 1:
        sentence = _("Say one of “record”, “chart” and “set_key”.")
        raise NotUnderstood(wrong=[Wrong("query", sentence)])
    strange = [one for one in said.kind if one not in schemata()]
    if strange:
        sentence = _("There is no such kind of record.")
        raise NotUnderstood(wrong=[Wrong(f"kind.{one}", sentence) for one in strange])
    kinds = frozenset(said.kind)
    if said.chart is not None:
        version = open_chart(account_of(request), said.chart).version
        standing = places_on(version.content)
        return replace(of_keys(_("Records"), list(standing), standing), schemata=kinds)
    if said.set_key is not None:
        found = of_set(reader_of(request), found_set(request, said.set_key).key)
        if found is not None:
            return replace(found, schemata=kinds)
    chosen = numbers_of(said.record).values() if said.record else None
    return Selection(_("Records"), chosen, kinds)
