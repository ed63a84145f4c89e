"""An audit line is written once."""

import pytest

from borderliaison.audit.models import AuditIsAppendOnly
from borderliaison.audit.services import record

pytestmark = pytest.mark.django_db


def test_a_line_is_not_changed() -> None:
    line = record("item.opened", actor="KG-BDB/0003", subject="a" * 32, thread="b" * 32)
    line.actor = "KG-BDB/0001"
    with pytest.raises(AuditIsAppendOnly):
        line.save()


def test_a_line_is_not_deleted() -> None:
    with pytest.raises(AuditIsAppendOnly):
        record("item.opened", actor="system", subject="x").delete()
