"""Short names, for lists and narrow columns: "Osh sector" for an office, "customs" for an agency.

The full names are in ``services``; what a short name leaves out, the page says elsewhere.
"""

from collections import defaultdict

from borderliaison.kernel.ids import AgencyCode, OfficeCode
from borderliaison.kernel.remembering import remembered
from borderliaison.offices.kinds import AgencyKind, OfficeKind
from borderliaison.offices.models import Office, OfficeAgency
from borderliaison.offices.services import all_agencies, all_offices

_SAID_SHORT = frozenset({OfficeKind.COORDINATION_CENTRE, OfficeKind.OPERATIONAL_SECTOR})


@remembered
def short_office_names(lang: str) -> dict[str, str]:
    """Return the names of all offices; of centres and sectors as officers say them."""
    return {one.code: _short(one, lang) for one in all_offices()}


@remembered
def short_agency_names(lang: str) -> dict[str, str]:
    """Return what each agency does, in a word or two; its full name where that says more."""
    return {
        one.code: (
            one.name_in(lang)
            if one.kind == AgencyKind.REGIONAL
            else str(AgencyKind(one.kind).label)
        )
        for one in all_agencies()
    }


@remembered
def agencies_by_office() -> dict[OfficeCode, tuple[AgencyCode, ...]]:
    """Return the agencies of every office, in one query."""
    found: dict[OfficeCode, list[AgencyCode]] = defaultdict(list)
    lines = OfficeAgency.objects.filter(until=None).values_list("office_id", "agency_id")
    for office, agency in lines:
        found[OfficeCode(office)].append(AgencyCode(agency))
    return {office: tuple(agencies) for office, agencies in found.items()}


def _short(office: Office, lang: str) -> str:
    name = office.name_in(lang)
    if office.kind not in _SAID_SHORT:
        return name
    said = [one["text"] for one in office.aliases if one["lang"] == lang]
    return next((text for text in said if len(text) < len(name)), name)
