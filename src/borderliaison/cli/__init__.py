"""The command line: ``blo NOUN VERB``. Data on stdout, words on stderr, documented exit codes.

Each noun is a module of this package, imported only when it is asked for, so that ``blo --help`` needs
neither a node nor Django. The pages ``docs/reference/cli.md`` is written from what stands here.
"""

import os
import sys
from collections.abc import Sequence
from enum import IntEnum
from importlib import import_module
from typing import Final

import click

from borderliaison import __version__
from borderliaison.cli.language import LANGUAGES, VARIABLE, catalogue, language_of
from borderliaison.kernel.errors import LiaisonError

NOUNS: Final = {
    "node": "Make and look at this office's node.",
    "serve": "Run the node: pages, worker and, where it is asked to, the hub.",
    "user": "Accounts of officers on this node.",
    "office": "The network of offices: what it says, and correcting it.",
    "exercise": "The exercises in which this office takes part.",
    "forms": "The forms that officers fill: which there are.",
    "search": "The index by which correspondence is found.",
    "records": "Who and what the reports speak of.",
    "analysis": "What the shape of a network says.",
    "map": "The maps of this office: provinces and tiles.",
    "exchange": "What waits, what was sent, which links are up.",
    "api": "The interface for programs.",
    "metrics": "Figures of this node for Prometheus.",
    "directory": "The signed directory of offices and their keys.",
    "authority": "The signing authority, kept apart from every node.",
    "bench": "Measure this machine; from the source tree.",
    "demo": "Five offices on this machine play the first warning.",
}


class Exit(IntEnum):
    """What the exit code says."""

    DONE = 0
    """It was done."""
    FAILED = 1
    """It could not be done, and trying the same again will not help."""
    USAGE = 2
    """The command was not understood."""
    TRY_AGAIN = 75
    """It could not be done now; the same command may succeed later."""
    INTERRUPTED = 130
    """Ctrl-C."""


class Nouns(click.Group):
    """A group that imports a noun's module when the noun is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the nouns in the order in which somebody meets them."""
        return list(NOUNS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import ``borderliaison.cli.NOUN`` and return its command ``NOUN``."""
        if cmd_name not in NOUNS:
            return None
        command: click.Command = getattr(import_module(f"borderliaison.cli.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the nouns without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(NOUNS.items()))


@click.group(cls=Nouns, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="blo")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help=f"The language of errors and their hints; or set {VARIABLE}. Without either, as LANG says.",
)
def blo(language: str | None) -> None:
    """Border Liaison: the office's node, its keys, its accounts, and the exchange."""
    if language:
        os.environ[VARIABLE] = language


def say(text: str) -> None:
    """Write a sentence for a person to stderr."""
    click.echo(text, err=True)


def hint(text: str) -> None:
    """Write what may help to stderr, in the reader's language."""
    words = catalogue(language_of()).gettext
    say(f"blo: {words('hint')}: {words(text)}")


def complain(error: LiaisonError) -> None:
    """Write what went wrong, where, its code, and what may help, to stderr, in the reader's language."""
    words = catalogue(language_of()).gettext
    sentence, detail = error.sentence(), str(error)
    said = (
        f"{words(sentence).rstrip('.')}: {words(detail)}" if detail else words(sentence).rstrip(".")
    )
    say(f"blo: {words('error')}: {said} ({error.code})")
    if error.hint:
        hint(error.hint)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run ``blo`` and end the process with a documented exit code."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run ``blo`` and return its exit code."""
    try:
        result = blo.main(arguments, prog_name="blo", standalone_mode=False)
    except LiaisonError as error:
        complain(error)
        return Exit.TRY_AGAIN if error.retryable else Exit.FAILED
    except click.UsageError as error:
        say(f"blo: error: {error.format_message()}")
        command = error.ctx.command_path if error.ctx else "blo"
        hint(f"{command} --help")
        return Exit.USAGE
    except click.ClickException as error:
        say(f"blo: error: {error.format_message()}")
        return Exit.FAILED
    except (click.Abort, KeyboardInterrupt):
        say("blo: interrupted")
        return Exit.INTERRUPTED
    return int(result) if isinstance(result, int) else Exit.DONE
