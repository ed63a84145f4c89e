"""An officer's e-mail address: it counts once he has typed the code that was sent there."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from borderliaison.accounts.models import Account, NoticeSettings
from borderliaison.accounts.notices.errors import BadAddress, TooSoon, WrongCode
from borderliaison.accounts.notices.mailer import send_mail
from borderliaison.audit.services import record

CODE_LASTS: Final = timedelta(minutes=30)
BETWEEN_CODES: Final = timedelta(minutes=3)
MAX_TRIES: Final = 5
MAX_ADDRESS: Final = 254


def notice_settings(account: Account) -> NoticeSettings:
    """Return what an officer has chosen, or what holds where he has chosen nothing."""
    found = NoticeSettings.objects.filter(account=account).first()
    return found or NoticeSettings(account=account)


def ask_for_code(account: Account, address: str) -> None:
    """Send a code to an address that is to become the officer's.

    Raises:
        BadAddress, TooSoon, NoMailHere, MailNotSent: as they say; nothing was changed.
    """
    typed, now = address.strip(), datetime.now(UTC)
    try:
        validate_email(typed)
    except ValidationError as error:
        raise BadAddress("mail") from error
    if len(typed) > MAX_ADDRESS:
        raise BadAddress("mail")
    chosen = notice_settings(account)
    if chosen.code_sent_at is not None and now - chosen.code_sent_at < BETWEEN_CODES:
        raise TooSoon("mail")
    code = f"{secrets.randbelow(10**8):08}"
    text = _("The code to confirm this address is %(code)s. If you did not ask for it, do nothing.")
    send_mail(typed, _("Confirm your address"), text % {"code": code})
    chosen.mail, chosen.confirmed_at = typed, None
    chosen.code, chosen.code_sent_at, chosen.tries = _hash(account, code), now, 0
    chosen.save()
    record("mail.asked", actor=account.officer_id, subject=account.officer_id)


def confirm_address(account: Account, code: str) -> None:
    """Take a code that the officer has read in his mail.

    Raises:
        WrongCode: it is another, too old, or was tried too often.
    """
    chosen, now = notice_settings(account), datetime.now(UTC)
    sent_at = chosen.code_sent_at
    if (
        not chosen.code
        or sent_at is None
        or now - sent_at > CODE_LASTS
        or chosen.tries >= MAX_TRIES
    ):
        raise WrongCode("code")
    if not compare_digest(chosen.code, _hash(account, "".join(code.split()))):
        chosen.tries += 1
        chosen.save(update_fields=["tries"])
        raise WrongCode("code")
    chosen.code, chosen.confirmed_at = "", now
    chosen.save(update_fields=["code", "confirmed_at"])
    record("mail.confirmed", actor=account.officer_id, subject=account.officer_id)


def forget_address(account: Account) -> None:
    """Take the address away: no more e-mail."""
    chosen = notice_settings(account)
    chosen.mail, chosen.code, chosen.confirmed_at = "", "", None
    chosen.save()
    record("mail.forgotten", actor=account.officer_id, subject=account.officer_id)


def _hash(account: Account, code: str) -> str:
    return hashlib.sha256(f"{account.pk}:{code}".encode()).hexdigest()
