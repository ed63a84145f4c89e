"""Corrections of the network made here: each is kept with what stood before, so that it can be undone.

A correction is a set of rows with the values that it changed. It is undone only while those values
still stand, so that undoing never takes a later correction with it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.apps import apps
from django.db import models, transaction

from borderliaison.audit.services import record
from borderliaison.offices.errors import (
    ChangedSince,
    NothingToCorrect,
    SourceMissing,
    UnknownChange,
)
from borderliaison.offices.kinds import ChangeKind
from borderliaison.offices.models import NetworkChange

Values = Mapping[str, Any]
MAX_SOURCE = 200


@dataclass(slots=True)
class Correction:
    """A correction while it is made.

    Attributes:
        office: the code of the office that it is about.
        kind: what it is about.
        actor: who makes it.
        source: on whose word, or from which measurement.
        change: what was kept of it, once it is made.
    """

    office: str
    kind: ChangeKind
    actor: str
    source: str
    change: NetworkChange | None = None
    rows: list[dict[str, Any]] = field(default_factory=list)

    def set(self, row: models.Model, values: Values) -> None:
        """Give a row other values; nothing is kept where they are the same."""
        before = {name: _plain(getattr(row, name)) for name in values}
        after = {name: _plain(value) for name, value in values.items()}
        if before == after:
            return
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        self._keep(row, _values(row), before, after)

    def add(self, row: models.Model) -> None:
        """Write a new row."""
        row.save(force_insert=True)
        self._keep(row, _values(row), None, _values(row))

    def remove(self, row: models.Model) -> None:
        """Take a row away."""
        values = _values(row)
        self._keep(row, values, values, None)
        row.delete()

    def _keep(
        self, row: models.Model, whole: Values, before: Values | None, after: Values | None
    ) -> None:
        table = type(row).__name__
        one = {"table": table, "key": row.pk, "row": whole, "before": before, "after": after}
        self.rows.append(one)


@contextmanager
def correcting(
    office: str, kind: ChangeKind, *, actor: str, source: str, undoes: NetworkChange | None = None
) -> Iterator[Correction]:
    """Make a correction, in one transaction with what is kept of it.

    Raises:
        SourceMissing: nobody says where it is known from.
        NothingToCorrect: everything stood so already.
    """
    said = " ".join(source.split())[:MAX_SOURCE]
    if not said and undoes is None:
        raise SourceMissing("source")
    with transaction.atomic():
        correction = Correction(office, kind, actor, said)
        yield correction
        if not correction.rows:
            raise NothingToCorrect(office)
        correction.change = NetworkChange.objects.create(
            at=datetime.now(UTC),
            by=actor,
            office=office,
            kind=kind,
            source=said,
            rows=correction.rows,
            undoes=undoes,
        )


def undo(number: int, *, office: str, actor: str) -> NetworkChange:
    """Put back what stood before a correction.

    Args:
        number: the correction's.
        office: that it is about; a number of another office's correction is unknown here.
        actor: who undoes it.

    Returns:
        The new correction.

    Raises:
        UnknownChange: the office has none with this number.
        ChangedSince: it was undone, or corrected again, since.
    """
    with transaction.atomic():
        known = NetworkChange.objects.select_for_update().filter(pk=number, office=office).first()
        if known is None:
            raise UnknownChange(str(number))
        if NetworkChange.objects.filter(undoes=known).exists():
            raise ChangedSince(str(number))
        kind = ChangeKind(known.kind)
        with correcting(office, kind, actor=actor, source="", undoes=known) as correction:
            for row in reversed(known.rows):
                _put_back(correction, row)
        record("office.correction_undone", actor=actor, subject=office, change=str(number))
    return made(correction)


def made(correction: Correction) -> NetworkChange:
    """Return what was kept of a correction that is made.

    Raises:
        NothingToCorrect: it is not.
    """
    if correction.change is None:
        raise NothingToCorrect(correction.office)
    return correction.change


def stands(change: NetworkChange) -> bool:
    """Whether everything still is as a correction left it, so that it can be undone."""
    return all(_as_left(row)[1] for row in change.rows)


def _as_left(row: Values) -> tuple[models.Model | None, bool]:
    """Return the row that a correction touched, and whether it is as the correction left it."""
    model = apps.get_model("offices", row["table"])
    found = model._default_manager.filter(pk=row["key"]).first()
    if row["after"] is None or found is None:
        return found, found is None and row["after"] is None
    return found, all(_plain(getattr(found, name)) == one for name, one in row["after"].items())


def _put_back(correction: Correction, row: Values) -> None:
    found, is_as_left = _as_left(row)
    if not is_as_left:
        raise ChangedSince(f"{row['table']} {row['key']}")
    if found is None:
        model = apps.get_model("offices", row["table"])
        correction.add(model(pk=row["key"], **_typed(model, row["before"])))
    elif row["before"] is None:
        correction.remove(found)
    else:
        correction.set(found, _typed(type(found), row["before"]))


def _values(row: models.Model) -> dict[str, Any]:
    fields = [one for one in row._meta.concrete_fields if not one.primary_key]
    return {one.attname: _plain(getattr(row, one.attname)) for one in fields}


def _typed(model: type[models.Model], values: Values) -> dict[str, Any]:
    fields = {one.attname: one for one in model._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
