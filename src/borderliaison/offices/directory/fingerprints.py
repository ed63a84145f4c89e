"""Fingerprints that two people compare by telephone in any language: groups of digits. Pure."""

import hashlib
from typing import Final

from borderliaison.kernel import canonical
from borderliaison.kernel.keys import OfficePublic

GROUPS: Final = 8
GROUP_DIGITS: Final = 5


def fingerprint(what: str, data: dict[str, object]) -> str:
    """Return 40 digits (about 132 bits) that stand for ``data``, in groups.

    Digits, because they are said and written the same way in all seven languages and three scripts.

    Args:
        what: what is fingerprinted, so that two kinds of data never share a fingerprint.
        data: plain data for canonical encoding.
    """
    digest = hashlib.sha256(canonical.encode([f"BL1/fingerprint/{what}", data])).digest()
    length = GROUPS * GROUP_DIGITS
    digits = str(int.from_bytes(digest) % 10**length).zfill(length)
    return " ".join(digits[at : at + GROUP_DIGITS] for at in range(0, length, GROUP_DIGITS))


def of_office(public: OfficePublic) -> str:
    """Return the fingerprint of an office's keys: its code, signing key and sealing key."""
    return fingerprint("office", public.to_data())


def same(one: str, other: str) -> bool:
    """Whether two fingerprints are the same, however they were grouped when they were typed."""
    digits = ["".join(c for c in text if c.isdigit()) for text in (one, other)]
    return digits[0] == digits[1] and len(digits[0]) == GROUPS * GROUP_DIGITS
