"""Why another office's server refused a letter, in the reader's language."""

from django.utils.translation import gettext_lazy as _

from borderliaison.exchange.core.judge import Refusal
from borderliaison.exchange.core.receiver import Arrival

_REFUSALS = {
    Refusal.FORBIDDEN: _("The other office may not exchange letters with this one."),
    Refusal.UNDECRYPTABLE: _("The other office could not open it; its keys may have changed."),
    Refusal.TOO_LARGE: _("It is larger than a letter may be."),
    Refusal.ERASED: _("It was erased here before it was delivered."),
    Refusal.MALFORMED: _("The other office's server could not read it."),
    Refusal.UNSUPPORTED: _("The other office's server does not know this form of protection yet."),
    Refusal.BAD_SIGNATURE: _("The other office's server could not verify the signature."),
    Refusal.KEY_REVOKED: _(
        "It is signed with a key that our authority has revoked; write it again."
    ),
    Refusal.MISADDRESSED: _("It was not addressed to the other office."),
    Refusal.UNKNOWN_KIND: _("The other office's server does not know this kind of letter yet."),
    Refusal.UNKNOWN_REALM: _("The other office takes no part in this exercise."),
    Refusal.ABOVE_CEILING: _("It is classified higher than the other office's server may hold."),
    Refusal.OVERSIZE_MARKING: _("Its marking is larger than a marking may be."),
    Refusal.OTHERS_OFFICER: _(
        "It names an officer of another office as the one who authorised it."
    ),
    Refusal.UNAUTHORISED: _("It names no officer who authorised it to cross the border."),
    Refusal.UNKNOWN_PAYLOAD: _("The other office's server does not know this form yet."),
    Refusal.LETTER_REUSED: _("The other office holds another letter under the same number."),
}
_OTHER = _("The other office's server refused it.")


_ARRIVALS = {
    Arrival.MALFORMED: _("It cannot be read, or is larger than a frame may be."),
    Arrival.STRANGER: _("The directory does not know the office that it claims to be from."),
    Arrival.FORGED: _("It is not signed by the office that it claims to be from."),
    Arrival.STRAY: _("It was meant for another office."),
    Arrival.CROWDED: _("Its sender has begun more streams than an office may have."),
    Arrival.BROKEN: _("Its entries do not follow one another, or not what is held here."),
    Arrival.FORK: _("It proves two histories of one stream."),
}


def arrival_sentence(arrival: Arrival) -> str:
    """Return why something was kept apart, in words."""
    return str(_ARRIVALS[arrival])


def refusal_sentence(code: str) -> str:
    """Return what an officer reads of a refusal; a code of a later version has a general sentence."""
    try:
        return str(_REFUSALS[Refusal(code)])
    except ValueError:
        return str(_OTHER)
