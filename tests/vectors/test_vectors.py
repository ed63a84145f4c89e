"""Runs every vector of PR-1. It reads the JSON files only; another implementation can do the same."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from borderliaison.exchange.core import suites
from borderliaison.exchange.core.ack import verify_ack, verify_heads
from borderliaison.exchange.core.body import open_body, own_key
from borderliaison.exchange.core.delivery import open_delivery
from borderliaison.exchange.core.entry import decode_entry, entry_hash, unwrap_key, wrap_info
from borderliaison.exchange.core.frame import decode_frame, verify_frame
from borderliaison.exchange.core.giving_back import BACK_REQUEST, decode_page, verify_page
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.core.letter import open_letter
from borderliaison.exchange.core.tombstone import verify_tombstone
from borderliaison.kernel import canonical
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.keys import OfficePublic

HERE = Path(__file__).parent
FILES = sorted(path for path in HERE.glob("*.json") if path.name != "wraps.json")
Given = dict[str, Any]


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _keys(office: str) -> OfficeKeys:
    vectors = json.loads((HERE / "keys.json").read_text(encoding="utf-8"))["vectors"]
    one = next(v for v in vectors if v["input"]["office"] == office and "result" in v)
    return OfficeKeys.from_bytes(bytes.fromhex(one["input"]["keys"]))


def _public(office: Any) -> OfficePublic:
    return _keys(office).public(office)


def _canonical(given: Given) -> object:
    return {"again": canonical.encode(canonical.decode(given["data"]))}


def _own_keys(given: Given) -> object:
    public = OfficeKeys.from_bytes(given["keys"]).public(given["office"])
    return public.to_data() | {"kid": public.kid, "seal_kid": public.seal_kid}


def _derived(given: Given) -> object:
    key = given["content_key"]
    return {"commit": suites.commitment(key), "encryption_key": suites.encryption_key(key)}


def _letter(given: Given) -> object:
    return open_letter(given["signed"], _public(given["issuer"])).to_data()


def _body(given: Given) -> object:
    return {"signed_letter": open_body(given["body"], given["content_key"])}


def _own_body(given: Given) -> object:
    return {"content_key": own_key(given["body"], _keys(given["office"]))}


def _entry(given: Given) -> object:
    entry = decode_entry(given["entry"])
    return {"fields": entry.to_data(), "entry_hash": entry_hash(entry), "info": wrap_info(entry)}


def _unwrapped(given: Given) -> object:
    return {"content_key": unwrap_key(decode_entry(given["entry"]), _keys(given["office"]))}


def _delivery(given: Given) -> object:
    entry, keys = decode_entry(given["entry"]), _keys(given["office"])
    return open_delivery(entry, given["body"], keys, _public(given["issuer"]))[0].to_data()


def _frame(given: Given) -> object:
    frame = decode_frame(given["frame"])
    head = verify_frame(frame, _public(given["sender"]))
    return {"head": head.to_data(), "bodies": sorted(frame.bodies)}


def _page(given: Given) -> object:
    page = decode_page(given["page"])
    head = verify_page(page, _public(given["sender"]))
    return {"head": head.to_data(), "bodies": sorted(page.bodies)}


def _back_request(given: Given) -> object:
    return BACK_REQUEST.verify(given["signed"], _public(given["signer"])).to_data()


OPERATIONS: dict[str, Callable[[Given], object]] = {
    "canonical": _canonical,
    "keys": _own_keys,
    "derived": _derived,
    "letters": _letter,
    "bodies": _body,
    "own_bodies": _own_body,
    "entries": _entry,
    "unwrapped": _unwrapped,
    "deliveries": _delivery,
    "frames": _frame,
    "acks": lambda given: verify_ack(given["signed"], _public(given["signer"])).to_data(),
    "heads": lambda given: verify_heads(given["signed"], _public(given["signer"])).to_data(),
    "back_requests": _back_request,
    "pages": _page,
    "tombstones": lambda given: verify_tombstone(
        given["signed"], _public(given["signer"])
    ).to_data(),
}
NAMES = {"office", "issuer", "sender", "signer"}


def _cases() -> list[Any]:
    cases = []
    for path in FILES:
        content = json.loads(path.read_text(encoding="utf-8"))
        for vector in content["vectors"]:
            name = f"{content['operation']}: {vector['name']}"
            cases.append(pytest.param(content["operation"], vector, id=name))
    return cases


@pytest.mark.parametrize(("operation", "vector"), _cases())
def test_a_vector_is_accepted_or_refused_as_it_says(operation: str, vector: Given) -> None:
    given = {
        name: value if name in NAMES else bytes.fromhex(value)
        for name, value in vector["input"].items()
    }
    if "result" in vector:
        assert _plain(OPERATIONS[operation](given)) == vector["result"]
        return
    with pytest.raises(LiaisonError) as caught:
        OPERATIONS[operation](given)
    assert caught.value.code == vector["refused"]


def test_every_operation_has_vectors_of_both_kinds() -> None:
    assert {path.stem for path in FILES} == set(OPERATIONS)
    for path in FILES:
        vectors = json.loads(path.read_text(encoding="utf-8"))["vectors"]
        assert {"result" in vector for vector in vectors} == {True, False}, path.name
        names = [vector["name"] for vector in vectors]
        assert len(names) == len(set(names)), path.name
