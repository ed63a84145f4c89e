"""What was published of seizures at the region's offices, and how much of it falls to one office in a year.

Source: domain.md section 3 (public UNODC material, 2012-2023). Where a country published nothing, the
figure is ours and says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final


@dataclass(frozen=True, slots=True)
class Figure:
    """A yearly total of one country's offices.

    Attributes:
        substance: a code of the list ``substance``.
        amount: in ``unit``.
        unit: a code of the list ``quantity_unit``.
        published: whether it was published, or is ours.
    """

    country: str
    substance: str
    amount: Decimal
    unit: str
    published: bool = True


YEARLY: Final = (
    Figure("UZ", "heroin", Decimal(100), "kg"),
    Figure("UZ", "cannabis_resin", Decimal(162), "kg"),
    Figure("UZ", "zopiclone", Decimal(238_000), "tablets"),
    Figure("UZ", "cigarettes", Decimal(920), "boxes"),
    Figure("KZ", "cannabis_herb", Decimal(100), "kg"),
    Figure("TJ", "cigarettes_counterfeit", Decimal(1_000), "cartons"),
    Figure("TJ", "opium", Decimal(40), "kg", published=False),
    Figure("TJ", "heroin", Decimal(12), "kg", published=False),
    Figure("KG", "cannabis_resin", Decimal(46), "kg", published=False),
    Figure("KG", "heroin", Decimal(9), "kg", published=False),
    Figure("KG", "opium", Decimal(14), "kg", published=False),
    Figure("KG", "pregabalin", Decimal(21_000), "tablets", published=False),
    Figure("TM", "opium", Decimal(11), "kg", published=False),
)
"""Uzbekistan: 2021 for heroin and hashish, 2020 for the rest; Kazakhstan and Tajikistan: 2020."""


def yearly(country: str, share: Decimal) -> Mapping[Figure, Decimal]:
    """Return what one office seizes in a year, by figure.

    Args:
        country: two letters.
        share: the office's part of its country's total, 0 to 1.
    """
    return {one: one.amount * share for one in YEARLY if one.country == country}
