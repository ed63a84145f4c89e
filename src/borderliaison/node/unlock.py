"""What opens the office's private keys when the node starts: a credential, or a passphrase at a terminal.

Only the key of the file is made here; the private keys themselves are opened by the worker alone.
"""

import sys
from collections.abc import Callable

import click

from borderliaison.exchange.errors import BadCredential
from borderliaison.exchange.own_keys.keyring import credential_of, read_key_file
from borderliaison.exchange.own_keys.lock import FileKey, LockKind, lock_of
from borderliaison.node.config import NodeConfig

Ask = Callable[[str], str]


def ask_at_terminal(question: str) -> str:
    """Ask for a passphrase at the terminal, unseen.

    Raises:
        BadCredential: nobody is there to ask.
    """
    if not sys.stdin.isatty():
        raise BadCredential("a passphrase opens the keys, and there is no terminal to ask at")
    answer: str = click.prompt(question, hide_input=True, err=True)
    return answer


def unlock(node: NodeConfig, ask: Ask = ask_at_terminal) -> FileKey:
    """Return what opens a node's private keys.

    Raises:
        NoKeyFile, UnsafeKeyFile, OldKeyFile: the private keys cannot be used.
        BadCredential: there is no credential, or nobody to ask for the passphrase.
        WrongUnlock: it is another one.
    """
    lock = lock_of(read_key_file(node.key_file))
    if lock.kind is LockKind.CREDENTIAL:
        return lock.open(credential_of(node.unlock_path))
    return lock.open(ask(f"Passphrase of {node.office}").encode())
