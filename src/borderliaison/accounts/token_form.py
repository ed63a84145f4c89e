"""What an officer says when he makes a token."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from borderliaison.accounts.api_token import MAX_NOTE, OF_PROGRAMS
from borderliaison.accounts.exercising import exercises_of
from borderliaison.accounts.models import Account
from borderliaison.accounts.tokens import DEFAULT_DAYS, NewToken
from borderliaison.kernel.realm import LIVE

DAYS = (
    (7, _("a week")),
    (30, _("30 days")),
    (DEFAULT_DAYS, _("90 days")),
    (366, _("a year")),
)


class TokenForm(forms.Form):
    """For what, which program, what it may do, where and how long.

    Args:
        account: whose token it will be.
    """

    purpose = forms.ChoiceField(
        label=_("What the program does"),
        choices=[(one.value, one.label) for one in OF_PROGRAMS],
        help_text=_("It stands on the audit line of every call."),
    )
    note = forms.CharField(
        label=_("Which program"),
        max_length=MAX_NOTE,
        help_text=_("So that you can tell your tokens apart, and know which to revoke."),
    )
    scope = forms.ChoiceField(
        label=_("What it may do"),
        choices=[("read", _("Read what I may read")), ("write", _("Read, and write in my name"))],
    )
    realm = forms.ChoiceField(label=_("Where it works"))
    days = forms.TypedChoiceField(
        label=_("How long it holds"), choices=DAYS, coerce=int, initial=DEFAULT_DAYS
    )

    def __init__(self, account: Account, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        going_on = [one for one in exercises_of(account) if one.is_open]
        realms = [(str(one.realm), _("In the exercise “%s”") % one.title) for one in going_on]
        self.fields["realm"].choices = [(str(LIVE), _("In live work")), *realms]  # type: ignore[attr-defined]
        self.fields["realm"].initial = account.realm

    @property
    def asked(self) -> NewToken:
        """What was asked for, once the form is valid."""
        said = self.cleaned_data
        return NewToken(
            said["purpose"], said["note"], said["days"], said["scope"] == "write", said["realm"]
        )
