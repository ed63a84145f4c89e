"""Who may do what at this node's hub: each office of the directory has its own subjects, and no other.

The hub knows an office by its link key. It may listen on its own subjects and its own inbox, ask every
other office, and answer what it was asked. Source: NATS server configuration, authorization.
"""

import os
import secrets
import signal
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from borderliaison.exchange.carriers.nats import inbox, subject
from borderliaison.exchange.ports import Channel
from borderliaison.kernel.durable import write_whole
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.nkeys import user_nkey
from borderliaison.node.config import NodeConfig
from borderliaison.offices.directory.listed import ListedOffice

USERS_NAME: Final = "hub.users"
PID_NAME: Final = "hub.pid"
SERVER: Final = "nats-server"
ANSWER_WITHIN: Final = "60s"
BEGINS_WITHIN_S: Final = 10.0


def users_file(node: NodeConfig) -> Path:
    """Return where the hub's users stand; the hub's configuration includes it."""
    return node.run_directory / USERS_NAME


def users_of(offices: Iterable[ListedOffice]) -> str:
    """Return the hub's users, as NATS reads them. Nobody else may connect.

    An office without a link key (listed by an earlier version) cannot connect until it has new keys.
    """
    listed = sorted(offices, key=lambda one: one.public.office)
    codes = [one.public.office for one in listed]
    lines = [f"  {{ nkey: {_nobody()} }}"]
    for one in listed:
        for key in _link_keys(one):
            lines += _user(user_nkey(key), one.public.office, codes)
    return "\n".join(["users = [", *lines, "]", ""])


def _user(nkey: str, office: OfficeCode, codes: Iterable[OfficeCode]) -> Iterator[str]:
    own = [subject(office, channel) for channel in Channel]
    others = [subject(other, channel) for other in codes if other != office for channel in Channel]
    yield f"  {{ nkey: {nkey}, permissions: {{"
    yield f"      subscribe: {{ allow: {_names([*own, f'{inbox(office)}.>'])} }}"
    yield (
        f"      publish: {{ allow: {_names(others)} }}"
        if others
        else '      publish: { deny: ">" }'
    )
    yield f'      allow_responses: {{ max: 1, expires: "{ANSWER_WITHIN}" }}'
    yield "  }}"


def _names(subjects: Iterable[str]) -> str:
    return "[" + ", ".join(f'"{one}"' for one in subjects) + "]"


def _link_keys(listed: ListedOffice) -> list[bytes]:
    keys = [listed.public.link_key, *(one.link_key for one in listed.retired)]
    return [key for key in keys if key]


def _nobody() -> str:
    """Return a user whom nobody can be: without any user the hub would let everybody in."""
    return user_nkey(secrets.token_bytes(32))


def tell_hub(node: NodeConfig) -> int:
    """Write the users of the directory that counts now, and let the hub read them.

    Returns:
        How many offices the hub knows.
    """
    from borderliaison.offices.trust.keys import signed_directory  # noqa: PLC0415  # wants Django started

    snapshot = signed_directory().snapshot()
    offices = list(snapshot.offices.values()) if snapshot else []
    node.run_directory.mkdir(mode=0o700, exist_ok=True)
    write_whole(users_file(node), users_of(offices))
    if os.environ.get("BLO_SUPERVISED"):  # the hub was started with us, a moment ago perhaps
        _wait_for(node.run_directory / PID_NAME)
    _reload(node.run_directory / PID_NAME)
    return len(offices)


def _wait_for(path: Path) -> None:
    give_up = time.monotonic() + BEGINS_WITHIN_S
    while not path.exists() and time.monotonic() < give_up:
        time.sleep(0.05)


def _reload(pid_file: Path) -> None:
    """Let the hub read its configuration again, where it runs; the file may be of one that does not."""
    with suppress(OSError, ValueError):
        pid = int(pid_file.read_text(encoding="ascii"))
        if _is_server(pid):
            os.kill(pid, signal.SIGHUP)


def _is_server(pid: int) -> bool:
    name = Path(f"/proc/{pid}/comm")
    if not name.parent.parent.joinpath("self").exists():  # no /proc on this system
        return True
    return name.exists() and name.read_text(encoding="utf-8").strip() == SERVER
