"""Writing down that an officer opened a chart."""

from borderliaison.accounts.models import Account
from borderliaison.audit.services import record
from borderliaison.charts.kept.keeping import Opened


def note_opened(account: Account, opened: Opened, purpose: str = "") -> None:
    """Write down that an officer opened a chart, which version of it and for what.

    A program says in the line of its call for what it asks.
    """
    record(
        "chart.opened", actor=account.officer_id, subject=opened.chart.key, realm=account.realm,
        version=str(opened.version.number), **({"purpose": purpose} if purpose else {}),
    )  # fmt: skip
