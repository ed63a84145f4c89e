"""No trust on first use: a key counts after somebody compared its fingerprint."""

import sys
from collections.abc import Callable
from typing import Any

import click

from borderliaison.cli import say
from borderliaison.offices.directory.fingerprints import same
from borderliaison.offices.errors import NotCompared, OtherFingerprint


def compared(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command ``--fingerprint`` and ``--yes``."""
    command = click.option(
        "--yes", is_flag=True, help="The fingerprints were compared already; do not ask."
    )(command)
    return click.option(
        "--fingerprint", "expected", multiple=True, metavar="DIGITS",
        help="The fingerprint that was read out to you. Repeat it for more than one file.",
    )(command)  # fmt: skip


def compare(what: str, fingerprint: str, expected: tuple[str, ...], *, yes: bool) -> None:
    """Go on only if the key is the one that is meant.

    Args:
        what: whose key it is said to be.
        fingerprint: of the key at hand.
        expected: fingerprints that were read out.
        yes: whether somebody says that they were compared.

    Raises:
        OtherFingerprint: fingerprints were given and none is this key's.
        NotCompared: nobody is there to ask.
        click.Abort: the person at the keyboard says that it is another one.
    """
    if expected:
        if not any(same(one, fingerprint) for one in expected):
            raise OtherFingerprint(f"{what}, {fingerprint}")
        return
    if yes:
        return
    if not sys.stdin.isatty():
        raise NotCompared(f"{what}, {fingerprint}")
    say(f"{what}\n  {fingerprint}")
    click.confirm("Is this what the other side reads out to you?", abort=True, err=True)
