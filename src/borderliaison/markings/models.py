"""The base of every row that carries a marking.

Invariant: a row that carries a marking is reached through ``readable_by(reader)``; a query that was
not filtered refuses to run. What the system does for itself says so: ``as_system("why")``.
"""

from collections.abc import Iterator
from typing import Any, Self, TypeVar, cast

from django.db import models
from django.db.models.query import QuerySet

from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.policy import Reader
from borderliaison.markings.interned import MarkingRow
from borderliaison.markings.services import readable_ids


class UnfilteredRead(LiaisonError):
    """A marked row was asked for without saying who reads."""

    code = "E-MRK-01"


__all__ = ["MarkedModel", "MarkedQuerySet", "MarkingRow", "UnfilteredRead"]

RowT = TypeVar("RowT", bound=models.Model)


class MarkedQuerySet(QuerySet[RowT]):
    """A query that runs only after it was told who reads."""

    _filtered = False

    def _clone(self) -> Self:
        clone = cast("Self", super()._clone())  # type: ignore[misc]
        clone._filtered = self._filtered
        return clone

    def _combine_guard(self, other: Any) -> None:
        if isinstance(other, MarkedQuerySet) and not (self._filtered and other._filtered):
            raise UnfilteredRead("both sides of a combined query need readable_by")

    def __and__(self, other: Any) -> Self:
        self._combine_guard(other)
        return super().__and__(other)

    def __or__(self, other: Any) -> Self:
        self._combine_guard(other)
        return super().__or__(other)

    def readable_by(self, reader: Reader) -> Self:
        """Keep what this reader may read: the one filter of the one policy."""
        kept = self.filter(marking_id__in=readable_ids(reader))
        kept._filtered = True
        return kept

    def as_system(self, why: str) -> Self:
        """Lift the filter for what no officer sees the result of, and say why."""
        if not why:
            raise UnfilteredRead("as_system needs a reason")
        lifted = self._chain()  # type: ignore[attr-defined]
        lifted._filtered = True
        return cast("Self", lifted)

    def _guard(self) -> None:
        if not self._filtered:
            raise UnfilteredRead(f"{self.model.__name__} was read without readable_by")

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._guard()
        super()._fetch_all()

    def iterator(self, chunk_size: int | None = None) -> Iterator[RowT]:
        """Stream the rows."""
        self._guard()
        return super().iterator(chunk_size)

    def count(self) -> int:
        """Count what the reader may read."""
        self._guard()
        return super().count()

    def exists(self) -> bool:
        """Say whether there is anything that the reader may read."""
        self._guard()
        return super().exists()

    def _combinator_query(self, combinator: str, *other_qs: Any, all: bool = False) -> Self:  # noqa: A002
        for other in other_qs:
            self._combine_guard(other)
        return cast("Self", super()._combinator_query(combinator, *other_qs, all=all))  # type: ignore[misc]

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Aggregate over what the reader may read."""
        self._guard()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        """Change rows that the caller has said he may reach."""
        self._guard()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete rows that the caller has said he may reach."""
        self._guard()
        return super().delete()


class MarkedModel(models.Model):
    """A row that carries a marking."""

    marking = models.ForeignKey(MarkingRow, on_delete=models.PROTECT, related_name="+")

    objects = MarkedQuerySet.as_manager()

    class Meta:
        abstract = True
