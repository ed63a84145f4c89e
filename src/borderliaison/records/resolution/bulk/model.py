"""What is compared in bulk, level by level; the levels are the likenesses of ``weights.yaml``."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import SettingsCreator
from splink.blocking_rule_library import CustomRule

CODES: Final[Mapping[str, Sequence[str]]] = {
    "name": (
        "name_same_3", "name_same_2", "name_part", "name_like_3", "name_like", "name_shares_2",
        "name_shares", "name_differs",
    ),
    "born": ("born_same", "born_swapped", "born_agrees", "born_near", "born_differs"),
    "sex": ("sex_same", "sex_differs"),
    "countries": ("country_same", "country_differs"),
    "numbers": ("number_same", "number_differs"),
    "documents": ("document_same", ""),
    "phones": ("phone_same", ""),
    "things": ("thing_same", ""),
}  # fmt: skip
"""The levels of each comparison, the likest first; without a code where it is no reason by itself."""
_PAIRS: Final = "l.clues = r.clues and (l.wanted or r.wanted)"
_SHARED: Final = ("countries", "numbers", "documents", "phones", "things")
_SWAPPED: Final = (
    "length(born_l) = 10 and length(born_r) = 10"
    " and substr(born_l, 1, 4) = substr(born_r, 1, 4)"
    " and substr(born_l, 6, 2) = substr(born_r, 9, 2)"
    " and substr(born_l, 9, 2) = substr(born_r, 6, 2)"
)
_AGREES: Final = (
    "substr(born_l, 1, length(born_r)) = born_r or substr(born_r, 1, length(born_l)) = born_l"
)


def settings(before: float) -> SettingsCreator:
    """Return the model: pairs that share a clue, one of both wanted, and how they are compared.

    Args:
        before: how likely two at random are one, from 0 to 1, both excluded.
    """
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        probability_two_random_records_match=before,
        blocking_rules_to_generate_predictions=[CustomRule(_PAIRS, arrays_to_explode=["clues"])],
        comparisons=[_name(), _born(), cl.ExactMatch("sex"), *map(_intersects, _SHARED)],
        additional_columns_to_retain=["kind", "report"],
        retain_intermediate_calculation_columns=True,
    )


def _name() -> Any:
    same = "name_l = name_r"
    many = cll.CustomLevel("parts_n_l >= 3 and parts_n_r >= 3", "many parts")
    several = cll.CustomLevel("parts_n_l >= 2 and parts_n_r >= 2", "several parts")
    like = cll.Or(
        cll.JaroWinklerLevel("name", 0.92), cll.And(cll.ArraySubsetLevel("sounds"), several)
    )
    return cl.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            cll.NullLevel("name"),
            cll.CustomLevel(f"{same} and parts_n_l >= 3", "name_same_3"),
            cll.CustomLevel(same, "name_same_2"),
            cll.And(cll.ArraySubsetLevel("parts"), several),
            cll.And(like, many),
            like,
            cll.ArrayIntersectLevel("parts", 2),
            cll.ArrayIntersectLevel("parts", 1),
            cll.ElseLevel(),
        ],
    )


def _born() -> Any:
    return cl.CustomComparison(
        output_column_name="born",
        comparison_levels=[
            cll.NullLevel("born"),
            cll.CustomLevel("born_l = born_r and length(born_l) = 10", "born_same"),
            cll.CustomLevel(_SWAPPED, "born_swapped"),
            cll.CustomLevel(_AGREES, "born_agrees"),
            cll.LevenshteinLevel("born", 1),
            cll.ElseLevel(),
        ],
    )


def _intersects(column: str) -> Any:
    return cl.ArrayIntersectAtSizes(column, [1])
