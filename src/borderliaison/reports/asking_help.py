"""What helps who writes a request: the usual times to answer, and whether it was asked before."""

from collections.abc import Mapping
from datetime import timedelta
from math import ceil
from typing import Any, Final

from borderliaison.correspondence.cover import Cover
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.requests.deadlines import What, time_for
from borderliaison.correspondence.requests.duplicates import AskedBefore, asked_before
from borderliaison.forms.codes import load_codes
from borderliaison.kernel.ids import OfficeCode
from borderliaison.reports.asking import subjects_of
from borderliaison.reports.forms_offered import REQUEST
from borderliaison.reports.models import Draft
from borderliaison.ui.parts.due import span

OFFERED: Final = ("Immediate", "Expected", "Future")
HOUR: Final = timedelta(hours=1)


def times_offered(cover: Cover, own: OfficeCode, lang: str) -> list[tuple[str, int]]:
    """Return the times that are usual between these countries: in words, and in hours from now.

    Where several countries are asked, each urgency has the longest of their times.
    """
    asked = sorted({one.partition(":")[0] for one in cover.to} or {own})
    words = load_codes("cap_urgency")
    offered = []
    for urgency in OFFERED:
        longest = max(time_for(What.ANSWER, urgency, own, OfficeCode(one)) for one in asked)
        offered.append((f"{words.text(urgency, lang)}: {span(longest)}", ceil(longest / HOUR)))
    return offered


def before_of(
    acting: Acting, lang: str, draft: Draft, values: Mapping[str, Any]
) -> tuple[AskedBefore, ...]:
    """Return earlier requests about what a draft asks about, as far as this officer may read them.

    Args:
        acting: who writes.
        lang: his language.
        draft: of any form.
        values: its checked values.
    """
    if draft.form != REQUEST:
        return ()
    return asked_before(subjects_of(values), acting, lang, (draft.source,))
