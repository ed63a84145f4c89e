"""The tree of errors."""

from borderliaison.exchange.core import errors
from borderliaison.exchange.core.errors import WireError

LEAVES = [
    one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, WireError)
]


def test_every_error_has_a_code_of_its_own() -> None:
    codes = [one.code for one in LEAVES]
    assert len(codes) == len(set(codes))
    assert all(code.startswith("E-WIR-") for code in codes)


def test_every_error_says_in_one_sentence_what_an_officer_reads() -> None:
    assert all((one.__doc__ or "").strip().endswith(".") for one in LEAVES)


def test_only_damage_on_the_way_is_worth_another_try() -> None:
    assert {one.__name__ for one in LEAVES if one.retryable} == {"MissingBody", "StrayBody"}
