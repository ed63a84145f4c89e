"""The codes of the network: a country, a hyphen, three letters. Pure."""

import re
from typing import Final

from borderliaison.kernel.errors import MalformedData
from borderliaison.kernel.ids import CountryCode

_CODE: Final = re.compile(r"[A-Z]{2}-[A-Z]{3}")


def is_code(code: str) -> bool:
    """Whether this has the form of an office's or agency's code."""
    return _CODE.fullmatch(code) is not None


def country_of(code: str) -> CountryCode:
    """Return the country of an office or agency: ``KG`` of ``KG-BDB``.

    Raises:
        MalformedData: it is not a code of the network.
    """
    if not is_code(code):
        raise MalformedData(f"not a code of the network: {code!r}")
    return CountryCode(code[:2])


def crosses_border(one: str, other: str) -> bool:
    """Whether what goes from one office to the other crosses a border; the region is no country."""
    return country_of(one) != country_of(other)
