"""Real nodes for tests: made by the command line, in short paths, on the database of the run."""

import atexit
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

BLO = str(Path(sys.executable).with_name("blo"))


def blo(*arguments: str | Path, expect: int = 0, **more: Any) -> str:
    """Run ``blo`` and return what it printed."""
    command = [BLO, *map(str, arguments)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, **more)
    assert done.returncode == expect, done.stderr
    return done.stdout if expect == 0 else done.stderr


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder with a short path: Unix sockets live below it."""
    folder = Path(tempfile.mkdtemp(prefix="blo-n-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def own_database(like: str = "") -> Iterator[str]:
    """A database for one node, of the kind that the run is on; a copy where one is named."""
    url = os.environ.get("BLO_TEST_DATABASE_URL", "sqlite")
    if url == "sqlite":
        yield url
        return
    import psycopg

    name = f"node_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as server:
        template = f' TEMPLATE "{like.rpartition("?")[0].rpartition("/")[2]}"' if like else ""
        server.execute(f'CREATE DATABASE "{name}"{template}')
        try:
            yield url.replace("/postgres?", f"/{name}?")
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def authority(folder: Path, country: str = "KG") -> Path:
    """Make an authority; return its public key file."""
    return Path(
        json.loads(blo("authority", "init", folder, "--country", country, "--json"))["file"]
    )


def init(directory: Path, office: str, key: Path, *more: str) -> dict[str, str]:
    """Make a node; return what was printed of it."""
    made: dict[str, str] = json.loads(
        blo("node", "init", directory, "--office", office, "--authority-key", key, "--yes",
            "--json", *more)
    )  # fmt: skip
    return made


@dataclass(frozen=True)
class Made:
    """A node of Bor-Dobo as ``blo node init`` makes it, with its authority beside it in ``kg``."""

    node: Path
    url: str

    @property
    def folder(self) -> Path:
        return self.node.parent


@contextmanager
def new_node(*, on_sqlite: bool = False) -> Iterator[Made]:
    """A node nobody has used: a copy of the first one that this run has made, which takes seconds.

    Args:
        on_sqlite: whatever database the run is on.
    """
    first = _first_node(on_sqlite)
    with workshop() as folder, ExitStack() as stack:
        shutil.copytree(first.folder, folder, dirs_exist_ok=True)
        url = "sqlite" if on_sqlite else stack.enter_context(own_database(like=first.url))
        settings = folder / "n" / "node.toml"
        settings.write_text(settings.read_text().replace(first.url, url))
        yield Made(folder / "n", url)


@cache
def _first_node(on_sqlite: bool) -> Made:
    kept = ExitStack()
    atexit.register(kept.close)
    folder = kept.enter_context(workshop())
    url = "sqlite" if on_sqlite else kept.enter_context(own_database())
    init(folder / "n", "KG-BDB", authority(folder / "kg"), "--database-url", url)
    return Made(folder / "n", url)


def certificate(folder: Path) -> None:
    """Write ``chain.pem`` and ``key.pem`` for ``localhost``, signed by nobody but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    chain = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "chain.pem").write_bytes(chain.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
