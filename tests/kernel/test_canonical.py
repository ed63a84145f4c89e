"""Canonical CBOR."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderliaison.kernel import canonical
from borderliaison.kernel.canonical import MAX_DEPTH, MAX_ITEMS, NotCanonical

NUMBERS = st.integers(-(2**64), 2**64 - 1)
KEYS = st.text(max_size=8) | st.integers(-24, 23)
PLAIN = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.binary(max_size=40) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)


@given(PLAIN)
def test_what_is_encoded_is_decoded_again(value: object) -> None:
    assert canonical.decode(canonical.encode(value)) == value


@given(st.binary(max_size=60))
def test_whatever_is_decoded_has_that_one_encoding(data: bytes) -> None:
    try:
        value = canonical.decode(data)
    except NotCanonical:
        return
    assert canonical.encode(value) == data


@given(st.dictionaries(KEYS, st.integers(0, 9), max_size=8))
def test_keys_stand_in_the_order_of_their_bytes(value: dict[object, int]) -> None:
    encoded = [canonical.encode(key) for key in canonical.decode(canonical.encode(value))]
    assert encoded == sorted(encoded)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ("", "nothing"),
        ("0000", "something after the end"),
        ("1801", "a number longer than it need be"),
        ("5f4161ff", "bytes of indefinite length"),
        ("7f6161ff", "text of indefinite length"),
        ("9fff", "an array of indefinite length"),
        ("bfff", "a map of indefinite length"),
        ("a2616201616101", "keys in another order"),
        ("a2616101616101", "the same key twice"),
        ("a1181801", "a key above 23"),
        ("a1f501", "a key that is a boolean"),
        ("a1410001", "a key that is bytes"),
        ("c11a00000000", "a date"),
        ("c249010000000000000000", "a number of more than 64 bits"),
        ("d9010080", "a set"),
        ("d81c81d81d00", "an array that holds itself"),
        ("f93c00", "a float"),
        ("f7", "undefined"),
        ("f0", "a simple value"),
        ("61ff", "text that is not UTF-8"),
        ("ff", "a break without a beginning"),
        ("9bffffffffffffffff", "an array longer than the data"),
        ("81" * 500 + "00", "five hundred arrays in one another"),
    ],
)
def test_any_other_form_is_refused(data: str, what: str) -> None:
    with pytest.raises(NotCanonical):
        canonical.decode(bytes.fromhex(data))


@pytest.mark.parametrize("value", [1.0, {1, 2}, (1, 2), 2**64, -(2**64) - 1, "\ud800", {24: 1}])
def test_what_has_no_one_form_is_not_encoded(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical.encode(value)


def test_nesting_ends_at_the_stated_depth() -> None:
    value: object = 0
    for _ in range(MAX_DEPTH):
        value = [value]
    assert canonical.decode(canonical.encode(value)) == value
    with pytest.raises(NotCanonical):
        canonical.encode([value])


def test_more_values_than_any_message_has_are_refused_before_they_are_made() -> None:
    most = [0] * (MAX_ITEMS - 1)
    assert canonical.decode(canonical.encode(most)) == most
    with pytest.raises(NotCanonical, match="65536 values"):
        canonical.decode(canonical.encode([*most, 0]))
