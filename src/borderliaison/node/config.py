"""What an administrator decides about one node: ``node.toml`` in the node's own directory."""

import os
import re
import ssl
import tomllib
from dataclasses import dataclass
from datetime import time
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import urlsplit

from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import OfficeCode

_EVERYWHERE: Final = ("0.0.0.0", "::")  # noqa: S104  # to be compared with
NODE_VARIABLE = "BLO_NODE"
_DAY_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class BadConfiguration(LiaisonError):
    """The node's configuration cannot be used."""

    code = "E-CFG-01"


@dataclass(frozen=True, slots=True)
class NodeConfig:
    """One node's configuration.

    Attributes:
        directory: where everything of the node lives; absolute.
        office: the code of the office that the node belongs to.
        host: the address that the web pages listen on.
        port: the TCP port of the web pages.
        address: what officers open: ``https://blo.example``; ``http://localhost:PORT`` without it.
        tls_certificate: the certificate chain of the pages, a PEM file, as seen from ``directory``.
        tls_key: its private key, a PEM file, likewise.
        unlock_credential: the file, mode 0600 and outside ``directory``, that opens the office's private
            keys, as seen from ``directory``; without it `blo serve` asks for a passphrase.
        database_url: ``sqlite`` (a file in ``directory``) or ``postgresql://…``.
        hub_url: the NATS server to use; empty with ``serve_hub``.
        serve_hub: whether this node supervises a NATS server of its own.
        hub_host: the address that server listens on.
        hub_port: its TCP port.
        hub_sha256: the SHA-256 of that server's program, in hexadecimal, where it is another than the one
            that was reviewed, or where none was for this kind of machine.
        backup_to: the folder of the daily backup, as seen from ``directory``; none is taken without it.
        backup_at: at what time of day, UTC; 22:00 is 03:00 or 04:00 in Central Asia.
        backup_keep_days: after how many days a backup expires; the newest never does.
        exchange_tls_ca: `[exchange.tls] ca`: the certificates of the authorities whose offices may be at
            the other end of a link, PEM, as seen from ``directory``.
        exchange_tls_certificate: `[exchange.tls] certificate`: this office's own, PEM, likewise.
        exchange_tls_key: `[exchange.tls] key`: its private key, PEM, likewise.
        mail_host: `[mail] host`: the mail server that says that something waits; none is said without it.
        mail_port: `[mail] port`: its TCP port.
        mail_tls: `[mail] tls`: ``starttls``, or ``tls`` from the first octet; never in the clear.
        mail_ca: `[mail] ca`: whose certificate it has, PEM, as seen from ``directory``; else the machine's.
        mail_user: `[mail] user`: the name to sign in with; empty where it asks for none.
        mail_password_file: `[mail] password_file`: a file, mode 0600, whose first line is the password.
        mail_from: `[mail] from`: the address that messages are from.
        idle_sign_out_min: after how many minutes without a request an officer is signed out.
        demo: whether everything here is invented; shown on each page.
    """

    directory: Path
    office: OfficeCode
    host: str = "127.0.0.1"
    port: int = 8400
    address: str = ""
    tls_certificate: str = ""
    tls_key: str = ""
    unlock_credential: str = ""
    database_url: str = "sqlite"
    hub_url: str = ""
    serve_hub: bool = False
    hub_host: str = "127.0.0.1"
    hub_port: int = 4222
    hub_sha256: str = ""
    exchange_tls_ca: str = ""
    exchange_tls_certificate: str = ""
    exchange_tls_key: str = ""
    backup_to: str = ""
    backup_at: str = "22:00"
    backup_keep_days: int = 30
    mail_host: str = ""
    mail_port: int = 587
    mail_tls: str = "starttls"
    mail_ca: str = ""
    mail_user: str = ""
    mail_password_file: str = ""
    mail_from: str = ""
    idle_sign_out_min: int = 30
    demo: bool = False

    @property
    def url(self) -> str:
        """The address that officers open."""
        return self.address or f"http://localhost:{self.port}"

    @property
    def is_encrypted(self) -> bool:
        """Whether pages reach the officers' browsers over TLS, from here or from a proxy."""
        return self.url.startswith("https://")

    @property
    def host_names(self) -> list[str]:
        """The names by which pages may be asked for."""
        named = urlsplit(self.url).hostname or ""
        return list(dict.fromkeys((self.host, "localhost", named)))

    def check_safe(self) -> None:
        """Refuse to serve what would be unsafe.

        Raises:
            BadConfiguration: pages would cross a network in the clear, or half of TLS is given.
        """
        where = self.directory / "node.toml"
        if bool(self.tls_certificate) != bool(self.tls_key):
            raise BadConfiguration(f"{where}: tls_certificate and tls_key go together")
        if self.tls_certificate and not self.is_encrypted:
            raise BadConfiguration(f"{where}: with tls_certificate, `address` begins with https://")
        if not _is_loopback(self.host) and not self.tls_certificate:
            what = "give tls_certificate and tls_key, or listen on 127.0.0.1 behind a proxy"
            raise BadConfiguration(f"{where}: pages would be served in the clear; {what}")
        if not self.is_encrypted and not _is_loopback(urlsplit(self.url).hostname or ""):
            raise BadConfiguration(f"{where}: `address` begins with https://")
        if self.unlock_path is not None and self.unlock_path.is_relative_to(self.directory):
            raise BadConfiguration(
                f"{where}: unlock_credential stands outside the node's directory"
            )
        self._check_links(where)
        self._check_mail(where)

    def _check_links(self, where: Path) -> None:
        """Refuse links that would cross a network in the clear, or half of TLS."""
        given = [self.exchange_tls_ca, self.exchange_tls_certificate, self.exchange_tls_key]
        if any(given) and not all(given):
            raise BadConfiguration(f"{where}: [exchange.tls] needs ca, certificate and key")
        for name in given:
            if name and not (self.directory / name).is_file():
                raise BadConfiguration(f"{where}: [exchange.tls]: there is no file {name}")
        away = [self.hub_host] if self.serve_hub else []
        away += [urlsplit(self.hub_url).hostname or ""] if self.hub_url else []
        if not all(given) and any(not _is_loopback(host) for host in away):
            what = "give ca, certificate and key in [exchange.tls]"
            raise BadConfiguration(f"{where}: links would cross a network in the clear; {what}")

    def mail_password(self) -> str:
        """Return the password of the mail server.

        Raises:
            OSError: its file is not there.
        """
        path = self.directory / self.mail_password_file
        return path.read_text(encoding="utf-8").partition("\n")[0]

    def _check_mail(self, where: Path) -> None:
        """Refuse a mail server that is half set up."""
        if self.mail_tls not in ("starttls", "tls"):
            raise BadConfiguration(f"{where}: [mail] tls is starttls or tls")
        if self.mail_host and "@" not in self.mail_from:
            raise BadConfiguration(f"{where}: [mail] needs `from`, an address")
        if bool(self.mail_user) != bool(self.mail_password_file):
            raise BadConfiguration(f"{where}: [mail] user and password_file go together")
        secret = self.directory / self.mail_password_file
        if self.mail_password_file and (not secret.is_file() or secret.stat().st_mode & 0o077):
            raise BadConfiguration(f"{where}: [mail] password_file is a file of mode 0600")

    @property
    def nats_url(self) -> str:
        """The NATS server that the worker connects to."""
        if self.hub_url:
            return self.hub_url
        host = "127.0.0.1" if self.hub_host in _EVERYWHERE else self.hub_host
        return f"nats://{host}:{self.hub_port}"

    def link_context(self) -> ssl.SSLContext | None:
        """Return how the link to the hub is encrypted; None where it stays on this machine, in the clear.

        The certificate must be one of the authorities that ``exchange_tls_ca`` names. A node that runs
        its hub itself does not ask which name it has: it reaches it on this machine.
        """
        if not self.exchange_tls_ca:
            return None
        context = ssl.create_default_context(cafile=self.directory / self.exchange_tls_ca)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.check_hostname = bool(self.hub_url)
        context.load_cert_chain(
            self.directory / self.exchange_tls_certificate, self.directory / self.exchange_tls_key
        )
        return context

    @property
    def feed_socket(self) -> Path:
        """Where a datagram wakes the pages' process."""
        return self.run_directory / "feed.sock"

    @property
    def records_socket(self) -> Path:
        """Where a datagram wakes who draws records."""
        return self.run_directory / "records.sock"

    @property
    def sqlite_path(self) -> Path:
        """The database file, where the database is SQLite."""
        return self.directory / "node.sqlite3"

    @property
    def backup_time(self) -> time:
        """At what time of day the daily backup is taken, UTC."""
        return time.fromisoformat(self.backup_at)

    @property
    def run_directory(self) -> Path:
        """Sockets and locks; nothing in it need survive a restart."""
        return self.directory / "run"

    @property
    def state_directory(self) -> Path:
        """What outlives a restart and belongs to this machine: no backup may hold it."""
        return self.directory / "state"

    @property
    def key_file(self) -> Path:
        """The office's private keys, sealed, mode 0600, opened by the worker alone."""
        return self.directory / "keys" / "office.key"

    @property
    def unlock_path(self) -> Path | None:
        """The credential that opens the private keys; None where a passphrase does."""
        if not self.unlock_credential:
            return None
        return Path(os.path.abspath(self.directory / self.unlock_credential))

    @classmethod
    def load(cls, directory: Path) -> Self:
        """Read ``node.toml`` in ``directory``.

        Raises:
            BadConfiguration: there is none, or a value is not what it should be; says which.
        """
        path = directory / "node.toml"
        try:
            raw = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            what = f"{path}: there is no node here; `blo node init` makes one"
            raise BadConfiguration(what) from error
        except tomllib.TOMLDecodeError as error:
            raise BadConfiguration(f"{path}: {error}") from error
        raw = _flat(raw)
        known = {name for name in cls.__slots__ if name != "directory"}
        for name in raw:
            if name not in known:
                raise BadConfiguration(f"{path}: unknown setting {name!r}")
        if "office" not in raw:
            raise BadConfiguration(f"{path}: `office` is missing")
        config = cls(directory=directory.resolve(), **_typed(path, raw))
        if not _DAY_TIME.fullmatch(config.backup_at):
            raise BadConfiguration(f"{path}: `backup_at` is a time of day in UTC, 22:00")
        if config.backup_keep_days < 1:
            raise BadConfiguration(f"{path}: `backup_keep_days` is at least 1")
        if config.hub_sha256 and not _SHA256.fullmatch(config.hub_sha256):
            raise BadConfiguration(f"{path}: `hub_sha256` is 64 digits, 0 to 9 and a to f")
        return config

    @classmethod
    def from_environment(cls) -> Self:
        """Read the node named by ``BLO_NODE``.

        Raises:
            BadConfiguration: the variable is not set, or the node cannot be used.
        """
        where = os.environ.get(NODE_VARIABLE, "")
        if not where:
            raise BadConfiguration(f"{NODE_VARIABLE} does not name a node's directory")
        return cls.load(Path(where))


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _flat(raw: dict[str, Any], above: str = "") -> dict[str, Any]:
    """Name the settings in a table after it: ``[exchange.tls] ca`` is ``exchange_tls_ca``."""
    flat: dict[str, Any] = {}
    for name, value in raw.items():
        flat |= (
            _flat(value, f"{above}{name}_") if isinstance(value, dict) else {above + name: value}
        )
    return flat


def _typed(path: Path, raw: dict[str, Any]) -> dict[str, Any]:
    kinds = {
        "port": int,
        "hub_port": int,
        "mail_port": int,
        "backup_keep_days": int,
        "idle_sign_out_min": int,
        "serve_hub": bool,
        "demo": bool,
    }
    for name, value in raw.items():
        kind = kinds.get(name, str)
        if type(value) is not kind:
            raise BadConfiguration(f"{path}: {name!r} should be {kind.__name__}")
    return raw
