"""The words and sentences of correspondence, as officers read them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from borderliaison.correspondence.people import Role
from borderliaison.correspondence.requests.standing import State
from borderliaison.correspondence.shown.ladder import Held

ROLE: dict[Role, Promise] = {
    Role.LIAISON: _("liaison officer"),
    Role.DUTY: _("duty officer"),
    Role.HEAD: _("head of office"),
    Role.ANALYST: _("analyst"),
    Role.OBSERVER: _("observer"),
}

HELD: dict[Held, tuple[Promise, Promise]] = {
    Held.AUTHORISATION: (
        _("Not sent: waits for authorisation."),
        _("Crossing a border needs a second officer."),
    ),
    Held.DECLINED: (
        _("Not authorised."),
        _("The second officer decided that this does not cross the border."),
    ),
}

ANSWER: dict[State, Promise] = {
    State.EXTENDED: pgettext_lazy("answer", "more time"),
    State.PARTLY: pgettext_lazy("answer", "in part"),
    State.REFUSED: pgettext_lazy("answer", "refused"),
    State.WITHDRAWN: pgettext_lazy("answer", "withdrawn"),
}
"""What stands at the last step of a request, where it is not answered."""


def role_name(role: str) -> Promise | str:
    """Return a role in the reader's language; an unknown one as it came."""
    return ROLE[Role(role)] if role in set(Role) else role
