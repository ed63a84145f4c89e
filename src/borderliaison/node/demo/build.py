"""Making the demo's authorities and nodes, with nothing but ``blo`` commands.

The authorities live in a folder apart; their keys never touch a node. What they sign is carried to the
nodes as files, as in life.
"""

import asyncio
import json
import secrets
import sys
from collections.abc import Coroutine, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from borderliaison.kernel.errors import LiaisonError
from borderliaison.node.demo.cast import OFFICES, DemoOffice, DemoOfficer
from borderliaison.node.demo.company import authorities_of
from borderliaison.node.demo.ports import Ports

Made = TypeVar("Made")
AT_ONCE: Final = 5
WORDS: Final = """
amber basalt cedar delta ember fjord garnet harbour island juniper kestrel lantern meadow nettle
orchard pebble quartz river saffron thistle umber velvet willow yarrow zephyr
"""
"""Passwords of the demo are made of these, anew each time."""


class DemoFailed(LiaisonError):
    """The demo could not be set up."""

    code = "E-DMO-01"


@dataclass(frozen=True, slots=True)
class SignIn:
    """How a demo officer signs in.

    Attributes:
        url: the address of his office's pages.
        secret: of his authenticator app, base32.
    """

    office: DemoOffice
    officer: DemoOfficer
    url: str
    password: str
    secret: str


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything that was made.

    Attributes:
        folder: holds ``authorities`` and one folder for each node.
        ports: of pages, by office, and of the hub.
        sign_ins: by login name.
        offices: in the order in which they start, the hub first.
    """

    folder: Path
    ports: Ports
    sign_ins: dict[str, SignIn]
    offices: tuple[DemoOffice, ...] = OFFICES

    def node(self, office: DemoOffice) -> Path:
        """Return the directory of an office's node."""
        return self.folder / office.code


async def build(folder: Path, ports: Ports, offices: tuple[DemoOffice, ...] = OFFICES) -> Stage:
    """Make everything; ``AT_ONCE`` nodes at a time.

    Args:
        folder: where; empty.
        ports: for these offices.
        offices: whose nodes to make; one of them serves the hub.

    Raises:
        DemoFailed: a command failed; it has told why.
    """
    authorities = folder / "authorities"
    authorities.mkdir(parents=True)
    named = authorities_of(offices)
    keys = {country: str(authorities / country / "authority.pub") for country in named}
    await _blo(
        *[
            ["authority", "init", str(authorities / country), "--country", country, "--name", name]
            for country, name in named.items()
        ]
    )
    hub = next(office for office in offices if office.serves_hub)
    await _init(
        folder, hub, keys[hub.country], ports, ["--serve-hub", "--hub-port", str(ports.hub)]
    )
    joined = ["--hub-url", f"nats://127.0.0.1:{ports.hub}"]
    others = [office for office in offices if office is not hub]
    await _some_at_once(_init(folder, o, keys[o.country], ports, joined) for o in others)
    await _publish(folder, offices, keys)
    codes = [office.code for office in offices]
    directories = [str(authorities / f"{country}.directory") for country in named]
    enrolled = await _some_at_once(
        _furnish(folder, office, ports, directories, codes) for office in offices
    )
    sign_ins = {one.officer.login: one for of_office in enrolled for one in of_office}
    return Stage(folder, ports, sign_ins, offices)


async def _some_at_once(works: Iterable[Coroutine[Any, Any, Made]]) -> list[Made]:
    room = asyncio.Semaphore(AT_ONCE)

    async def one(work: Coroutine[Any, Any, Made]) -> Made:
        async with room:
            return await work

    return list(await asyncio.gather(*map(one, works)))


async def _init(
    folder: Path, office: DemoOffice, key: str, ports: Ports, more: Sequence[str]
) -> None:
    own = ["--port", str(ports.pages[office.code]), "--demo", "--yes"]
    node = str(folder / office.code)
    await _blo(["node", "init", node, "--office", office.code, "--authority-key", key, *own, *more])


async def _publish(folder: Path, offices: tuple[DemoOffice, ...], keys: dict[str, str]) -> None:
    """Let each authority enrol its offices, recognise the other, and sign its directory."""
    authorities = folder / "authorities"
    commands = []
    for country in keys:
        desk = str(authorities / country)
        own = [office for office in offices if office.country == country]
        requests = [str(folder / office.code / "enrolment.request") for office in own]
        commands.append(["authority", "enrol", desk, *requests, "--yes"])
        for other, key in keys.items():
            if other != country:
                commands.append(["authority", "recognise", desk, key, "--yes"])
        out = str(authorities / f"{country}.directory")
        commands.append(["authority", "publish", desk, "--out", out])
    await _blo(*commands)


async def _furnish(
    folder: Path, office: DemoOffice, ports: Ports, directories: list[str], offices: list[str]
) -> list[SignIn]:
    """Bring the signed directories and the past year to a node, and make its officers' accounts."""
    node = ["--node", str(folder / office.code)]
    commands: list[Any] = [["directory", "import", *directories, *node]]
    passwords = [_password() for _ in office.officers]
    for officer, password in zip(office.officers, passwords, strict=True):
        spoken = [part for one in officer.languages for part in ("--language", one)]
        command = [
            "user", "add", officer.login, "--officer", officer.officer_id, "--name", officer.name,
            "--agency", officer.agency, "--role", officer.role, *spoken,
            "--password-stdin", "--totp", "--json", *node,
        ]  # fmt: skip
        commands.append((command, password))
    printed = (await _blo(*commands))[1:]
    await _remember(folder / office.code, offices)
    url = f"http://localhost:{ports.pages[office.code]}"
    return [
        SignIn(office, officer, url, password, json.loads(text)["totp_secret"])
        for officer, password, text in zip(office.officers, passwords, printed, strict=True)
    ]


async def _remember(node: Path, offices: list[str]) -> None:
    """Bring the past year into a node, as an office brings its history along."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "borderliaison.node.demo.year", str(node), *offices,
        stdin=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _output, errors = await process.communicate()
    if process.returncode:
        raise DemoFailed(errors.decode(errors="replace").strip())


async def _blo(*commands: Any) -> list[str]:
    """Run commands in one process; return what each printed."""
    asked = []
    for command in commands:
        arguments, stdin = command if isinstance(command, tuple) else (command, "")
        asked.append({"arguments": arguments, "stdin": stdin})
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "borderliaison.cli.batch",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    output, errors = await process.communicate(json.dumps(asked).encode())
    if process.returncode:
        raise DemoFailed(errors.decode(errors="replace").strip())
    printed: list[str] = json.loads(output)
    return printed


def _password() -> str:
    return "-".join(secrets.choice(WORDS.split()) for _ in range(5))
