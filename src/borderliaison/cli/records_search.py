"""``blo records search``: what an officer would find."""

import json
from typing import Any, Final

import click

from borderliaison.cli import say
from borderliaison.cli.options import as_json, with_node

_NO_CONDITION: Final = (
    "is no condition, or records have no such kind or property; conditions are like `make: KAMAZ`,"
    " `birthDate >= 1980`, `linked Ownership Person: Bek`, `within 25 KG-BDB`"
)


@click.command
@click.argument("words", nargs=-1)
@click.option("--for", "login", required=True, help="The officer: what he may read is found.")
@click.option("--kind", default="", help="A kind of record: Person, Vehicle, Seizure.")
@click.option("--office", default="", help="That says so.")
@click.option("--crossing", default="", help="Where it was.")
@click.option("--handling", default="", help="A handling code that it is said under: H1.")
@click.option("--level", default="", help="0 open, 1 for official use.")
@click.option("--grade", default="", help="How it is graded, as it is written: B2.")
@click.option(
    "--where", multiple=True, metavar="CONDITION", help="See below; several may be given."
)
@click.option("--any", "is_any", is_flag=True, help="One of the conditions is enough.")
@click.option("--points", default="", help="At how many crossing points it was seen at least.")
@click.option("--near", default="", metavar="KIND", help="Near to an event of this kind: Seizure.")
@click.option("--days", default="", help="How many days before or after that; without it, 3.")
@click.option("--since", default="", help="A day: 2026-05-12.")
@click.option("--until", default="", help="The last day.")
@as_json
@with_node
def search(
    _config: Any,
    /,
    words: tuple[str, ...],
    login: str,
    where: tuple[str, ...],
    is_any: bool,
    as_json: bool,
    **only: str,
) -> None:
    """Find records by WORDS as an officer would on his page: names in any script, numbers, texts.

    The options are the filters of the page: vehicles seen at two crossing points within 3 days of a seizure
    there are `--kind Vehicle --points 2 --near Seizure --days 3`.

    A condition is `make: KAMAZ` (the words are in what is said), `registeredIn = kg`, `birthDate >= 1980`,
    `weightFound <= 5`, `driver ?` (something is said); `linked Ownership Person: Bek`, `linked ~ Substance:
    heroin` (`~` also by the same event, `*` by any line), `linked SeizedQuantity Substance >= 5`; or
    `within 25 KG-BDB` (kilometres, a crossing point or `41.2,69.3`). `not` before it turns it round.

    Prints the key, the kind and how many
    sources each has, and no name: the look at a record is the officer's own, on a page or by his program,
    for a purpose.
    """
    from borderliaison.accounts.services import account_named  # noqa: PLC0415  # wants Django started
    from borderliaison.records.profiles.reading import profiles  # noqa: PLC0415
    from borderliaison.records.search.found.conditions import read_condition  # noqa: PLC0415
    from borderliaison.records.search.found.finding import find  # noqa: PLC0415
    from borderliaison.records.search.question.asked import read_asked, unread  # noqa: PLC0415

    for line in where:
        if read_condition(line) is None:
            raise click.BadParameter(f"{line!r} {_NO_CONDITION}", param_hint="--where")
    asked = {"q": " ".join(words), "where": "\n".join(where), "any": "1" * is_any, **only}
    strange = unread(asked)
    if strange:
        name = strange[0]
        raise click.BadParameter(f"{asked[name]!r} is not known here", param_hint=f"--{name}")
    reader = account_named(login).reader()
    found = find(reader, read_asked(asked).wanted())
    known = profiles(reader, [one[0] for one in found.groups])
    records = [
        {
            "key": one.key,
            "kind": one.schema,
            "sources": len({saying.source for value in one.values for saying in value.sayings}),
        }
        for one in known.values()
    ]
    if as_json:
        click.echo(json.dumps({"records": records, "cut": found.is_cut}))
        return
    for one in records:
        click.echo("\t".join(str(value) for value in one.values()))
    if found.is_cut:
        say("More was found: these are the latest. Look for more words.")
