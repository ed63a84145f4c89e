"""Write the vectors of PR-5: ``python tests/vectors/files/generate.py [--check]``.

Everything is made from fixed labels and is the same each time. ``--check`` writes nothing and fails
where a file differs from what would be written.
"""

import json
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: E402
from making.cast import BDB, DUS, KEYS, Vector, accept, octets, plain, refuse  # noqa: E402

from borderliaison.exchange.core.ack import AAD_HEADS  # noqa: E402
from borderliaison.exchange.core.blob_request import (  # noqa: E402
    AAD,
    BLOB_REQUEST,
    MAX_PIECE_BYTES,
    BlobAnswer,
    BlobRequest,
    Standing,
)
from borderliaison.files.sealing import CHUNK_BYTES, MAX_BLOB_BYTES, ChunkList  # noqa: E402
from borderliaison.files.sheaf import Page, Sheaf  # noqa: E402
from borderliaison.kernel import canonical, cose  # noqa: E402

KEY = octets("blob key")
WORDS = b"What the camera saw"
PIXEL = octets("a picture", 90)
SHEAF = Sheaf((Page("image/jpeg", 1280, 960, PIXEL), Page("image/png", 2, 65_535, b"\x89")))
LIST = ChunkList(CHUNK_BYTES + 1, (octets("first chunk"), octets("last chunk")))
ASKED = BlobRequest(BDB, DUS, LIST.digest, CHUNK_BYTES + 16, MAX_PIECE_BYTES)


def sealed(
    data: bytes, number: int, last: int, key: bytes = KEY, aad: bytes = b"BL1/blob"
) -> bytes:
    """Seal a chunk as PR-5 section 3 says it, without the code that is tried."""
    return AESGCM(key).encrypt(number.to_bytes(11, "big") + bytes([last]), data, aad)


def chunk_lists() -> Iterator[Vector]:
    """A list of chunks and its hash, by which the blob is named."""

    def given(**changes: Any) -> dict[str, bytes]:
        return {"list": canonical.encode({**canonical.decode(LIST.encode()), **changes})}

    said = {"size": LIST.size, "chunks": LIST.hashes, "hash": LIST.digest}
    yield accept("two chunks, the last of one byte", said, list=LIST.encode())
    one = ChunkList(CHUNK_BYTES, (octets("only chunk"),))
    said = {"size": one.size, "chunks": one.hashes, "hash": one.digest}
    yield accept("one chunk that is full", said, list=one.encode())
    for name, changes in {
        "a version that is not known": {"v": 2},
        "a version that is a boolean": {"v": True},
        "no size": {"size": 0},
        "larger than a blob may be": {"size": MAX_BLOB_BYTES + 1},
        "a size that is a boolean": {"size": True},
        "a chunk too few": {"chunks": [LIST.hashes[0]]},
        "a chunk too many": {"chunks": [*LIST.hashes, octets("third")]},
        "a hash of 31 bytes": {"chunks": [LIST.hashes[0], bytes(31)]},
        "a hash that is text": {"chunks": [LIST.hashes[0], "0" * 32]},
        "a field too many": {"more": 1},
    }.items():
        yield refuse(name, "E-FIL-17", **plain(given(**changes)))
    yield refuse("cut short", "E-FIL-17", list=LIST.encode()[:-1].hex())
    yield refuse("nothing", "E-FIL-17", list="")


def sheaves() -> Iterator[Vector]:
    """The pages of a shared copy."""
    first, second = canonical.decode(SHEAF.encode())["pages"]

    def forged(**changes: Any) -> bytes:
        return canonical.encode({"v": 1, "pages": [first, second], **changes})

    said = [[one.media, one.width, one.height, one.data] for one in SHEAF.pages]
    yield accept("two pages", {"pages": said}, sheaf=SHEAF.encode())
    for name, changes in {
        "a version that is not known": {"v": 2},
        "no page": {"pages": []},
        "41 pages": {"pages": [first] * 41},
        "a page that is a document": {"pages": [["application/pdf", *first[1:]]]},
        "a page of no width": {"pages": [[first[0], 0, *first[2:]]]},
        "a page that is too high": {"pages": [[first[0], 1, 65_536, first[3]]]},
        "a page without a picture": {"pages": [[*first[:3], b""]]},
        "a picture that is text": {"pages": [[*first[:3], "picture"]]},
        "a page of five parts": {"pages": [[*first, 1]]},
        "a field too many": {"more": 1},
    }.items():
        yield refuse(name, "E-FIL-17", sheaf=forged(**changes).hex())
    yield refuse("something after the end", "E-FIL-17", sheaf=(SHEAF.encode() + b"\x00").hex())


