"""The unit with which systemd runs a node: hardened, and with the credential that opens the private keys.

systemd reads the credential as root and shows it to this service alone, so that nobody else, the node's
own user included, can read it at another time. Source: systemd.exec(5), systemd.service(5).
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from borderliaison.exchange.own_keys.keyring import CREDENTIAL_NAME
from borderliaison.kernel.errors import LiaisonError
from borderliaison.node.config import NodeConfig

STOP_LIMIT_S: Final = 40
"""More than `blo serve` takes to end its parts one after the other."""
LOW_PORTS: Final = 1024

UNIT: Final = """\
[Unit]
Description=Border Liaison, {office}
Documentation=man:systemd.exec(5)
After=network-online.target{after}
Wants=network-online.target
StartLimitIntervalSec=600
StartLimitBurst=10

[Service]
Type=exec
User={user}
ExecStart={blo} serve --node {node}
Restart=on-failure
RestartSec=5
# Stopped is asked of the supervisor alone; it ends its parts in order.
KillMode=mixed
TimeoutStopSec={stop_limit_s}
UMask=0077
{credential}
# Nothing of the machine can be written but the node{and_backups}.
ProtectSystem=strict
ReadWritePaths={writable}
ProtectHome={protect_home}
PrivateTmp=yes
PrivateDevices=yes
ProtectProc=invisible
ProtectControlGroups=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectClock=yes
ProtectHostname=yes

# Nothing more may be gained than the service has.
NoNewPrivileges=yes
{capabilities}
RestrictSUIDSGID=yes
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
LockPersonality=yes
RemoveIPC=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM

# No core file ever holds a key.
LimitCORE=0

[Install]
WantedBy=multi-user.target
"""


class NoServiceCommand(LiaisonError):
    """There is no `blo` beside this Python, so nothing can be said of how to start it."""

    code = "E-SYS-01"


class UnsafePath(LiaisonError):
    """The path cannot stand in a unit."""

    code = "E-SYS-02"


@dataclass(frozen=True, slots=True)
class Service:
    """How a node is to be run.

    Attributes:
        user: the account that owns the node's directory.
        credential: the file that opens the private keys; ``None`` for that of ``node.toml``.
    """

    user: str = "blo"
    credential: Path | None = None


def unit_for(node: NodeConfig, service: Service) -> str:
    """Return the unit of a node.

    Raises:
        NoServiceCommand: `blo` is not installed beside this Python.
        UnsafePath: a path holds what a unit cannot.
    """
    blo = Path(sys.executable).with_name("blo")
    if not blo.exists():
        raise NoServiceCommand(str(blo))
    credential = service.credential or node.unlock_path
    backups = (node.directory / node.backup_to).resolve() if node.backup_to else None
    writable = [_word(path) for path in (node.directory, backups) if path]
    low = node.port < LOW_PORTS or (node.serve_hub and node.hub_port < LOW_PORTS)
    at_home = any(Path(home) in node.directory.parents for home in ("/home", "/root"))
    return UNIT.format(
        office=node.office,
        user=service.user,
        blo=_word(blo),
        node=_word(node.directory),
        after="" if node.database_url == "sqlite" else " postgresql.service",
        stop_limit_s=STOP_LIMIT_S,
        credential=_credential(credential),
        and_backups=" and its backups" if backups else "",
        writable=" ".join(writable),
        protect_home="read-only" if at_home else "yes",
        capabilities=(
            "AmbientCapabilities=CAP_NET_BIND_SERVICE\nCapabilityBoundingSet=CAP_NET_BIND_SERVICE"
            if low
            else "CapabilityBoundingSet="
        ),
    )


def _credential(path: Path | None) -> str:
    if path is None:
        return "# A passphrase opens the private keys: see `blo node keys lock --credential`.\n"
    return f"LoadCredential={CREDENTIAL_NAME}:{_word(path.absolute())}\n"


def _word(path: Path) -> str:
    """Return a path as one word of a unit.

    Raises:
        UnsafePath: it holds a space, a quote or a control character.
    """
    text = str(path)
    if any(one in " \t\"'\\;" or not one.isprintable() for one in text):
        raise UnsafePath(repr(text))
    return text.replace("%", "%%")
