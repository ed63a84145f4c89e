"""What a form must be told of the network: this office's zone, names, and what fields begin with."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from borderliaison.correspondence.people import Acting
from borderliaison.forms.context import Directory
from borderliaison.forms.words import Words
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.remembering import remembered
from borderliaison.offices.services import (
    agencies_in,
    all_agencies,
    all_crossings,
    all_offices,
    counterparts_of,
    reporting_line,
    this_office,
    zone_of,
)


class _Named(Protocol):
    code: str
    names: Any


class _Names(Mapping[str, Words]):
    """Names by code, the own country's first; asked for when the first of them is.

    Args:
        ask: for everything that has such a name.
        own: country.
    """

    def __init__(self, ask: Callable[[], Iterable[_Named]], own: str) -> None:
        self._ask, self._own = ask, own

    @cached_property
    def _words(self) -> dict[str, Words]:
        ordered = sorted(self._ask(), key=lambda one: (one.code[:2] != self._own, one.code))
        return {one.code: Words(dict(one.names)) for one in ordered}

    def __getitem__(self, code: str) -> Words:
        return self._words[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)


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

        return Directory(
            offices=_Names(all_offices, own),
            crossings=_Names(all_crossings, own),
            agencies=_Names(all_agencies, own),
        )

    def given(self, acting: Acting, lang: str) -> Mapping[str, Any]:
        """Return what fields may begin with: language, crossing point, reporting agencies."""
        own = acting.author.office
        office = next((one for one in all_offices() if one.code == own), None)
        now = datetime.now(ZoneInfo(self.zone())).strftime("%Y-%m-%d %H:%M")
        found: dict[str, Any] = {
            "now": now,
            "language": lang,
            "agencies": [acting.author.agency],
        }
        if office is not None and office.crossing_id:
            found["crossing"] = office.crossing_id
        kinds = self.point_kinds(own)
        if len(kinds) == 1:
            found["point_kind"] = next(iter(kinds))
        return found

    def point_kinds(self, office: OfficeCode) -> frozenset[str]:
        """Return the kinds of an office's crossing point; none where it has no such point."""
        crossing = next((one.crossing_id for one in all_offices() if one.code == office), None)
        found = next((one for one in all_crossings() if one.code == crossing), None)
        return frozenset(found.kinds) if found is not None else frozenset()

    def addressed_first(self, office: OfficeCode) -> tuple[str, ...]:
        """Return who is addressed unless the officer chooses otherwise: the reporting line."""
        return reporting_line(office)

    def facing(self, office: OfficeCode) -> tuple[str, ...]:
        """Return the counterparts across the border."""
        return counterparts_of(office)


NETWORK = Network()
