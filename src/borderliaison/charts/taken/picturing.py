"""Taking a chart away: under which marking it goes, for what, and who took it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.dateformat import format as date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from borderliaison.accounts.models import Account
from borderliaison.charts.kept.keeping import Opened
from borderliaison.charts.kept.strictest import strictest
from borderliaison.charts.network.photographs import markings_of
from borderliaison.kernel.marking import Marking, PageMarking
from borderliaison.kernel.realm import LIVE
from borderliaison.wording.marks import labels_of


@dataclass(frozen=True, slots=True)
class Taking:
    """What an officer takes away, or shows to others.

    Attributes:
        account: who takes it.
        opened: the chart, whose name and notes go along.
        keys: of the items that it shows, saved or not.
        purpose: for what, a code.
        photographs: the keys of the files that are seen on it.
        came: the markings of the charts whose words came into it since it was saved.
    """

    account: Account
    opened: Opened
    keys: Collection[str]
    purpose: str
    photographs: Collection[str] = ()
    came: Collection[Marking] = ()

    def line(self) -> dict[str, str]:
        """Return what an audit line says of it."""
        return {
            "actor": self.account.officer_id, "subject": self.opened.chart.key,
            "realm": self.account.realm, "version": str(self.opened.version.number),
            "items": str(len(self.keys)), "purpose": self.purpose,
        }  # fmt: skip

    def file_name(self, ending: str) -> str:
        """Return how it is called as a file: by the chart's key and the day, and by no name on it."""
        exercise = "" if self.account.realm == str(LIVE) else "exercise-"
        return f"{exercise}{self.opened.chart.key}-{localtime().date().isoformat()}.{ending}"

    def marking(self) -> PageMarking:
        """Return the strictest marking of what is taken."""
        own, reader = self.opened.version.marking.value, self.account.reader()
        seen = markings_of(reader, self.photographs)
        return PageMarking.of({own, strictest(reader, self.keys), *seen, *self.came})


@dataclass(frozen=True, slots=True)
class Lines:
    """What stands on what is taken away.

    Attributes:
        marking: in words, above and below.
        taken: by whom and when.
    """

    marking: str
    taken: str


def lines_of(taking: Taking, lang: str) -> Lines:
    """Return what must stand on what is taken away, in the words of a language."""
    labels = labels_of(taking.marking(), lang)
    words = (labels.classification, *labels.handling, labels.audience)
    exercise = () if taking.account.realm == str(LIVE) else (_("EXERCISE"),)
    at = localtime()
    return Lines(
        " · ".join(one for one in (*exercise, *words) if one),
        f"{taking.account.officer_id} · {date_format(at, 'j E Y H:i')} UTC{at.isoformat()[-6:]}",
    )
