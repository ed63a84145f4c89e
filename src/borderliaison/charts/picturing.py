"""Taking a picture of a chart away: under which marking it goes, and who took it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.dateformat import format as date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from borderliaison.accounts.models import Account
from borderliaison.audit.services import record
from borderliaison.charts.keeping import Opened
from borderliaison.charts.strictest import strictest
from borderliaison.kernel.marking import PageMarking
from borderliaison.kernel.realm import LIVE
from borderliaison.wording.marks import labels_of


@dataclass(frozen=True, slots=True)
class Lines:
    """What stands on a picture of a chart.

    Attributes:
        marking: in words, above and below.
        taken: by whom and when.
    """

    marking: str
    taken: str


def taken(account: Account, opened: Opened, keys: Collection[str], lang: str) -> Lines:
    """Note that an officer takes a picture; return what must stand on it.

    Args:
        account: who takes it.
        opened: the chart, whose name and notes are on the picture too.
        keys: of the items that it shows, saved or not.
        lang: in which words are written.
    """
    record(
        "chart.pictured", actor=account.officer_id, subject=opened.chart.key, realm=account.realm,
        version=str(opened.version.number), items=str(len(keys)),
    )  # fmt: skip
    markings = {opened.version.marking.value, strictest(account.reader(), keys)}
    labels = labels_of(PageMarking.of(markings), lang)
    words = (labels.classification, *labels.handling, labels.audience)
    exercise = () if account.realm == str(LIVE) else (_("EXERCISE"),)
    at = localtime()
    return Lines(
        " · ".join(one for one in (*exercise, *words) if one),
        f"{account.officer_id} · {date_format(at, 'j E Y H:i')} UTC{at.isoformat()[-6:]}",
    )
