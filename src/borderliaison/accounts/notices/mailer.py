"""Who sends e-mail: a port, plugged where the node has a mail server."""

from dataclasses import dataclass
from typing import Protocol

from borderliaison.accounts.notices.errors import NoMailHere


class Mailer(Protocol):
    """Sends one message."""

    def __call__(self, to: str, subject: str, text: str) -> None:
        """Send it.

        Raises:
            MailNotSent: the mail server did not take it.
        """
        ...


@dataclass(slots=True)
class _Plugged:
    mailer: Mailer | None = None


_plugged = _Plugged()


def register_mailer(mailer: Mailer | None) -> None:
    """Say who sends e-mail; None where nobody does."""
    _plugged.mailer = mailer


def can_mail() -> bool:
    """Whether this node sends e-mail."""
    return _plugged.mailer is not None


def send_mail(to: str, subject: str, text: str) -> None:
    """Send a message.

    Raises:
        NoMailHere: this node sends none.
        MailNotSent: the mail server did not take it.
    """
    if _plugged.mailer is None:
        raise NoMailHere("mail")
    _plugged.mailer(to, subject, text)
