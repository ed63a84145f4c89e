"""Writing down that an officer opened a chart."""

from borderliaison.accounts.models import Account
from borderliaison.audit.services import record
from borderliaison.charts.kept.keeping import Opened


def note_opened(account: Account, opened: Opened) -> None:
    """Write down that an officer opened a chart, and which version of it."""
    record(
        "chart.opened", actor=account.officer_id, subject=opened.chart.key, realm=account.realm,
        version=str(opened.version.number),
    )  # fmt: skip
