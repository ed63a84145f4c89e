"""One-time codes: each step of the clock is accepted once.

Allauth remembers a used code for one step; with a window of neighbouring steps that is too short, so
the last accepted step is kept with the secret, and nothing at or before it is accepted again.

Source: RFC 6238 section 5.2.
"""

import hmac
import time
from typing import Final

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.db import transaction

LAST_STEP: Final = "last_step"


def step_of(secret: str, code: str) -> int | None:
    """Return the clock step within the window that ``code`` belongs to.

    Args:
        secret: the shared secret, base32.
        code: as it was typed; spaces do not matter.
    """
    typed = "".join(code.split())
    found = None
    for step in yield_hotp_counters_from_time():
        right = format_hotp_value(hotp_value(secret, step))
        if hmac.compare_digest(right.encode(), typed.encode()):
            found = step
    return found


def current_step() -> int:
    """Return the step that the clock stands at."""
    return int(time.time()) // int(app_settings.TOTP_PERIOD)


@transaction.atomic
def accept_code(authenticator_id: int, code: str) -> bool:
    """Check a code and use its step up.

    Returns:
        Whether the code is right and neither it nor a later one was used before.
    """
    kept = Authenticator.objects.select_for_update().get(pk=authenticator_id)
    step = step_of(decrypt(kept.data["secret"]), code)
    if step is None or step <= kept.data.get(LAST_STEP, -1):
        return False
    remember_step(kept, step)
    return True


def remember_step(authenticator: Authenticator, step: int) -> None:
    """Keep ``step`` as the last that was accepted."""
    authenticator.data[LAST_STEP] = step
    authenticator.save(update_fields=["data"])
