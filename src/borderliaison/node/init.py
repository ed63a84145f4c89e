"""Making a node: its directory, its secrets, its database, and the request to be listed.

Everything is made in a folder beside the one that was asked for and moved there at the end, so that a
failure leaves nothing half made and nothing is ever overwritten.
"""

import secrets
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

from borderliaison.exchange.core.keyring import Keyring
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.own_keys.keyring import new_credential, secret_in, store_ring
from borderliaison.exchange.own_keys.lock import Lock, LockKind
from borderliaison.kernel.durable import move, settle, write_new
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import SealSuite
from borderliaison.node.config import BadConfiguration, NodeConfig
from borderliaison.node.settings_file import toml_value
from borderliaison.node.upgrade import note_version, prepare_database
from borderliaison.offices.trust.pinning import pin_authority

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
        passphrase: what opens the office's private keys; without it a credential does.
        credential: that file; it is made where there is none. ``DIR.unlock`` where nothing is said.
    """

    directory: Path
    office: OfficeCode
    authority_key: Path
    suite: SealSuite
    settings: dict[str, str | int | bool]
    passphrase: str = ""
    credential: Path | None = None


@dataclass(frozen=True, slots=True)
class MadeNode:
    """A node that was made.

    Attributes:
        directory: where it is.
        request: the file to bring to the authority.
        fingerprint: of the office's keys, to be compared there.
        authority_fingerprint: of the authority that it will believe.
        credential: the file that opens the office's private keys; empty where a passphrase does.
    """

    directory: Path
    request: Path
    fingerprint: str
    authority_fingerprint: str
    credential: str = ""


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
    secret = _Secret.for_node(new, final)
    try:
        keys = _write_files(making, new, secret)
        step("making the database")
        fingerprint, authority = _fill_database(making, new, keys)
        if final.exists():
            final.rmdir()
        settle(making)
        move(making, final)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        secret.take_back()
        raise
    return MadeNode(final, final / REQUEST_NAME, fingerprint, authority, secret.path)


@dataclass(frozen=True, slots=True)
class _Secret:
    """What will open the private keys.

    Attributes:
        path: of the credential; empty where a passphrase opens them.
        setting: the credential as seen from the node's directory, for ``node.toml``.
        is_new: whether the credential was made for this node.
    """

    kind: LockKind
    octets: bytes = field(repr=False)
    path: str = ""
    setting: str = ""
    is_new: bool = False

    @classmethod
    def for_node(cls, new: NewNode, final: Path) -> Self:
        """Read the credential, or make it; a passphrase is as it was given."""
        if new.passphrase:
            return cls(LockKind.PASSPHRASE, new.passphrase.encode())
        path = (new.credential or final.with_name(f"{final.name}.unlock")).absolute()
        setting = str(path) if new.credential else f"../{path.name}"
        if new.credential is not None and path.exists():
            return cls(LockKind.CREDENTIAL, secret_in(path), str(path), setting)
        try:
            octets = new_credential(path)
        except FileExistsError as error:
            raise NodeExists(f"{path} is there already") from error
        return cls(LockKind.CREDENTIAL, octets, str(path), setting, is_new=True)

    def take_back(self) -> None:
        """Remove the credential that was made for a node that is not."""
        if self.is_new:
            Path(self.path).unlink(missing_ok=True)


def _write_files(making: Path, new: NewNode, secret: _Secret) -> OfficeKeys:
    """Write settings and secrets; the folder is its owner's alone (``mkdtemp`` sees to that)."""
    for name in ("keys", "run"):
        (making / name).mkdir(mode=0o700)
    write_new(making / "keys" / "web.secret", secrets.token_urlsafe(SECRET_BYTES))
    settings = {**new.settings, "unlock_credential": secret.setting}
    lines = [f"{name} = {toml_value(value)}" for name, value in settings.items() if value != ""]
    write_new(making / "node.toml", "\n".join([f'office = "{new.office}"', *lines, ""]))
    NodeConfig.load(making).check_safe()
    keys = OfficeKeys.generate(new.suite)
    lock, key = Lock.make(secret.kind, secret.octets)
    store_ring(making / "keys" / "office.key", Keyring(new.office, [keys]), lock, key)
    return keys


def _fill_database(making: Path, new: NewNode, keys: OfficeKeys) -> tuple[str, str]:
    from borderliaison.node.start import start_django  # noqa: PLC0415  # it reads what was written

    start_django(making)
    from django.db import connections  # noqa: PLC0415  # wants Django started

    from borderliaison.offices import services  # noqa: PLC0415
    from borderliaison.offices.directory import enrolment  # noqa: PLC0415

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
