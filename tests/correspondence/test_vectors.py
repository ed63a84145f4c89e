"""The vectors of PR-4: another implementation reads and refuses the same."""

import json
from pathlib import Path
from typing import Any

import pytest

from borderliaison.correspondence.errors import MalformedPayload
from borderliaison.correspondence.payloads import MovePayload, to_ms

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "correspondence" / "moves.json").read_text(
        encoding="utf-8"
    )
)


@pytest.mark.parametrize("vector", VECTORS["accept"], ids=lambda one: one["name"])
def test_a_move_is_read_and_written_in_its_one_form(vector: dict[str, Any]) -> None:
    payload = bytes.fromhex(vector["payload"])
    read = MovePayload.decode(payload)
    said = vector["says"]
    assert (read.item, read.office, read.kind) == (said["item"], said["office"], said["kind"])
    assert (to_ms(read.at), read.officer, read.code) == (said["at"], said["officer"], said["code"])
    assert (to_ms(read.due_at) if read.due_at else 0) == said["due"]
    assert read.encode() == payload


@pytest.mark.parametrize("vector", VECTORS["reject"], ids=lambda one: one["name"])
def test_what_is_no_move_is_refused_by_name(vector: dict[str, Any]) -> None:
    with pytest.raises(MalformedPayload):
        MovePayload.decode(bytes.fromhex(vector["payload"]))
