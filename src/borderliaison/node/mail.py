"""E-mail through the mail server that ``[mail]`` of ``node.toml`` names, always over verified TLS."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Final

from borderliaison.accounts.notices.errors import MailNotSent
from borderliaison.node.config import NodeConfig

TIMEOUT_S: Final = 20.0


def send(node: NodeConfig, to: str, subject: str, text: str) -> None:
    """Send one message.

    Raises:
        MailNotSent: the server cannot be reached or verified, or does not take it. Names no address.
    """
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = node.mail_from, to, subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=node.mail_from.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    try:
        with _connected(node) as server:
            if node.mail_user:
                server.login(node.mail_user, node.mail_password())
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise MailNotSent(type(error).__name__) from error


def _connected(node: NodeConfig) -> smtplib.SMTP:
    ca = str(node.directory / node.mail_ca) if node.mail_ca else None
    context = ssl.create_default_context(cafile=ca)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if node.mail_tls == "tls":
        return smtplib.SMTP_SSL(node.mail_host, node.mail_port, timeout=TIMEOUT_S, context=context)
    server = smtplib.SMTP(node.mail_host, node.mail_port, timeout=TIMEOUT_S)
    try:
        server.starttls(context=context)
    except (OSError, smtplib.SMTPException):
        server.close()
        raise
    return server
