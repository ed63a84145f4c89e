"""Register numbers: gapless for each office, year and realm; ``KG-BDB-2026-0117``.

The number is taken in the transaction that saves the report: what is rolled back leaves no gap.
"""

from django.db import transaction

from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.realm import Realm
from borderliaison.reports.models import RegisterLine

EXERCISE_PREFIX = "EX-"


def next_number(office: OfficeCode, year: int, realm: Realm) -> str:
    """Take the next number of this office's register.

    Args:
        office: whose register it is.
        year: of the office's local date.
        realm: an exercise has a register of its own, with numbers that say so.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a number is taken with its report")
    RegisterLine.objects.get_or_create(office=office, year=year, realm=str(realm))
    line = RegisterLine.objects.select_for_update().get(office=office, year=year, realm=str(realm))
    line.last += 1
    line.save(update_fields=["last"])
    prefix = EXERCISE_PREFIX if realm.is_exercise else ""
    return f"{prefix}{office}-{year}-{line.last:04}"
