"""Reports of this office that came back from a peer: their register numbers are never given again.

What cannot be known: the numbers of reports that were lost here and that no peer has given back, because
they waited for a second officer, were not sealed yet, or went to offices that could not be asked.
"""

import re
from typing import Final

from django.conf import settings

from borderliaison.correspondence.models import Item
from borderliaison.kernel.realm import Realm
from borderliaison.reports.content import ReportContent
from borderliaison.reports.models import RegisterLine
from borderliaison.reports.numbers import EXERCISE_PREFIX

_NUMBER: Final = re.compile(
    rf"(?:{EXERCISE_PREFIX})?(?P<office>[A-Z]{{2}}-[A-Z0-9]+)-(?P<year>\d{{4}})-(?P<last>\d{{4,9}})"
)


def number_is_used(item: Item) -> None:
    """Note in the register that an own report has its number, in the transaction that makes it again."""
    said = _NUMBER.fullmatch(ReportContent.from_data(item.content).number)
    if said is None or said["office"] != settings.BLO_OFFICE:
        return
    realm = str(Realm.parse(item.thread.realm))
    line, _new = RegisterLine.objects.get_or_create(
        office=said["office"], year=int(said["year"]), realm=realm
    )
    line = RegisterLine.objects.select_for_update().get(pk=line.pk)
    if line.last < int(said["last"]):
        line.last = int(said["last"])
        line.save(update_fields=["last"])
