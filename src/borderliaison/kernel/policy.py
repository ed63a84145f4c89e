"""The one reading policy: a pure decision on (reader, marking), with a reason that can be shown.

Nothing else in the system decides who may read. Handling codes limit the use and the passing on of
what one may read (H1: court, H2: dissemination), so they never appear here.
"""

from dataclasses import dataclass
from enum import StrEnum

from borderliaison.kernel.ids import AgencyCode, CountryCode, OfficeCode
from borderliaison.kernel.marking import Level, Marking
from borderliaison.kernel.realm import LIVE, Realm


@dataclass(frozen=True, slots=True)
class Reader:
    """What the policy knows of an officer. Two officers with the same profile read the same.

    Attributes:
        office: where the officer works.
        agency: the agency that the officer belongs to.
        country: of the office.
        clearance: the highest level that the officer is admitted to.
        realm: where the officer works now: live, or one exercise.
    """

    office: OfficeCode
    agency: AgencyCode
    country: CountryCode
    clearance: Level = Level.OPEN
    realm: Realm = LIVE


class Reason(StrEnum):
    """Why the policy decided as it did. ``reason.label`` is in ``markings.wording``."""

    ADDRESSED = "addressed"
    ORIGINATOR = "originator"
    OTHER_REALM = "other_realm"
    CLEARANCE = "clearance"
    NOT_ADDRESSED = "not_addressed"
    OTHER_AGENCY = "other_agency"


@dataclass(frozen=True, slots=True)
class Decision:
    """The policy's answer."""

    allowed: bool
    reason: Reason

    def __bool__(self) -> bool:
        return self.allowed


def decide_read(reader: Reader, marking: Marking) -> Decision:
    """Decide whether ``reader`` may read what carries ``marking``.

    Default deny: the first rule that refuses gives the reason.
    """
    if reader.realm != marking.realm:
        return Decision(False, Reason.OTHER_REALM)
    offices = {line.office for line in marking.audience.lines}
    if reader.office not in offices:
        return Decision(False, Reason.NOT_ADDRESSED)
    if not marking.audience.includes(reader.office, reader.agency):
        return Decision(False, Reason.OTHER_AGENCY)
    if reader.clearance < marking.classification.level:
        return Decision(False, Reason.CLEARANCE)
    originator = reader.office == marking.originator
    return Decision(True, Reason.ORIGINATOR if originator else Reason.ADDRESSED)
