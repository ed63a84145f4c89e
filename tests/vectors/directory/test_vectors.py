"""Runs every vector of PR-3. It reads the JSON files only; another implementation can do the same."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import OfficePublic
from borderliaison.offices.directory.authorities import AuthorityPublic, read_public
from borderliaison.offices.directory.document import directory_hash, open_directory
from borderliaison.offices.directory.enrolment import read_request, read_rotation
from borderliaison.offices.directory.listed import from_ms, to_ms
from borderliaison.offices.trust.held import Trust
from borderliaison.offices.trust.verdicts import judge

HERE = Path(__file__).parent
Given = dict[str, Any]


def plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value


def octets(text: str) -> bytes:
    return bytes.fromhex(text)


def ms(instant: datetime | None) -> int | None:
    return to_ms(instant) if instant else None


def held(given: Given) -> Trust:
    pin = {**given["pin"], "sign_key": octets(given["pin"]["sign_key"])}
    trust = Trust(AuthorityPublic.from_data(pin))
    for one in given["held"]:
        trust = trust.receive(octets(one)).trust
    return trust


def directories(given: Given) -> object:
    signed = octets(given["signed"])
    made = open_directory(signed, octets(given["sign_key"]))
    return {"data": made.to_data(), "hash": directory_hash(signed)}


def receiving(given: Given) -> object:
    received = held(given).receive(octets(given["then"]))
    return {"arrival": str(received.arrival), "missed": received.missed}


def verdicts(given: Given) -> object:
    made = judge(held(given), OfficeCode(given["office"]), from_ms(given["now"]), given["us"])
    return {
        "may_send": made.may_send,
        "may_receive": made.may_receive,
        "reason": str(made.reason),
        "warn": made.warn,
        "expires": ms(made.expires),
        "stops": ms(made.stops),
    }


def requests(given: Given) -> object:
    made = read_request(octets(given["signed"]))
    return {
        "public": made.public.to_data(),
        "agencies": made.agencies,
        "created": to_ms(made.created),
        "fingerprint": made.fingerprint,
    }


def rotations(given: Given) -> object:
    octet_fields = ("sign_key", "seal_key", "link_key")
    data = {**given["present"], **{one: octets(given["present"][one]) for one in octet_fields}}
    made = read_rotation(octets(given["signed"]), OfficePublic.from_data(data))
    return {"public": made.public.to_data(), "fingerprint": made.fingerprint}


def authorities(given: Given) -> object:
    public = read_public(octets(given["signed"]))
    return {"data": public.to_data(), "fingerprint": public.fingerprint}


OPERATIONS: dict[str, Callable[[Given], object]] = {
    one.__name__: one
    for one in (directories, receiving, verdicts, requests, rotations, authorities)
}
VECTORS = [
    pytest.param(content["operation"], vector, id=f"{content['operation']}: {vector['name']}")
    for content in (json.loads(path.read_text("utf-8")) for path in sorted(HERE.glob("*.json")))
    for vector in content["vectors"]
]


@pytest.mark.parametrize(("operation", "vector"), VECTORS)
def test_each_vector_is_accepted_or_refused_as_it_says(operation: str, vector: Given) -> None:
    run = OPERATIONS[operation]
    if "refused" in vector:
        with pytest.raises(LiaisonError) as refused:
            run(vector["input"])
        assert refused.value.code == vector["refused"]
    else:
        assert plain(run(vector["input"])) == vector["result"]


def test_the_files_are_what_the_script_writes() -> None:
    words = [sys.executable, str(HERE / "generate.py"), "--check"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
