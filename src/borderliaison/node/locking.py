"""Changing what opens a node's private keys. The keys stay the same."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from borderliaison.exchange.core.keyring import Keyring
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.errors import OldKeyFile
from borderliaison.exchange.own_keys.keyring import (
    new_credential,
    read_key_file,
    replace_ring,
    secret_in,
)
from borderliaison.exchange.own_keys.lock import Lock, LockKind, lock_of, open_ring
from borderliaison.node.config import NodeConfig
from borderliaison.node.serve import AlreadyServed
from borderliaison.node.unlock import Ask, ask_at_terminal, unlock


def relock(
    node: NodeConfig,
    *,
    passphrase: str = "",
    credential: Path | None = None,
    ask: Ask = ask_at_terminal,
) -> None:
    """Seal a node's private keys with a passphrase, or with a credential.

    Keys that lie in the clear, as an earlier version of this program left them, are sealed.

    Args:
        node: whose keys they are; it must not be served meanwhile.
        passphrase: what is to open them; a credential where it is empty.
        credential: that file; it is made where there is none.
        ask: for the passphrase that opens them now.

    Raises:
        AlreadyServed: the node is served.
        BadCredential, WrongUnlock: they cannot be opened.
    """
    with _not_served(node):
        ring = _opened(node, ask)
        if credential is None:
            lock, key = Lock.make(LockKind.PASSPHRASE, passphrase.encode())
        else:
            there = credential.exists()
            secret = secret_in(credential) if there else new_credential(credential)
            lock, key = Lock.make(LockKind.CREDENTIAL, secret)
        replace_ring(node.key_file, ring, lock, key)


def _opened(node: NodeConfig, ask: Ask) -> Keyring:
    data = read_key_file(node.key_file)
    try:
        lock_of(data)
    except OldKeyFile:
        return Keyring(node.office, [OfficeKeys.from_bytes(data)])
    return open_ring(data, unlock(node, ask))


@contextmanager
def _not_served(node: NodeConfig) -> Iterator[None]:
    node.run_directory.mkdir(mode=0o700, exist_ok=True)
    lock = os.open(node.run_directory / "serve.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _take(lock, node)
        yield
    finally:
        os.close(lock)


def _take(lock: int, node: NodeConfig) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise AlreadyServed(f"{node.directory}: end `blo serve` first") from error