def opened() -> Iterator[Vector]:
    """The chunks of a blob and its key: what was sealed."""
    alone = sealed(WORDS, 0, last=1)
    yield accept("one chunk", {"data": WORDS}, key=KEY, chunks=[alone])
    for name, chunks in {
        "without its last chunk": [sealed(WORDS, 0, last=0)],
        "with a chunk behind the last": [alone, sealed(WORDS, 1, last=1)],
        "as the second of two": [sealed(WORDS, 1, last=1)],
        "the same chunk twice": [alone, alone],
        "another key": [sealed(WORDS, 0, last=1, key=octets("another key"))],
        "another context": [sealed(WORDS, 0, last=1, aad=b"BL1/body")],
        "without its tag": [alone[:-16]],
    }.items():
        yield refuse(name, "E-FIL-11", **plain({"key": KEY, "chunks": chunks}))


def chunks() -> Iterator[Vector]:
    """A list, the number of a chunk, and a sealed chunk to be compared with it."""
    parts = [sealed(bytes(CHUNK_BYTES), 0, last=0), sealed(b"\x00", 1, last=1)]
    listed = ChunkList(CHUNK_BYTES + 1, tuple(sha256(one).digest() for one in parts))
    given = {"list": listed.encode(), "number": 1}
    yield accept("the last of two", {}, **given, chunk=parts[1])
    yield refuse("one bit changed", "E-FIL-11", **plain(given), chunk=flipped(parts[1]).hex())
    yield refuse(
        "of another place", "E-FIL-11", **plain({**given, "number": 0}), chunk=parts[1].hex()
    )
    yield refuse("nothing", "E-FIL-11", **plain(given), chunk="")


def flipped(chunk: bytes) -> bytes:
    """Return a chunk with its last bit changed."""
    return chunk[:-1] + bytes([chunk[-1] ^ 1])


def blob_requests() -> Iterator[Vector]:
    """A signed request and the office that should have signed it."""
    data, key = ASKED.to_data(), KEYS[BDB].signing_key
    listing = BlobRequest(BDB, DUS, LIST.digest)

    def forged(aad: bytes = AAD, **changes: Any) -> dict[str, Any]:
        return {"signed": cose.sign1(key, canonical.encode({**data, **changes}), aad).hex(),
                "signer": BDB}  # fmt: skip

    yield accept("a piece", data, signed=BLOB_REQUEST.sign(ASKED, KEYS[BDB]), signer=BDB)
    yield accept(
        "the list of chunks",
        listing.to_data(),
        signed=BLOB_REQUEST.sign(listing, KEYS[BDB]),
        signer=BDB,
    )
    by_holder = BLOB_REQUEST.sign(ASKED, KEYS[DUS]).hex()
    yield refuse("asked by the holder", "E-WIR-13", signed=by_holder, signer=DUS)
    yield refuse("signed by another office", "E-SIG-01", signed=by_holder, signer=BDB)
    yield refuse("signed as heads", "E-SIG-01", **forged(AAD_HEADS))
    yield refuse("a version that is not known", "E-WIR-02", **forged(v=2))
    for name, changes in {
        "more than a piece may be": {"most": MAX_PIECE_BYTES + 1},
        "from before the beginning": {"at": -1},
        "a number above 2^53": {"at": 2**53},
        "a hash of 31 bytes": {"hash": bytes(31)},
        "a holder that is no office": {"holder": "Dustlik"},
        "a field too many": {"more": 1},
    }.items():
        yield refuse(name, "E-WIR-01", **forged(**changes))


