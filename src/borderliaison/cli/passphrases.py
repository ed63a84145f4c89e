"""Passphrases: typed unseen at a terminal, or the first line of a file of the owner's alone.

Never on a command line and never in the environment, where other programs of the machine see them.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click

from borderliaison.kernel.errors import LiaisonError

SHORTEST: Final = 12
"""Of a new passphrase, in characters: whoever holds the file may try as long as he likes."""
_OTHERS: Final = 0o077


class PassphraseError(LiaisonError):
    """The passphrase cannot be used."""

    code = "E-PAS-01"


class UnsafePassphraseFile(PassphraseError):
    """Others than its owner may read a file with a secret in it."""

    code = "E-PAS-02"
    hint = "chmod 600 it"


def passphrase_file_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command ``--passphrase-file``."""
    return click.option(
        "--passphrase-file",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="A file, mode 0600, whose first line is the passphrase; asked for without it.",
    )(command)


def passphrase(what: str, file: Path | None, *, new: bool = False) -> str:
    """Return a passphrase.

    Args:
        what: whose it is, for the question.
        file: where it stands; it is asked for at the terminal where this is ``None``.
        new: whether something is to be sealed with it: then it is asked for twice, and not too short.

    Raises:
        PassphraseError: there is none, it is too short, or there is nobody to ask.
        UnsafePassphraseFile: others may read the file.
    """
    text = first_line(file) if file else _from_terminal(what, new=new)
    if not text:
        raise PassphraseError("it is empty")
    if new and len(text) < SHORTEST:
        raise PassphraseError(f"it is shorter than {SHORTEST} characters")
    return text


def first_line(file: Path) -> str:
    """Return the first line of a file that nobody but its owner may read.

    Raises:
        UnsafePassphraseFile: others may.
    """
    if file.stat().st_mode & _OTHERS:
        raise UnsafePassphraseFile(str(file))
    return file.read_text(encoding="utf-8").partition("\n")[0].strip("\r")


def _from_terminal(what: str, *, new: bool) -> str:
    if not sys.stdin.isatty():
        raise PassphraseError("there is nobody to ask; give --passphrase-file")
    text: str = click.prompt(
        f"{'New passphrase' if new else 'Passphrase'} for {what}",
        hide_input=True, confirmation_prompt=new, err=True,
    )  # fmt: skip
    return text
