"""The marking of a set that is taken in: any that a report of this office may bear, and who gave it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from borderliaison.forms.gradings import load_scale
from borderliaison.kernel.ids import CountryCode, OfficeCode
from borderliaison.kernel.marking import (
    ANY_AGENCY,
    Audience,
    Classification,
    Handling,
    HandlingCodes,
    Level,
    Marking,
)
from borderliaison.kernel.realm import LIVE, Realm
from borderliaison.offices.errors import AgencyNotInOffice
from borderliaison.offices.services import agencies_in, find_office
from borderliaison.records.interchange.errors import HandlingUnsaid
from borderliaison.records.interchange.items import UNGRADED

MAX_HANDLING_TEXT: Final = 200


@dataclass(frozen=True, slots=True)
class SetMarking:
    """What was chosen of a set's marking.

    Attributes:
        is_open: whether it is open; else for official use.
        handling: codes ``H0`` to ``H3``. Without any, H2 holds for what another office gave: it is asked
            before it goes on. ``H0`` by itself says that nothing is restricted.
        handling_text: what H3 asks for.
        agencies: of this office, who read it; none means all.
        scheme: of the grade.
        grade: of all of it: ``B2``; empty where it is not graded.
        given_by: the office that gave it and keeps control of it; empty means this one.
    """

    is_open: bool = False
    handling: Sequence[str] = ()
    handling_text: str = ""
    agencies: Sequence[str] = ()
    scheme: str = ""
    grade: str = ""
    given_by: str = ""

    def of(self, office: OfficeCode, realm: Realm = LIVE) -> Marking:
        """Return the marking of a set that this office takes in.

        Raises:
            UnknownGrading: the grade is none of its scheme.
            HandlingUnsaid: H3 without what it asks for, or that without H3.
            UnknownOffice: the network has no office that gave it.
            AgencyNotInOffice: who is to read it does not work here.
        """
        giver = find_office(self.given_by).code if self.given_by not in ("", office) else office
        strange = {*self.agencies} - {*agencies_in(office)}
        if strange:
            raise AgencyNotInOffice(min(strange))
        level = Level.OPEN if self.is_open else Level.OFFICIAL
        countries = frozenset() if self.is_open else frozenset({CountryCode(office[:2])})
        return Marking(
            realm=realm,
            classification=Classification(level, countries),
            handling=self._codes(is_ours=giver == office),
            audience=Audience.of(*[(office, one) for one in self.agencies or (ANY_AGENCY,)]),
            originator=OfficeCode(giver),
            grading=load_scale(self.scheme).grade(self.grade) if self.grade else UNGRADED,
        )

    def _codes(self, *, is_ours: bool) -> HandlingCodes:
        codes = frozenset(Handling(one) for one in self.handling)
        if not codes and not is_ours:
            codes = frozenset({Handling.H2})
        text = " ".join(self.handling_text.split())
        if (Handling.H3 in codes) != bool(text):
            raise HandlingUnsaid
        return HandlingCodes(codes, text)
