"""``blo user``: accounts of officers on this node."""

import json
import sys
from dataclasses import asdict
from typing import Any

import click

from borderliaison.cli import say
from borderliaison.cli.options import as_json, with_node
from borderliaison.kernel.marking import NODE_CEILING, Level

LEVELS = [level.name.lower() for level in Level if level <= NODE_CEILING]
ROLES = ["liaison", "duty", "head", "analyst", "observer"]


@click.group()
def user() -> None:
    """Accounts of officers on this node. There is no sign-up: an administrator makes them."""


@user.command()
@click.argument("login")
@click.option(
    "--officer", required=True, metavar="ID", help="As the office knows him: KG-BDB/0003."
)
@click.option("--name", required=True, help="As it is shown: “A. Toktosunov”.")
@click.option("--office", help="The office's code; without it, this node's office.")
@click.option("--agency", required=True, metavar="CODE", help="The agency's code: KG-BOR.")
@click.option("--role", type=click.Choice(ROLES), default="liaison", show_default=True)
@click.option("--clearance", type=click.Choice(LEVELS), default=LEVELS[-1], show_default=True)
@click.option(
    "--language", "languages", multiple=True, default=["en"], show_default=True,
    help="A language that the officer speaks; the first is the one of his pages. Repeat it.",
)  # fmt: skip
@click.option("--password-stdin", is_flag=True, help="Read the password that the officer chose.")
@click.option("--totp", is_flag=True, help="Enrol an authenticator app now.")
@as_json
@with_node
def add(
    config: Any, /, login: str, password_stdin: bool, totp: bool, as_json: bool, **said: Any
) -> None:
    """Make an account and print, this once, what to hand to the officer.

    Without --password-stdin a password is made that must be changed at the first sign-in. Without
    --totp the officer adds his security key or app at the first sign-in.
    """
    from borderliaison.accounts import services  # noqa: PLC0415  # needs Django

    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    new = services.NewAccount(
        login=login,
        officer_id=said["officer"],
        full_name=said["name"],
        office=said["office"] or config.office,
        agency=said["agency"],
        role=said["role"],
        clearance=Level[said["clearance"].upper()],
        languages=tuple(said["languages"]),
    )
    _hand_over(services.enrol_officer(new, password=password, with_totp=totp), as_json)


@user.command("list")
@as_json
@with_node
def list_accounts(config: Any, /, as_json: bool) -> None:
    """List the accounts of this node."""
    from borderliaison.accounts.listing import listing  # noqa: PLC0415  # needs Django

    del config
    lines = listing()
    if as_json:
        click.echo(json.dumps([asdict(line) for line in lines], ensure_ascii=False, indent=2))
        return
    for line in lines:
        state = "active" if line.active else "disabled"
        steps = ",".join(line.second_steps) or "no second step"
        click.echo(f"{line.login}\t{line.officer}\t{line.agency}\t{line.role}\t{state}\t{steps}")
    say(f"{len(lines)} accounts")


@user.command()
@click.argument("login")
@click.option("--totp", is_flag=True, help="Enrol an authenticator app now.")
@as_json
@with_node
def reset(config: Any, /, login: str, totp: bool, as_json: bool) -> None:
    """Give an officer who cannot sign in any more a new beginning.

    Takes away his keys, app and recovery codes, ends his sessions, and prints a new password once.
    """
    from borderliaison.accounts import services  # noqa: PLC0415  # needs Django

    del config
    account = services.account_named(login)
    _hand_over(services.reset_account(account, with_totp=totp), as_json)


@user.command()
@click.argument("login")
@with_node
def disable(config: Any, /, login: str) -> None:
    """Let nobody sign in with this account; whoever is signed in with it is out at once."""
    from borderliaison.accounts import services  # noqa: PLC0415  # needs Django

    del config
    services.disable_account(services.account_named(login))
    say(f"{login} is disabled; `blo user reset {login}` lets it be used again")


@user.group()
def token() -> None:
    """Tokens with which programs work for an officer. He makes them himself under Me, too."""


@token.command("add")
@click.argument("login")
@click.option("--purpose", required=True, metavar="WORD", help="What the program does: statistics.")
@click.option("--note", required=True, help="Which program it is, in a line.")
@click.option("--days", type=int, default=90, show_default=True, help="How long it holds.")
@click.option("--write", "may_write", is_flag=True, help="Let it write in the officer's name, too.")
@click.option("--realm", default="live", show_default=True, help="live, or exercise:NAME.")
@as_json
@with_node
def add_token(config: Any, /, login: str, as_json: bool, **said: Any) -> None:
    """Make a token for an officer and print it, this once.

    PURPOSE is one of case_system, situation, statistics, alerting, trying.
    """
    from borderliaison.accounts import services, tokens  # noqa: PLC0415  # needs Django
    from borderliaison.audit.services import SYSTEM  # noqa: PLC0415

    del config
    account = services.account_named(login)
    made = tokens.make_token(account, tokens.NewToken(**said), actor=SYSTEM)
    if as_json:
        click.echo(json.dumps(_token_line(made.token) | {"token": made.secret}))
    else:
        click.echo(made.secret)
    say("This is shown once. Hand it over in person; it is kept nowhere.")


@token.command("list")
@click.argument("login")
@as_json
@with_node
def list_tokens(config: Any, /, login: str, as_json: bool) -> None:
    """List the tokens of an officer, the newest first."""
    from borderliaison.accounts import services, tokens  # noqa: PLC0415  # needs Django

    del config
    lines = [_token_line(one) for one in tokens.tokens_of(services.account_named(login))]
    if as_json:
        click.echo(json.dumps(lines, ensure_ascii=False, indent=2))
        return
    for line in lines:
        click.echo("\t".join([*(str(line[name]) for name in _TOKEN_COLUMNS), line["note"]]))
    say(f"{len(lines)} tokens")


@token.command()
@click.argument("login")
@click.argument("key")
@with_node
def revoke(config: Any, /, login: str, key: str) -> None:
    """Let a token of an officer open nothing any more. KEY is its name in the list."""
    from borderliaison.accounts import services, tokens  # noqa: PLC0415  # needs Django
    from borderliaison.audit.services import SYSTEM  # noqa: PLC0415

    del config
    tokens.revoke_token(services.account_named(login), key, actor=SYSTEM)
    say(f"{key} is revoked")


_TOKEN_COLUMNS = ("key", "state", "scopes", "realm", "purpose", "expires_at", "last_used_at")


def _token_line(token: Any) -> dict[str, str]:
    used = token.last_used_at
    return {
        "key": token.key,
        "state": str(token.state.value),
        "scopes": "+".join(token.scopes),
        "realm": token.realm,
        "purpose": token.purpose,
        "expires_at": token.expires_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "last_used_at": used.strftime("%Y-%m-%dT%H:%M:%SZ") if used else "never",
        "note": token.note,
    }


def _hand_over(enrolment: Any, as_json: bool) -> None:
    handed = {
        "login": enrolment.account.login,
        "officer": enrolment.account.officer_id,
        "password": enrolment.password,
        "totp_secret": enrolment.totp_secret,
        "totp_uri": enrolment.totp_uri,
    }
    handed = {name: value for name, value in handed.items() if value}
    if as_json:
        click.echo(json.dumps(handed))
    else:
        for name, value in handed.items():
            click.echo(f"{name}: {value}")
    if "password" in handed or "totp_secret" in handed:
        say("This is shown once. Hand it over in person; it is kept nowhere.")
