"""``docs/protocols/PR-1.md`` beside the code: its CDDL, its codes, its limits."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pycddl import Schema, ValidationError

from borderliaison.exchange.core import ack, body, entry, errors, frame, letter
from borderliaison.kernel import canonical, cose
from borderliaison.kernel.errors import LiaisonError, MalformedData

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs/protocols/PR-1.md").read_text(encoding="utf-8")
CDDL = "\n".join(re.findall(r"```cddl\n(.*?)```", TEXT, re.DOTALL))


def accepted(operation: str) -> list[dict[str, Any]]:
    content = json.loads((ROOT / f"tests/vectors/{operation}.json").read_text(encoding="utf-8"))
    return [vector for vector in content["vectors"] if "result" in vector]


def inputs(operation: str, name: str) -> list[bytes]:
    return [bytes.fromhex(vector["input"][name]) for vector in accepted(operation)]


def payloads(operation: str) -> list[bytes]:
    return [cose.payload_of(signed) for signed in inputs(operation, "signed")]


FRAMES = inputs("frames", "frame")
HEADS = [canonical.decode(one)["head"] for one in FRAMES]
BODIES = inputs("bodies", "body")
MESSAGES = {
    "signed": [*inputs("letters", "signed"), *inputs("acks", "signed"), *HEADS],
    "sign-header": [canonical.decode(one)[0] for one in inputs("letters", "signed")],
    "letter": payloads("letters"),
    "body": BODIES,
    "body-header": [canonical.decode(one)[0] for one in BODIES],
    "entry": inputs("entries", "entry"),
    "entry-info": [bytes.fromhex(one["result"]["info"]) for one in accepted("entries")],
    "frame": FRAMES,
    "head": [cose.payload_of(one) for one in HEADS],
    "tombstone": payloads("tombstones"),
    "delivery-ack": payloads("acks"),
    "heads": payloads("heads"),
    "back-request": payloads("back_requests"),
    "page": inputs("pages", "page"),
}


@pytest.mark.parametrize("rule", MESSAGES)
def test_the_documents_cddl_describes_what_is_accepted(rule: str) -> None:
    schema = Schema(f"root = {rule}\n{CDDL}")
    assert MESSAGES[rule]
    for message in MESSAGES[rule]:
        schema.validate_cbor(message)


@pytest.mark.parametrize("rule", MESSAGES)
def test_the_documents_cddl_allows_no_field_more_or_less(rule: str) -> None:
    schema = Schema(f"root = {rule}\n{CDDL}")
    value = canonical.decode(MESSAGES[rule][0])
    if isinstance(value, dict):
        others = [{k: v for k, v in value.items() if k != gone} for gone in value]
        others.append(value | {"more": 1})
    else:
        others = [value[:-1], [*value, 1]]
    for other in others:
        with pytest.raises(ValidationError):
            schema.validate_cbor(canonical.encode(other))


def test_the_documents_codes_are_those_of_the_code() -> None:
    rows = re.findall(r"^\| (E-[A-Z]+-\d\d) \| (\w+) \|.*\| (yes)? ?\|$", TEXT, re.MULTILINE)
    told = {(code, name, again == "yes") for code, name, again in rows}
    leaves = [one for one in vars(errors).values() if isinstance(one, type)]
    leaves = [one for one in leaves if issubclass(one, errors.WireError) and one.code[-2:] != "00"]
    kinds: list[type[LiaisonError]] = [
        *leaves,
        MalformedData,
        canonical.NotCanonical,
        cose.BadSignature,
    ]
    assert told == {(one.code, one.__name__, one.retryable) for one in kinds}


def test_the_documents_limits_are_those_of_the_code() -> None:
    section = TEXT.partition("## 10. Limits")[2].partition("\n# ")[0]
    told = dict(re.findall(r"^\| ([^|]+?) \| .*?(\d+)(?: bytes\))? \|$", section, re.MULTILINE))
    assert {name: int(limit) for name, limit in told.items()} == {
        "body": body.MAX_BODY_BYTES,
        "frame": frame.MAX_FRAME_BYTES,
        "entries in a frame": frame.MAX_FRAME_ENTRIES,
        "recipients of a letter": letter.MAX_RECIPIENTS,
        "references of a letter": letter.MAX_REFS,
        "files of a letter": letter.MAX_BLOBS,
        "refusals in an acknowledgement": ack.MAX_REFUSED,
        "heads in one message": ack.MAX_HEADS,
        "nesting of CBOR": canonical.MAX_DEPTH,
    }


def test_the_documents_kinds_and_lanes_are_those_of_the_code() -> None:
    for rule, names in [("kind", letter.LetterKind), ("lane", entry.Lane)]:
        told = re.search(rf"^{rule} = (.*)$", CDDL, re.MULTILINE)
        assert told is not None
        assert set(told[1].split(" / ")) == {f'"{name}"' for name in names}
