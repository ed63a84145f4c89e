"""The outline of a frame: what no frame can hold is never decoded."""

import pytest

from borderliaison.exchange.core.errors import FrameTooLarge, MalformedWire, UnsupportedVersion
from borderliaison.exchange.core.outline import (
    MAX_ENTRY_BYTES,
    MAX_FRAME_ENTRIES,
    MAX_SIGNED_BYTES,
    check_outline,
    head_of,
)
from borderliaison.kernel import canonical
from borderliaison.kernel.canonical import NotCanonical

PARTS = {"v": 1, "suite": 1, "entries": [b"e"], "bodies": [b"b"], "tombstones": [], "head": b"h"}


def encoded(**changed: object) -> bytes:
    return canonical.encode({**PARTS, **changed})


def test_the_head_is_found_without_looking_at_what_follows() -> None:
    assert head_of(encoded(head=b"signed")) == b"signed"
    assert head_of(encoded(head=b"signed")[:20]) == b"signed"


def test_a_frame_with_the_largest_parts_has_the_outline_of_a_frame() -> None:
    largest = [bytes(MAX_ENTRY_BYTES)] * MAX_FRAME_ENTRIES
    check_outline(encoded(entries=largest, bodies=[bytes(1024 * 1024 + 1)]))


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"v": 2}, UnsupportedVersion),
        ({"entries": [0] * 65}, FrameTooLarge),
        ({"bodies": [0] * 2_000_000}, FrameTooLarge),
        ({"tombstones": [b""] * 65}, FrameTooLarge),
        ({"entries": [[0] * 1_000_000]}, MalformedWire),
        ({"entries": [bytes(MAX_ENTRY_BYTES + 1)]}, MalformedWire),
        ({"head": bytes(MAX_SIGNED_BYTES + 1)}, MalformedWire),
        ({"head": [[[]]]}, MalformedWire),
        ({"suite": [0] * 1_000_000}, MalformedWire),
        ({"later": 1}, MalformedWire),
    ],
)
def test_what_no_frame_can_hold_is_refused(
    changed: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        check_outline(encoded(**changed))


@pytest.mark.parametrize(
    "data", [encoded()[:-1], encoded() + b"\0", b"", b"\xb8\x06" + encoded()[1:], b"\xbf\x61v"]
)
def test_a_length_has_one_form_and_nothing_follows_the_end(data: bytes) -> None:
    with pytest.raises(NotCanonical):
        check_outline(data)
