"""E-mail of *that* something waits: one for each time that an officer was away, and never of what."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from borderliaison.accounts.models import Account, NoticeSettings
from borderliaison.accounts.notices.errors import MailNotSent
from borderliaison.accounts.notices.mailer import send_mail
from borderliaison.correspondence.models import Opening
from borderliaison.correspondence.people import Acting, author_of
from borderliaison.correspondence.threads import unread_items
from borderliaison.kernel.realm import LIVE
from borderliaison.offices.services import zone_of

WAITED: Final = timedelta(minutes=10)
"""What is opened sooner than this is not written about."""
log = logging.getLogger(__name__)


def mail_those_who_wait(now: datetime | None = None) -> str:
    """Write to each officer for whom something has waited since he was here; return how many.

    Raises:
        MailNotSent: the mail server did not take some; those officers are tried again.
    """
    at = now or datetime.now(UTC)
    known = NoticeSettings.objects.exclude(confirmed_at=None).filter(account__is_active=True)
    sent = failed = 0
    for chosen in known.select_related("account"):
        if not _is_due(chosen, at):
            continue
        try:
            _write(chosen)
        except MailNotSent:
            failed += 1
            log.warning("mail to %s not sent", chosen.account.officer_id)
            continue
        chosen.mailed_at = at
        chosen.save(update_fields=["mailed_at"])
        sent += 1
    if failed:
        raise MailNotSent(f"{failed} not sent, {sent} sent")
    return f"{sent} sent"


def _is_due(chosen: NoticeSettings, at: datetime) -> bool:
    account = chosen.account
    clock = timezone.localtime(at, ZoneInfo(zone_of(account.office))).time()
    if chosen.is_quiet(clock):
        return False
    if chosen.mailed_at is not None and chosen.mailed_at > _last_here(account):
        return False
    acting = Acting(account.reader(LIVE), author_of(account))
    return unread_items(acting).filter(arrived_at__lt=at - WAITED).exists()


def _last_here(account: Account) -> datetime:
    """Return when an officer has last signed in or opened something."""
    opened = Opening.objects.filter(officer=account.officer_id).aggregate(last=Max("at"))["last"]
    moments = [one for one in (account.last_login, opened) if one is not None]
    return max(moments, default=account.created_at)


def _write(chosen: NoticeSettings) -> None:
    with translation.override(chosen.account.language):
        text = _("Something waits for you at your office. To see it, sign in: %(url)s")
        send_mail(chosen.mail, _("Something waits"), text % {"url": settings.NODE.url})
