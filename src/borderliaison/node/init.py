"""Making a node: its directory, its secrets, its database, and the request to be listed.

Everything is made in a folder beside the one that was asked for and moved there at the end, so that a
failure leaves nothing half made and nothing is ever overwritten.
"""

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.keyring import store_keys
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import SealSuite
from borderliaison.node.config import BadConfiguration, NodeConfig
from borderliaison.node.upgrade import note_version, prepare_database
from borderliaison.offices.pinning import pin_authority

REQUEST_NAME: Final = "enrolment.request"
MAX_SOCKET_PATH: Final = 100
"""Unix sockets are named by at most 107 bytes (unix(7)); the rest is for ``run/worker.sock``."""
SECRET_BYTES: Final = 64


class NodeExists(LiaisonError):
    """Something is there already; a node never overwrites anything."""

    code = "E-INI-01"


@dataclass(frozen=True, slots=True)
class NewNode:
    """What an administrator says of a node that is to be.

    Attributes:
        directory: where it will live.
        office: whose it is.
        authority_key: the key file of the country's authority, whose fingerprint was compared.
        suite: how letters to this office are sealed.
        settings: what goes into ``node.toml`` beside the office.
    """

    directory: Path
    office: OfficeCode
    authority_key: Path
    suite: SealSuite
    settings: dict[str, str | int | bool]


@dataclass(frozen=True, slots=True)
class MadeNode:
    """A node that was made.

    Attributes:
        directory: where it is.
        request: the file to bring to the authority.
        fingerprint: of the office's keys, to be compared there.
        authority_fingerprint: of the authority that it will believe.
    """

    directory: Path
    request: Path
    fingerprint: str
    authority_fingerprint: str


def init_node(new: NewNode, step: Callable[[str], None]) -> MadeNode:
    """Make a node. Starts Django, so a process makes one node at most.

    Args:
        new: what it is to be.
        step: told what is being done.

    Raises:
        NodeExists: the directory is there and not empty.
        BadConfiguration: a setting cannot be used.
        LiaisonError: the authority's key is not one, or the network has no such office.
    """
    final = new.directory.absolute()
    if final.exists() and any(final.iterdir()):
        raise NodeExists(f"{final} is not empty")
    if len(str(final / "run" / "worker.sock")) > MAX_SOCKET_PATH:
        raise BadConfiguration(f"{final}: choose a shorter path; Unix sockets live in it")
    final.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=f".{final.name}-", dir=final.parent))
    try:
        keys = _write_files(making, new)
        step("making the database")
        fingerprint, authority = _fill_database(making, new, keys)
        if final.exists():
            final.rmdir()
        making.rename(final)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    return MadeNode(final, final / REQUEST_NAME, fingerprint, authority)


def _write_files(making: Path, new: NewNode) -> OfficeKeys:
    """Write settings and secrets; the folder is its owner's alone (``mkdtemp`` sees to that)."""
    for name in ("keys", "run"):
        (making / name).mkdir(mode=0o700)
    _write_secret(making / "keys" / "web.secret", secrets.token_urlsafe(SECRET_BYTES))
    if new.settings.get("serve_hub"):
        _write_secret(making / "keys" / "hub.token", secrets.token_hex(32))
    lines = [f"{name} = {_toml(value)}" for name, value in new.settings.items()]
    _write_secret(making / "node.toml", "\n".join([f'office = "{new.office}"', *lines, ""]))
    NodeConfig.load(making).check_safe()
    keys = OfficeKeys.generate(new.suite)
    store_keys(making / "keys" / "office.key", keys)
    return keys


def _fill_database(making: Path, new: NewNode, keys: OfficeKeys) -> tuple[str, str]:
    from borderliaison.node.start import start_django  # noqa: PLC0415  # it reads what was written

    start_django(making)
    from django.db import connections  # noqa: PLC0415  # wants Django started

    from borderliaison.offices import enrolment, services  # noqa: PLC0415

    pinned = pin_authority(new.authority_key.read_bytes(), making, new.office)
    prepare_database()
    note_version(making)
    services.find_office(new.office)
    public = keys.public(new.office)
    request = enrolment.make_request(
        public, services.agencies_in(new.office), keys.signing_key, datetime.now(UTC)
    )
    (making / REQUEST_NAME).write_bytes(request)
    connections.close_all()
    return enrolment.read_request(request).fingerprint, pinned.fingerprint


def _write_secret(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
