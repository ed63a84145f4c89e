"""``blo`` itself: what it costs to ask for help, how errors are told, what exit codes say."""

import subprocess
import sys

import click
import pytest

from borderliaison import cli
from borderliaison.cli import Exit, blo, run
from borderliaison.kernel.errors import LiaisonError


class Broken(LiaisonError):
    """The bridge is closed."""

    code = "E-TST-01"
    hint = "go round by the ford"


class Later(LiaisonError):
    """The bridge is closed for an hour."""

    code = "E-TST-02"
    retryable = True


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> click.Group:
    group = click.Group("blo")
    monkeypatch.setattr(cli, "blo", group)
    return group


@pytest.mark.parametrize(("error", "code"), [(Broken("at 7"), 1), (Later(), 75)])
def test_an_error_is_told_with_its_code_and_ends_with_its_exit_code(
    command: click.Group, capsys: pytest.CaptureFixture[str], error: LiaisonError, code: int
) -> None:
    @command.command("go")
    def go() -> None:
        raise error

    assert run(["go"]) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert f"({error.code})" in told.err
    assert told.err.startswith("blo: error: The bridge is closed")


def test_a_hint_follows_the_error(command: click.Group, capsys: pytest.CaptureFixture[str]) -> None:
    @command.command("go")
    def go() -> None:
        raise Broken

    run(["go"])
    assert "blo: hint: go round by the ford" in capsys.readouterr().err


def test_what_is_not_understood_is_told_with_where_to_read(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["fly"]) == Exit.USAGE
    assert "blo: hint: blo --help" in capsys.readouterr().err


def test_every_noun_has_its_command_and_its_line_of_help() -> None:
    context = click.Context(blo)
    for noun in blo.list_commands(context):
        command = blo.get_command(context, noun)
        assert command is not None
        assert command.help


def test_help_needs_neither_a_node_nor_django() -> None:
    code = (
        "import sys\nfrom borderliaison.cli import run\nrun(['--help'])\n"
        "sys.exit('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0
