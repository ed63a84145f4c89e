"""How large a marking may be, and whose officers a letter may name: the same for what goes and what comes.

A marking stands on every row and is compared with every reader, so what one letter brings weighs on every
page. Source: protocol PR-2 section 4.
"""

from typing import Final

from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import Marking

MAX_AUDIENCE_LINES: Final = 256
MAX_HANDLING_TEXT: Final = 500
"""Characters of the free text of H3."""
MAX_COUNTRIES: Final = 256
MAX_CODE: Final = 10
"""Characters of a code of the network: ``KG-BDB``."""
MAX_GRADING: Final = 32
"""Characters of each part of a grading."""


def is_oversize(marking: Marking) -> bool:
    """Whether a marking, or something in it, is larger than it may be."""
    lines = marking.audience.lines
    countries = marking.classification.countries
    if len(lines) > MAX_AUDIENCE_LINES or len(countries) > MAX_COUNTRIES:
        return True
    if len(marking.handling.text) > MAX_HANDLING_TEXT:
        return True
    codes = {
        marking.originator,
        *countries,
        *(code for x in lines for code in (x.office, x.agency)),
    }
    grading = (marking.grading.scheme, marking.grading.version, marking.grading.value)
    return any(len(code) > MAX_CODE for code in codes) or any(
        len(part) > MAX_GRADING for part in grading
    )


def is_officer_of(officer: str, office: OfficeCode) -> bool:
    """Whether an officer's id begins with the office's code; nobody is everybody's."""
    return not officer or officer.startswith(f"{office}/")