def blob_answers() -> Iterator[Vector]:
    """What a holder answers."""
    for name, one in {
        "a piece": BlobAnswer(Standing.HERE, octets("a piece", 40)),
        "not now": BlobAnswer(Standing.LATER),
        "never": BlobAnswer(Standing.NONE),
    }.items():
        said = {"is": str(one.standing), "data": one.data}
        yield accept(name, said, answer=one.encode())
    for name, code, value in [
        ("a version that is not known", "E-WIR-02", {"v": 2, "is": "here", "data": b""}),
        ("a word that is not known", "E-WIR-01", {"v": 1, "is": "soon", "data": b""}),
        ("data that is text", "E-WIR-01", {"v": 1, "is": "here", "data": "x"}),
        ("a field too many", "E-WIR-01", {"v": 1, "is": "none", "data": b"", "more": 1}),
        ("an array", "E-WIR-01", [1, "here", b""]),
    ]:
        yield refuse(name, code, answer=canonical.encode(value).hex())
    yield refuse("cut short", "E-ENC-02", answer=BlobAnswer(Standing.NONE).encode()[:-1].hex())
    yield refuse("nothing", "E-ENC-02", answer="")


PREVIEW, FULL = octets("preview"), octets("full")
FILE: dict[str, Any] = {
    "name": "Номер 01KG123ABC.jpg",
    "kind": "jpeg",
    "pages": 1,
    "width": 4032,
    "height": 3024,
    "preview": PREVIEW,
    "full": FULL,
    "original": octets("original"),
    "original_size": 2_411_724,
    "added": 1_778_558_400_000,
    "office": "KG-BDB",
    "officer": "KG-BDB/0001",
    "marks": [[1, "box", 100, 200, 5000, 6000, "plate", "KG-BDB/0001", "A. Toktosunov",
               1_778_558_460_000]],
}  # fmt: skip


def items() -> Iterator[Vector]:
    """What an item says of its files, and the blobs that its letter names: hash, size, key."""
    blobs = [[PREVIEW, 48_211, octets("preview key")], [FULL, 901_211, KEY]]

    def given(files: Any, named: Any = None) -> dict[str, Any]:
        return plain({"files": canonical.encode(files), "blobs": blobs if named is None else named})

    mark = FILE["marks"][0]
    yield accept("a photograph with a mark", {"files": [FILE]}, **given([FILE]))
    document = {**FILE, "name": "CMR.pdf", "kind": "pdf", "pages": 40, "marks": []}
    yield accept("a document", {"files": [document]}, **given([document]))
    for name, changes in {
        "no name": {"name": ""},
        "a name that turns its letters round": {"name": "plate\u202egpj.exe"},
        "a name of 121 characters": {"name": "x" * 121},
        "a kind that is not shared": {"kind": "sheaf"},
        "no pages": {"pages": 0},
        "41 pages": {"pages": 41},
        "pages that are a boolean": {"pages": True},
        "a width of 0": {"width": 0},
        "a blob that the letter does not name": {"full": octets("another")},
        "a hash of the original of 31 bytes": {"original": bytes(31)},
        "an original of no size": {"original_size": 0},
        "an office that is none": {"office": "Bor-Dobo"},
        "101 marks": {"marks": [mark] * 101},
        "a mark beyond the page": {"marks": [[1, "box", 0, 0, 10_001, 9, *mark[6:]]]},
        "a mark on a page that is not there": {"marks": [[2, *mark[1:]]]},
        "a mark of another kind": {"marks": [[1, "script", *mark[2:]]]},
        "a field too many": {"more": 1},
    }.items():
        yield refuse(name, "E-FIL-17", **given([{**FILE, **changes}]))
    yield refuse("no file", "E-FIL-17", **given([]))
    yield refuse("13 files", "E-FIL-17", **given([FILE] * 13))
    yield refuse("a map", "E-FIL-17", **given(FILE))
    short = [blobs[0], [FULL, 901_211, bytes(31)]]
    yield refuse("a key of 31 bytes", "E-FIL-17", **given([FILE], short))
    large = [blobs[0], [FULL, MAX_BLOB_BYTES + 1, KEY]]
    yield refuse("a blob larger than one may be", "E-FIL-17", **given([FILE], large))


MAKERS: tuple[Callable[[], Iterator[Vector]], ...] = (
    chunk_lists, sheaves, opened, chunks, blob_requests, blob_answers, items,
)  # fmt: skip


def main() -> int:
    """Write the files, or with ``--check`` compare them; return the exit code."""
    differ = []
    for make in MAKERS:
        name = make.__name__
        content = {"protocol": "PR-5", "operation": name, "about": make.__doc__}
        text = json.dumps({**content, "vectors": list(make())}, ensure_ascii=False, indent=1) + "\n"
        path = HERE / f"{name}.json"
        if "--check" not in sys.argv[1:]:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            differ.append(path.name)
    sys.stderr.writelines(f"differs: {name}\n" for name in differ)
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
