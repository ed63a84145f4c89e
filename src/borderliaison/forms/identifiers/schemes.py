"""The schemes of numbers: how each is cleaned, what form it has, where its check digit stands."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from borderliaison.forms.folding import folded
from borderliaison.forms.identifiers import digits

_BETWEEN: Final = re.compile(r"[\s.\-‐-―/()№#]+")
_LOOK_ALIKES: Final = str.maketrans("АВЕКМНОРСТУХІЅЈҮ", "ABEKMHOPCTYXISJY")
"""Cyrillic capitals that look like Latin ones: a Russian keyboard types them without showing it."""


def in_latin(number: str) -> str:
    """Return capitals as Latin ones, where nothing but look-alikes was typed."""
    latin = number.translate(_LOOK_ALIKES)
    return latin if latin.isascii() else number


def plain_number(text: str) -> str:
    """Return a number in capitals, without what stands between its signs."""
    return in_latin(_BETWEEN.sub("", text.upper()))


def compared_number(text: str) -> str:
    """Return a number as it is compared: Cyrillic letters are the Latin ones they look or sound like."""
    latin = _BETWEEN.sub("", text.upper()).translate(_LOOK_ALIKES)
    return "".join(sign if sign.isascii() else folded(sign).upper() for sign in latin)


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme by which things are numbered.

    Attributes:
        name: as form files name it.
        about: its form in a few words.
        source: where the form and the check digit are published.
        pattern: what a cleaned number must be.
        example: a right number, as it is shown.
        check: returns the sign that should stand at ``place``; None where the scheme has none.
        place: where the check digit stands.
        shown: how a cleaned number is written: groups of so many signs.
        lead: what may stand before the number and is no part of it.
        instead: what stands in the place of the lead.
        raw: whether hyphens and slashes belong to the number.
    """

    name: str
    about: str
    source: str
    pattern: re.Pattern[str]
    example: str
    check: Callable[[str], str] | None = None
    place: int = -1
    shown: tuple[int, ...] = ()
    lead: re.Pattern[str] | None = None
    instead: str = ""
    raw: bool = False

    def cleaned(self, text: str) -> str:
        """Return a number as it is kept: capitals, Latin where only look-alikes were typed."""
        number = text.upper().strip()
        if self.lead is not None:
            number = self.lead.sub(self.instead, number, count=1)
        return in_latin(" ".join(number.split())) if self.raw else plain_number(number)

    def fits(self, number: str) -> bool:
        """Whether a cleaned number has the form of the scheme."""
        return self.pattern.fullmatch(number) is not None

    def digit_wanted(self, number: str) -> str:
        """Return the check digit that a number of the right form should have, if it has another."""
        wanted = self.check(number) if self.check is not None else ""
        return wanted if wanted and number[self.place] != wanted else ""

    def written(self, number: str) -> str:
        """Return a cleaned number in groups, as it stands on the thing."""
        if sum(self.shown) != len(number):
            return number
        groups, start = [], 0
        for size in self.shown:
            groups.append(number[start : start + size])
            start += size
        return " ".join(groups)


def _of(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


SCHEMES: Final = {
    one.name: one
    for one in (
        Scheme(
            "wagon",
            "8 digits on the 1520 mm gauge, 12 digits of the UIC; the last one checks the others",
            "UIC leaflet 438-2; OSJD leaflet O 402; eight-digit numbering of the 1520 mm gauge",
            _of(r"[0-9]{8}|[0-9]{12}"),
            "45488855",
            digits.luhn,
        ),
        Scheme(
            "container",
            "three letters of the owner, U, J or Z, six digits, a check digit",
            "ISO 6346:2022",
            _of(r"[A-Z]{3}[UJZ][0-9]{7}"),
            "CSQU 305438 3",
            digits.container,
            shown=(4, 6, 1),
        ),
        Scheme(
            "imo_ship",
            "seven digits, the last one checks the others",
            "IMO resolution A.1117(30)",
            _of(r"[0-9]{7}"),
            "9074729",
            digits.ship,
            lead=re.compile(r"^(IMO|ИМО)[\s:№.-]*"),
        ),
        Scheme(
            "vin",
            "17 letters and digits without I, O and Q; the ninth checks the others where the "
            "maker's country asks for it (first sign 1 to 5, or L)",
            "ISO 3779:2009; 49 CFR 565.15; GB 16735",
            _of(r"[A-HJ-NPR-Z0-9]{17}"),
            "1M8GDM9AXKP042788",
            digits.vehicle,
            place=8,
        ),
        Scheme(
            "flight",
            "the airline's two or three signs, up to four digits, a letter if there is one",
            "IATA Standard Schedules Information Manual, chapter 2; ICAO Doc 8585",
            _of(r"([A-Z]{3}|[A-Z][A-Z0-9]|[0-9][A-Z])[0-9]{1,4}[A-Z]?"),
            "HY602",
        ),
        Scheme(
            "cmr",
            "the number that the carrier gave the consignment note: up to 20 signs, a digit among them",
            "CMR Convention, articles 5 and 6: the form is the carrier's own; it has no check digit",
            _of(r"(?=.*[0-9])[0-9A-Z][0-9A-Z /-]{0,19}"),
            "KG-014872",
            lead=re.compile(r"^CMR[\s:№.-]+"),
            raw=True,
        ),
        Scheme(
            "tir_carnet",
            "two letters and eight or nine digits",
            "TIR Convention, annex 1; EU transit rule R0990 (an10 or an11). How the letters follow "
            "from the digits is the IRU's and not published: the form alone is checked",
            _of(r"[A-Z]{2}[0-9]{8,9}"),
            "XQ 78451234",
            shown=(2, 8),
        ),
        Scheme(
            "smgs",
            "the number of the consignment: up to 10 digits, letters of a series before them",
            "SMGS, annex 1 (rules of carriage), box 29 “number of the consignment”; it has no check digit",
            re.compile(r"[A-ZА-Я]{0,4}[0-9]{4,10}"),
            "31877654",
            lead=re.compile(r"^(СМГС|SMGS)[\s:№.-]+"),
        ),
        Scheme(
            "awb",
            "three digits of the airline, seven of the waybill, a check digit",
            "IATA Resolution 600a",
            _of(r"[0-9]{11}"),
            "250 12345675",
            digits.waybill,
            shown=(3, 8),
        ),
        Scheme(
            "travel_document",
            "five to fourteen letters and digits, as printed on the data page",
            "ICAO Doc 9303, part 3, 4.2.2; national identity cards. The check digit is of the "
            "machine-readable zone and not of the number",
            re.compile(r"(?=.*[0-9])[A-ZА-ЯӀІҚҒҲҶӮӢҮӨҢӘ0-9]{5,14}"),
            "AC1234567",
        ),
        Scheme(
            "phone",
            "+, the country's code and the number: 8 to 15 digits",
            "ITU-T E.164 (11/2010)",
            _of(r"\+[1-9][0-9]{7,14}"),
            "+996555010117",
            lead=re.compile(r"^00(?=[1-9])"),
            instead="+",
        ),
        Scheme(
            "seal",
            "up to 20 letters and digits, a digit among them",
            "ISO 17712:2013, 4.4: the maker's own numbering; it has no check digit",
            re.compile(r"(?=.*[0-9])[A-ZА-Я0-9/-]{2,20}"),
            "KZ4471902",
        ),
        Scheme(
            "imei",
            "15 digits, the last one checks the others",
            "3GPP TS 23.003, 6.2.1 and annex B",
            _of(r"[0-9]{15}"),
            "490154203237518",
            digits.luhn,
        ),
    )
}
"""Every scheme by its name in form files."""
