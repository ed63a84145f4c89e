"""Check digits: what the last sign of a number should be, so that a misread one is noticed.

Each function takes the whole number, as cleaned and matched by its scheme, and returns the sign that
should stand at the scheme's place; empty where this number carries none.
"""

from typing import Final

_LETTERS: Final = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (number for number in range(10, 39) if number % 11),
        strict=True,
    )
)
"""ISO 6346: letters count from 10 on, and multiples of 11 are left out."""
_VIN_VALUES: Final = {
    **dict(zip("ABCDEFGH", range(1, 9), strict=True)),
    **dict(zip("JKLMN", range(1, 6), strict=True)),
    **{"P": 7, "R": 9},
    **dict(zip("STUVWXYZ", range(2, 10), strict=True)),
}
_VIN_WEIGHTS: Final = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_BY_LAW: Final = frozenset("12345L")


def luhn(number: str) -> str:
    """Return the last digit by weights 2 and 1 from the right, digits of products summed.

    Source: UIC leaflet 438-1 and 438-2, annex; the eight-digit numbering of wagons of the 1520 mm
    gauge; ISO/IEC 7812-1, annex B (IMEI: 3GPP TS 23.003, annex B).
    """
    total = 0
    for place, sign in enumerate(reversed(number[:-1])):
        product = int(sign) * (1 if place % 2 else 2)
        total += product // 10 + product % 10
    return str(-total % 10)


def container(number: str) -> str:
    """Return the last digit of a freight container's number.

    Source: ISO 6346:2022, annex A: values by letter, doubling weights, modulo 11, ten written as 0.
    """
    values = (_LETTERS[one] if one.isalpha() else int(one) for one in number[:-1])
    total = sum(value << place for place, value in enumerate(values))
    return str(total % 11 % 10)


def ship(number: str) -> str:
    """Return the last digit of a ship's number.

    Source: IMO resolution A.1117(30): the six digits before it times 7 to 2; the last digit of the sum.
    """
    return str(
        sum(int(one) * weight for one, weight in zip(number, range(7, 1, -1), strict=False)) % 10
    )


def waybill(number: str) -> str:
    """Return the last digit of an air waybill's number.

    Source: IATA Resolution 600a: the seven digits of the serial number modulo 7.
    """
    return str(int(number[3:10]) % 7)


def vehicle(number: str) -> str:
    """Return the ninth sign of a vehicle's number; empty where the maker's country asks for none.

    Source: ISO 3779:2009; 49 CFR 565.15 (North America, first sign 1 to 5); GB 16735 (China, L).
    """
    if number[0] not in _VIN_BY_LAW:
        return ""
    values = (_VIN_VALUES[one] if one.isalpha() else int(one) for one in number)
    rest = sum(value * weight for value, weight in zip(values, _VIN_WEIGHTS, strict=True)) % 11
    return "X" if rest == 10 else str(rest)
