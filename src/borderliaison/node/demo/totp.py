"""What the officers' authenticator apps show. Source: RFC 6238 with SHA-1, 30 s, six digits."""

import base64
import hmac
import time
from typing import Final

STEP_S: Final = 30


def code(secret: str, at: float | None = None) -> str:
    """Return the one-time code of a secret (base32), now or at a time in seconds since the epoch."""
    counter = int(time.time() if at is None else at) // STEP_S
    digest = hmac.digest(base64.b32decode(secret), counter.to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 0xF
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**6:06d}"


def seconds_left(at: float | None = None) -> int:
    """Return for how long the present code is shown."""
    return STEP_S - int(time.time() if at is None else at) % STEP_S
