"""An audit line is written once: the model refuses to change or to lose one, and so does the table."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from borderliaison.audit.models import AuditIsAppendOnly, AuditLine
from borderliaison.audit.services import record

pytestmark = pytest.mark.django_db

QUERIES: dict[str, Callable[[AuditLine], object]] = {
    "update": lambda line: AuditLine.objects.all().update(actor="nobody"),
    "filtered update": lambda line: AuditLine.objects.filter(pk=line.pk).update(actor="nobody"),
    "delete": lambda line: AuditLine.objects.all().delete(),
    "base manager": lambda line: AuditLine._base_manager.filter(pk=line.pk).delete(),
    "raw delete": lambda line: AuditLine.objects.filter(pk=line.pk)._raw_delete("default"),
    "save without asking": lambda line: line.save_base(),
    "bulk update": lambda line: AuditLine.objects.bulk_update([line], ["actor"]),
    "update or create": lambda line: AuditLine.objects.update_or_create(
        pk=line.pk, defaults={"actor": "nobody"}
    ),
    "bulk create over it": lambda line: AuditLine.objects.bulk_create(
        [line], update_conflicts=True, update_fields=["actor"], unique_fields=["id"]
    ),
}
REPLACE = (
    "INSERT OR REPLACE INTO audit_auditline"
    " SELECT id, at, 'nobody', action, subject, realm, ids FROM audit_auditline"
)
STATEMENTS = [
    "UPDATE audit_auditline SET actor = 'nobody'",
    "DELETE FROM audit_auditline",
    REPLACE if connection.vendor == "sqlite" else "TRUNCATE audit_auditline CASCADE",
]


@pytest.fixture
def line() -> AuditLine:
    return record("item.opened", actor="KG-BDB/0003", subject="a" * 32, thread="b" * 32)


def _written() -> list[str]:
    return list(AuditLine.objects.values_list("actor", flat=True))


def test_a_line_is_not_changed(line: AuditLine) -> None:
    line.actor = "KG-BDB/0001"
    with pytest.raises(AuditIsAppendOnly):
        line.save()


def test_a_line_is_not_deleted(line: AuditLine) -> None:
    with pytest.raises(AuditIsAppendOnly):
        line.delete()


@pytest.mark.parametrize("how", QUERIES)
def test_no_query_changes_or_deletes_lines(line: AuditLine, how: str) -> None:
    with pytest.raises(AuditIsAppendOnly), transaction.atomic():
        QUERIES[how](line)
    assert _written() == ["KG-BDB/0003"]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_no_statement_changes_or_deletes_lines(line: AuditLine, statement: str) -> None:
    with (
        pytest.raises(IntegrityError, match="E-AUD-01"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert _written() == ["KG-BDB/0003"]


def test_lines_are_added_one_by_one_and_many_at_once(line: AuditLine) -> None:
    more = [AuditLine(at=line.at, actor=f"KG-BDB/000{n}", realm="live") for n in (4, 5)]
    AuditLine.objects.bulk_create(more)
    assert _written() == ["KG-BDB/0003", "KG-BDB/0004", "KG-BDB/0005"]
