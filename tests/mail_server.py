"""A real SMTP server on this machine, over TLS, for the length of a test."""

import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class MailServer:
    """Where it listens, and what it got.

    Attributes:
        ca: the certificate by which it is verified.
        refuses: whether it takes no message.
        in_clear: the commands that came before the line was encrypted.
    """

    port: int
    ca: Path
    got: list[EmailMessage] = field(default_factory=list)
    refuses: bool = False
    in_clear: list[str] = field(default_factory=list)


@contextmanager
def mail_server(directory: Path, host: str = "127.0.0.1") -> Iterator[MailServer]:
    """Run a server whose certificate is for ``host``; it listens on 127.0.0.1, on any free port."""
    certificate, key = _certificate(directory, host)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Session) as server:
        found = MailServer(server.server_address[1], certificate)
        server.found, server.context = found, context  # type: ignore[attr-defined]
        serving = threading.Thread(target=server.serve_forever, args=(0.05,))
        serving.start()
        try:
            yield found
        finally:
            server.shutdown()
            serving.join()


class _Session(socketserver.StreamRequestHandler):
    """One connection: the part of RFC 5321 and RFC 3207 that a client needs."""

    timeout = 60

    def handle(self) -> None:
        found: MailServer = self.server.found  # type: ignore[attr-defined]
        is_encrypted = False
        self._say("220 mail.example ready")
        while line := self.rfile.readline():
            command = line.decode("ascii", "replace").strip()
            verb = command.partition(" ")[0].upper()
            if not is_encrypted:
                found.in_clear.append(verb)
            if verb == "EHLO":
                self._say("250-mail.example" if not is_encrypted else "250 mail.example")
                if not is_encrypted:
                    self._say("250 STARTTLS")
            elif verb == "STARTTLS":
                self._say("220 go ahead")
                try:
                    self._encrypt()
                except (OSError, ssl.SSLError):
                    return
                is_encrypted = True
            elif verb == "DATA":
                self._say("354 go ahead")
                self._take(found)
            elif verb == "QUIT":
                self._say("221 bye")
                return
            elif verb == "MAIL" and found.refuses:
                self._say("451 try again later")
            else:
                self._say("250 ok")

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def _encrypt(self) -> None:
        context: ssl.SSLContext = self.server.context  # type: ignore[attr-defined]
        self.rfile.close()
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)  # type: ignore[assignment]

    def _take(self, found: MailServer) -> None:
        lines = []
        while (line := self.rfile.readline()) and line != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        message = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(message, EmailMessage)
        found.got.append(message)
        self._say("250 taken")

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


def _certificate(directory: Path, host: str) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example")])
    now = datetime.now(UTC)
    try:
        named: x509.GeneralName = x509.IPAddress(ip_address(host))
    except ValueError:
        named = x509.DNSName(host)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([named]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, secret = directory / "mail.pem", directory / "mail.key"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate, secret
