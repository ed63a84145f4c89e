"""What a form must be told of the network: this office's zone, names, and what fields begin with."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from borderliaison.correspondence.people import Acting
from borderliaison.forms.context import Directory
from borderliaison.forms.words import Words
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.remembering import remembered
from borderliaison.offices.models import Agency, CrossingPoint, Office
from borderliaison.offices.services import (
    agencies_in,
    counterparts_of,
    reporting_line,
    this_office,
    zone_of,
)


class Network:
    """The network of this node, as forms see it."""

    def zone(self) -> str:
        """Return the IANA time zone of this office."""
        return zone_of(this_office())

    @remembered
    def offered(self) -> Directory:
        """Return the names to offer in a form: of agencies, those that work in this office."""
        whole = self.directory()
        own = agencies_in(this_office())
        agencies = {code: words for code, words in whole.agencies.items() if code in own}
        return replace(whole, agencies=agencies)

    @remembered
    def directory(self) -> Directory:
        """Return the names of offices, crossing points and agencies; the own country's first."""
        own = this_office()[:2]

        def words(rows: Any) -> dict[str, Words]:
            ordered = sorted(rows, key=lambda one: (one.code[:2] != own, one.code))
            return {one.code: Words(dict(one.names)) for one in ordered}

        return Directory(
            offices=words(Office.objects.all()),
            crossings=words(CrossingPoint.objects.all()),
            agencies=words(Agency.objects.all()),
        )

    def given(self, acting: Acting, lang: str) -> Mapping[str, Any]:
        """Return what fields may begin with: language, crossing point, reporting agencies."""
        office = Office.objects.filter(pk=acting.author.office).first()
        now = datetime.now(ZoneInfo(self.zone())).strftime("%Y-%m-%d %H:%M")
        found: dict[str, Any] = {
            "now": now,
            "language": lang,
            "agencies": [acting.author.agency],
        }
        if office is not None and office.crossing_id:
            found["crossing"] = office.crossing_id
        return found

    def addressed_first(self, office: OfficeCode) -> tuple[str, ...]:
        """Return who is addressed unless the officer chooses otherwise: the reporting line."""
        return reporting_line(office)

    def facing(self, office: OfficeCode) -> tuple[str, ...]:
        """Return the counterparts across the border."""
        return counterparts_of(office)


NETWORK = Network()
