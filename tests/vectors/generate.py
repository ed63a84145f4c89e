"""Write the vectors of PR-1: ``python tests/vectors/generate.py [--check]``.

Everything is made from fixed labels and is the same each time. Only the HPKE wrappings are random by
nature; they are kept in ``wraps.json`` and used again as long as they open. ``--check`` writes nothing
and fails where a file differs from what would be written.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from making import answers, basics, bodies, cast, entries, frames, letters

Make = Callable[[], list[cast.Vector]]
FILES: dict[str, tuple[Make, str]] = {
    "canonical": (basics.make_canonical, "Decode strict canonical CBOR; encode it again."),
    "keys": (basics.make_keys, "Read an office's private keys; give the public ones."),
    "derived": (basics.make_derived, "Derive commitment and encryption key from a content key."),
    "letters": (letters.make, "Verify a signed letter with the issuer's key; read it."),
    "bodies": (
        bodies.make,
        "Open a body with its content key; the letter's signature comes after.",
    ),
    "own_bodies": (bodies.make_own, "Unwrap the issuer's own copy of the content key."),
    "entries": (entries.make_described, "Read an entry; give its hash and its wrapping's info."),
    "unwrapped": (entries.make_unwrapped, "Unwrap the recipient's content key."),
    "deliveries": (entries.make_deliveries, "Open an entry and its body as its recipient."),
    "frames": (frames.make, "Read a frame; verify its head, its chain, its tombstones."),
    "acks": (answers.make_acks, "Verify an acknowledgement with the recipient's key."),
    "heads": (answers.make_heads, "Verify a heads message with the holder's key."),
    "back_requests": (
        answers.make_requests,
        "Verify a request to give back with the sender's key.",
    ),
    "pages": (answers.make_pages, "Read a page that is given back; verify its head, its chain."),
    "tombstones": (answers.make_tombstones, "Verify a tombstone with the eraser's key."),
}


def written(value: object) -> str:
    """Return a value as it stands in a file."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    """Write the files, or with ``--check`` compare them; return the exit code."""
    texts: dict[Path, str] = {}
    for name, (make, about) in FILES.items():
        content = {"protocol": "PR-1", "operation": name, "about": about, "vectors": make()}
        texts[cast.DIRECTORY / f"{name}.json"] = written(content)
    texts[cast.WRAPS] = written(dict(sorted(cast.WRAPPED.used.items())))
    if "--check" in sys.argv[1:]:
        differ = [p.name for p, text in texts.items() if not p.exists() or p.read_text() != text]
        sys.stderr.writelines(f"differs: {name}\n" for name in differ)
        return 1 if differ else 0
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
