"""The base of every row that carries a marking.

Invariant: a row that carries a marking is reached through ``readable_by(reader)``; a query that was
not filtered refuses to run, also as part of another. What the system does for itself says so:
``as_system("why")``. From a marked row a foreign key leads on to rows of the same marking alone, since
whoever was let see the one was let see that marking. SQL that is written by hand passes all of this; a test
of the architecture knows each place and why it is there.
"""

from collections.abc import AsyncIterator, Iterator
from functools import cache
from typing import Any, NoReturn, Self, TypeVar, cast

from django.db import models
from django.db.models.base import ModelBase
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

    def aiterator(self, chunk_size: int = 2000) -> AsyncIterator[RowT]:
        """Stream the rows."""
        self._guard()
        return super().aiterator(chunk_size)

    def raw(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: SQL by hand would pass the filter."""
        raise UnfilteredRead(f"{self.model.__name__} is not read by raw()")

    def explain(self, *, format: str | None = None, **options: Any) -> str:  # noqa: A002  # its name
        """Say how the database would run it."""
        self._guard()
        return super().explain(format=format, **options)

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """Become part of another query."""
        self._guard()
        return super().resolve_expression(*args, **kwargs)

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


class FollowedQuerySet(QuerySet[RowT]):
    """What Django asks for itself: a foreign key that is followed, a row that is read again.

    Django says from which row it came; from a marked one it finds rows of that marking, or refuses.
    """

    def _fetch_all(self) -> None:
        is_fresh = self._result_cache is None
        super()._fetch_all()
        come_from = self._hints.get("instance")  # type: ignore[attr-defined]  # not in the stubs
        if is_fresh and isinstance(come_from, MarkedModel):
            self._compare(come_from)

    def _compare(self, come_from: "MarkedModel") -> None:
        marking = come_from.__dict__.get("marking_id")
        for row in self._result_cache or ():
            there = row.__dict__.get("marking_id") if isinstance(row, MarkedModel) else None
            if there is not None and there != marking and not _is_same(row, come_from):
                raise UnfilteredRead(f"{self.model.__name__} of another marking was followed to")


def _is_same(row: models.Model, other: models.Model) -> bool:
    """Whether a row was read again; its marking may have been changed since."""
    return type(row) is type(other) and row.pk == other.pk


@cache
def _following(model: type[models.Model]) -> "models.Manager[Any]":
    manager: models.Manager[Any] = FollowedQuerySet.as_manager()
    manager.model, manager.name, manager.auto_created = model, "_base_manager", True
    return manager


class _Following(ModelBase):
    """Gives each marked model the manager by which Django asks for itself; no migration knows of it."""

    @property
    def _base_manager(self) -> "models.Manager[Any]":
        return _following(self)


class MarkedModel(models.Model, metaclass=_Following):
    """A row that carries a marking."""

    marking = models.ForeignKey(MarkingRow, on_delete=models.PROTECT, related_name="+")

    objects = MarkedQuerySet.as_manager()

    class Meta:
        abstract = True
