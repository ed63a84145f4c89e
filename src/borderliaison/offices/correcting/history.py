"""Corrections in words: who changed what of an office and when, before and after, on whose word."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from borderliaison.audit.services import SYSTEM
from borderliaison.offices.correcting.changes import stands
from borderliaison.offices.kinds import (
    ChangeKind,
    CrossingStatusKind,
    OfficeStatusKind,
    Precision,
)
from borderliaison.offices.models import NetworkChange, Officer
from borderliaison.offices.services import office_names
from borderliaison.offices.shown import wording

MAX_SHOWN = 50
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """What one row said; empty where there was, or is, none."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One correction.

    Attributes:
        number: by which it is undone.
        what: what it was about.
        who: the officer's name, or the administrator at the server.
        source: on whose word.
        undoes: the number of the correction that it took back.
        is_undone: it was taken back.
        can_undo: nothing of it was corrected since.
    """

    number: int
    at: datetime
    what: str
    who: str
    source: str
    rows: tuple[BeforeAfter, ...]
    undoes: int | None
    is_undone: bool
    can_undo: bool


@dataclass(frozen=True, slots=True)
class History:
    """The corrections of an office, the newest first, and how many there are in all."""

    changes: tuple[ShownChange, ...]
    total: int


def history_of(office: str) -> History:
    """Return what was corrected of an office."""
    changes = NetworkChange.objects.filter(office=office).order_by("-pk")
    rows = list(changes.select_related("undone_by")[:MAX_SHOWN])
    names = dict(Officer.objects.filter(pk__in={one.by for one in rows}).values_list("pk", "name"))
    return History(tuple(_shown(one, names) for one in rows), changes.count())


def show_change(change: NetworkChange) -> ShownChange:
    """Return one correction in words."""
    names = dict(Officer.objects.filter(pk=change.by).values_list("pk", "name"))
    return _shown(change, names)


def _shown(change: NetworkChange, names: Mapping[str, str]) -> ShownChange:
    undone = hasattr(change, "undone_by")
    return ShownChange(
        number=change.pk,
        at=change.at,
        what=str(ChangeKind(change.kind).label),
        who=_("administrator at the server")
        if change.by == SYSTEM
        else names.get(change.by, change.by),
        source=change.source,
        rows=tuple(_row(row) for row in change.rows),
        undoes=change.undoes_id,
        is_undone=undone,
        can_undo=not undone and stands(change),
    )


def _row(row: Values) -> BeforeAfter:
    before, after = row["before"], row["after"]
    if before is not None and after is not None and "aliases" in after:
        return _spellings(before["aliases"], after["aliases"])
    return BeforeAfter(*(_words(row["table"], row["row"], one) for one in (before, after)))


def _words(table: str, row: Values, changed: Values | None) -> str:
    if changed is None:
        return ""
    whole, lang = {**row, **changed}, get_language() or "en"
    match table:
        case "OfficeStatus":
            return f"{OfficeStatusKind(whole['status']).label} {_days(whole)}"
        case "CrossingStatus":
            return f"{CrossingStatusKind(whole['status']).label} {_days(whole)}"
        case "ReportingLine":
            return (
                f"{office_names(lang).get(whole['to_id'], whole['to_id'])} {_days(whole)}".strip()
            )
        case "Counterpart":
            names = office_names(lang)
            pair = " – ".join(names.get(whole[one], whole[one]) for one in ("one_id", "other_id"))
            return f"{pair} {_days(whole)}".strip()
        case _:
            return _place(changed)


def _place(values: Values) -> str:
    if values.get("latitude") is None:
        return ""
    accuracy = values["accuracy_km"]
    around = "" if accuracy is None else " " + _("± %(km)s km") % {"km": f"{accuracy:g}"}
    return f"{values['latitude']:.4f}, {values['longitude']:.4f}{around}"


def _days(values: Values) -> str:
    since = values.get("since")
    said = wording.since(date.fromisoformat(since), Precision.DAY) if since else ""
    if values.get("until"):
        said = f"{said} {wording.until(date.fromisoformat(values['until']))}"
    return said.strip()


def _spellings(before: list[Values], after: list[Values]) -> BeforeAfter:
    gone = [one["text"] for one in before if one not in after]
    come = [one["text"] for one in after if one not in before]
    return BeforeAfter(", ".join(gone), ", ".join(come))
