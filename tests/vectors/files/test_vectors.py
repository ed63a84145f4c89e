"""Runs every vector of PR-5. It reads the JSON files only; another implementation can do the same."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from borderliaison.exchange.core.blob_request import BLOB_REQUEST, BlobAnswer
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.files.sealing import ChunkList, unseal
from borderliaison.files.sheaf import Sheaf
from borderliaison.files.travelling import NamedBlob, check_said
from borderliaison.kernel import canonical
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import OfficeCode

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


def keys_of(office: str) -> Given:
    vectors = json.loads((HERE.parent / "keys.json").read_text("utf-8"))["vectors"]
    found: Given = next(x for x in vectors if x["input"]["office"] == office and "result" in x)
    return found


def chunk_lists(given: Given) -> object:
    made = ChunkList.decode(octets(given["list"]))
    return {"size": made.size, "chunks": made.hashes, "hash": made.digest}


def sheaves(given: Given) -> object:
    made = Sheaf.decode(octets(given["sheaf"]))
    return {"pages": [[one.media, one.width, one.height, one.data] for one in made.pages]}


def opened(given: Given) -> object:
    return {"data": unseal(octets(given["key"]), [octets(one) for one in given["chunks"]])}


def chunks(given: Given) -> object:
    ChunkList.decode(octets(given["list"])).check(given["number"], octets(given["chunk"]))
    return {}


def blob_requests(given: Given) -> object:
    office = OfficeCode(given["signer"])
    keys = OfficeKeys.from_bytes(octets(keys_of(office)["input"]["keys"]))
    return BLOB_REQUEST.verify(octets(given["signed"]), keys.public(office)).to_data()


def blob_answers(given: Given) -> object:
    made = BlobAnswer.decode(octets(given["answer"]))
    return {"is": str(made.standing), "data": made.data}


def items(given: Given) -> object:
    blobs = [NamedBlob(octets(name), size, octets(key)) for name, size, key in given["blobs"]]
    return {"files": check_said(canonical.decode(octets(given["files"])), blobs)}


OPERATIONS: dict[str, Callable[[Given], object]] = {
    one.__name__: one
    for one in (chunk_lists, sheaves, opened, chunks, blob_requests, blob_answers, items)
}
CONTENTS = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(HERE.glob("*.json"))}
VECTORS = [
    pytest.param(name, vector, id=f"{name}: {vector['name']}")
    for name, content in CONTENTS.items()
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


def test_every_operation_has_vectors_of_both_kinds() -> None:
    assert set(CONTENTS) == set(OPERATIONS)
    for name, content in CONTENTS.items():
        assert {"result" in one for one in content["vectors"]} == {True, False}, name
        names = [one["name"] for one in content["vectors"]]
        assert len(names) == len(set(names)), name


def test_another_reader_of_cbor_reads_the_same() -> None:
    """The accepted ones, read by cbor2 alone: none of our own code."""
    for name, field in {
        "chunk_lists": "list",
        "sheaves": "sheaf",
        "blob_answers": "answer",
    }.items():
        for one in CONTENTS[name]["vectors"]:
            if "result" in one:
                read = plain(cbor2.loads(octets(one["input"][field])))
                assert {key: read[key] for key in one["result"] if key != "hash"} == {
                    key: value for key, value in one["result"].items() if key != "hash"
                }


def test_another_reader_of_signatures_verifies_the_requests() -> None:
    """Section 2 of PR-1 by hand: the structure that is signed, and Ed25519 over it."""
    for one in CONTENTS["blob_requests"]["vectors"]:
        if "result" not in one:
            continue
        protected, _, payload, signature = cbor2.loads(octets(one["input"]["signed"]))
        signed = cbor2.dumps(["Signature1", protected, b"BL1/blob-request", payload])
        public = octets(keys_of(one["input"]["signer"])["result"]["sign_key"])
        Ed25519PublicKey.from_public_bytes(public).verify(signature, signed)
        assert plain(cbor2.loads(payload)) == one["result"]


def test_the_files_are_what_the_script_writes() -> None:
    words = [sys.executable, str(HERE / "generate.py"), "--check"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
