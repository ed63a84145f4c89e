"""Columns of bytes that are read as ``bytes`` on every database."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    _Octets = models.BinaryField[bytes, bytes]
    _MaybeOctets = models.BinaryField[bytes | None, bytes | None]
else:  # Django's own fields cannot be subscripted when they run
    _Octets = _MaybeOctets = models.BinaryField


class OctetsField(_Octets):
    """Bytes. Django's own column promises no more than something like bytes."""

    def from_db_value(
        self, value: Any, _expression: Any, _connection: BaseDatabaseWrapper
    ) -> bytes | None:
        """Return what the driver gave, as ``bytes``."""
        return None if value is None else bytes(value)


class MaybeOctetsField(_MaybeOctets):
    """Bytes, or nothing."""

    def __init__(self, **options: Any) -> None:
        """Make the column; it may be empty."""
        super().__init__(**{**options, "null": True})

    def from_db_value(
        self, value: Any, _expression: Any, _connection: BaseDatabaseWrapper
    ) -> bytes | None:
        """Return what the driver gave, as ``bytes``."""
        return None if value is None else bytes(value)
