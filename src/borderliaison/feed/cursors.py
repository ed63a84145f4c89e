"""Where a page is in the feed, as a token that says nothing.

Bare numbers of events would tell an officer how much happens that he may not read.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

_PURPOSE = b"borderliaison.feed.cursors"
MAX_TOKEN = 200


class Cursors:
    """Seals and opens places in the feed, each for one account."""

    def __init__(self, secret: str) -> None:
        key = hashlib.blake2b(secret.encode(), digest_size=32, person=_PURPOSE[:16]).digest()
        self._box = Fernet(base64.urlsafe_b64encode(key))

    def seal(self, event: int, account: int) -> str:
        """Return the token of an event's number for an account."""
        return self._box.encrypt(f"{account} {event}".encode()).decode("ascii")

    def open(self, token: str, account: int) -> int | None:
        """Return the number in a token; None where it is not one of ours for this account."""
        if not token.isascii() or not 0 < len(token) <= MAX_TOKEN:
            return None
        try:
            said = self._box.decrypt(token.encode("ascii")).decode("ascii")
        except InvalidToken:
            return None
        whose, _, event = said.partition(" ")
        return int(event) if whose == str(account) else None


def cursors() -> Cursors:
    """Return the node's own, under the key of its pages."""
    return Cursors(settings.SECRET_KEY)
