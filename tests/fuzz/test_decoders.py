"""Whatever a stranger writes ends in a value or in a named error: a first run of each decoder, repeatable.

``make fuzz`` searches for longer, guided by what the decoders reach.
"""

from random import Random

import pytest

from tests.fuzz.changing import change
from tests.fuzz.decoders import DECODERS, REFUSALS, Decoder


def ends_well(decoder: Decoder, data: bytes) -> bool:
    """Whether the decoder accepts; what it must not raise goes on."""
    try:
        decoder.run(data)
    except REFUSALS:
        return False
    return True


@pytest.mark.parametrize("name", DECODERS)
def test_what_is_changed_ends_in_a_value_or_in_a_named_error(name: str) -> None:
    decoder, random = DECODERS[name], Random(name)
    refused = 0
    for _ in range(decoder.changes):
        data = random.choice(decoder.seeds)
        for _ in range(random.randint(1, 3)):
            data = change(data, random, as_text=decoder.as_text)
        refused += not ends_well(decoder, data)
    assert refused, "nothing was refused: the changes change nothing"


@pytest.mark.parametrize("name", DECODERS)
def test_nothing_and_noise_end_in_a_named_error(name: str) -> None:
    random = Random(name)
    for size in (0, 1, 2, 16, 255, 4096):
        ends_well(DECODERS[name], random.randbytes(size))


@pytest.mark.parametrize(
    "name", sorted(set(DECODERS) - {"certificate's request", "backup's manifest"})
)
def test_what_it_begins_from_is_accepted(name: str) -> None:
    assert all(ends_well(DECODERS[name], seed) for seed in DECODERS[name].seeds)
