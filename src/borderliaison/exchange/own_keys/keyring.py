"""The file of the office's private keys, and the credential that opens it: their owner's alone.

The keys are sealed at rest. A credential stands outside the node's directory, so that neither a backup
nor a copy of the directory opens them; systemd brings it as ``$CREDENTIALS_DIRECTORY/blo-office-keys``.
"""

import os
import secrets
import stat
from pathlib import Path
from typing import Final

import structlog

from borderliaison.exchange.core.keyring import Keyring
from borderliaison.exchange.errors import BadCredential, NoKeyFile, UnsafeKeyFile
from borderliaison.exchange.own_keys.lock import FileKey, Lock, lock_of, open_ring, seal_ring
from borderliaison.exchange.ports import Node
from borderliaison.kernel.durable import write_new, write_whole
from borderliaison.kernel.errors import LiaisonError

log = structlog.get_logger(__name__)
CREDENTIALS_VARIABLE: Final = "CREDENTIALS_DIRECTORY"
CREDENTIAL_NAME: Final = "blo-office-keys"
MAX_BYTES: Final = 1024 * 1024
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def load_ring(path: Path, key: FileKey) -> Keyring:
    """Read the office's private keys. They read themselves again when the file has changed.

    Raises:
        NoKeyFile: there is no file of keys.
        UnsafeKeyFile: others than its owner may read it, or it is another user's.
        OldKeyFile, WrongUnlock: it is not sealed, or not with this key.
        MalformedData: it is not a file of keys.
    """
    seen, ring = _state_of(path), open_ring(read_key_file(path), key)

    def read_again() -> Keyring | None:
        nonlocal seen
        now = _state_of(path)
        if now == seen:
            return None
        seen = now
        try:
            return open_ring(read_key_file(path), key)
        except LiaisonError as error:
            log.exception("exchange.keys_not_here", code=error.code, exc_info=error)
            return None

    ring.read_again = read_again
    return ring


def _state_of(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def read_key_file(path: Path) -> bytes:
    """Read the sealed file of keys.

    Raises:
        NoKeyFile: there is none.
        UnsafeKeyFile: others than its owner may read it, or it is another user's.
    """
    try:
        return read_private(path)
    except FileNotFoundError as error:
        raise NoKeyFile(str(path)) from error


def read_private(path: Path) -> bytes:
    """Read a file that nobody but its owner, who is us, may read.

    Raises:
        FileNotFoundError: there is none.
        UnsafeKeyFile: others may read it, it is another user's, or no plain file.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or found.st_mode & _OTHERS:
            raise UnsafeKeyFile(f"{path}: mode {stat.S_IMODE(found.st_mode):04o}")
        if found.st_uid != os.geteuid():
            raise UnsafeKeyFile(f"{path}: it is the user's with the number {found.st_uid}")
        return file.read(MAX_BYTES)


def store_ring(path: Path, ring: Keyring, lock: Lock, key: FileKey) -> None:
    """Write new private keys, readable by their owner alone.

    Raises:
        FileExistsError: there are keys already; they are never overwritten.
        WrongUnlock: the key does not belong to the lock.
    """
    write_new(path, seal_ring(ring, lock, key))


def replace_ring(path: Path, ring: Keyring, lock: Lock, key: FileKey) -> None:
    """Write a file of keys in the place of the earlier one: whole, or not at all."""
    write_whole(path, seal_ring(ring, lock, key))


def new_credential(path: Path) -> bytes:
    """Write a new credential and return its secret.

    Raises:
        FileExistsError: there is a file already.
    """
    secret = secrets.token_hex(32).encode()
    write_new(path, secret + b"\n")
    return secret


def credential_of(path: Path | None) -> bytes:
    """Return the secret in the credential: the one that systemd brings, else the file that is named.

    Raises:
        BadCredential: there is none.
        UnsafeKeyFile: others than its owner may read it, or it is another user's.
    """
    brought = os.environ.get(CREDENTIALS_VARIABLE, "")
    if brought and (Path(brought) / CREDENTIAL_NAME).is_file():
        return (Path(brought) / CREDENTIAL_NAME).read_bytes().strip()
    if path is None:
        raise BadCredential("`unlock_credential` in node.toml names none")
    return secret_in(path)


def secret_in(path: Path) -> bytes:
    """Return the secret in a credential's file.

    Raises:
        BadCredential: there is no such file.
        UnsafeKeyFile: others than its owner may read it, or it is another user's.
    """
    try:
        return read_private(path).strip()
    except FileNotFoundError as error:
        raise BadCredential(f"{path}: there is no such file") from error


def read_credential(node: Node) -> FileKey:
    """Open the lock of a node's keys with its credential.

    Raises:
        NoKeyFile, UnsafeKeyFile, OldKeyFile, BadCredential, WrongUnlock: they cannot be opened so.
    """
    lock = lock_of(read_key_file(node.key_file))
    return lock.open(credential_of(node.unlock_path))
