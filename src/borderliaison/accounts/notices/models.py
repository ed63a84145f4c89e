"""What an officer has chosen."""

from datetime import time

from django.db import models


class NoticeSettings(models.Model):
    """How one officer is told that something waits.

    Attributes:
        volume: in percent.
        in_exercise: whether what waits in an exercise is heard too.
        by_browser: whether the browser shows notices; it asks for its own permission as well.
        quiet_from: when quiet hours begin, by the clock of the office; None for none.
        mail: the address, confirmed or not yet; empty for none.
        confirmed_at: when the officer has confirmed it.
        code: the hash of the code that was sent there; empty where none is awaited.
        tries: how often a code was typed in vain since it was sent.
        mailed_at: when he was last told by e-mail.
    """

    account = models.OneToOneField(
        "accounts.Account", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    sound = models.BooleanField(default=True)
    volume = models.PositiveSmallIntegerField(default=60)
    in_exercise = models.BooleanField(default=False)
    by_browser = models.BooleanField(default=False)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    mail = models.EmailField(blank=True)
    confirmed_at = models.DateTimeField(null=True)
    code = models.CharField(max_length=64, blank=True)
    code_sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.account_id)

    def is_quiet(self, clock: time) -> bool:
        """Whether this time of day, by the clock of the office, is within the quiet hours."""
        begin, end = self.quiet_from, self.quiet_until
        if begin is None or end is None or begin == end:
            return False
        return begin <= clock < end if begin < end else clock >= begin or clock < end
