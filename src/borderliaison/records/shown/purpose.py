"""For what an officer looks at people's records: asked once, shown on each of them, kept with each look."""

import time
from typing import Final

from django.http import HttpRequest

from borderliaison.accounts.services import account_of
from borderliaison.accounts.sessions import BACKGROUND_HEADER
from borderliaison.audit.services import record
from borderliaison.forms.codes import load_codes
from borderliaison.records.profiles.profile import Profile
from borderliaison.ui.parts.fields import Choice

LIST: Final = "request_purpose"
LASTS_S: Final = 3600
"""How long after it was given a purpose holds; then it is asked again."""
_RENEWED_EVERY_S: Final = 60
"""Writing the session at each request would be a write for each look."""
_SESSION: Final = "records_purpose"


def is_personal(profile: Profile) -> bool:
    """Whether a record is a person's, or may be: of whom only a role is known, it may be a person."""
    return profile.kind.is_a("Person") or profile.schema == "LegalEntity"


def purpose_of(request: HttpRequest) -> str:
    """Return the purpose that this officer has given; empty where he has given none, or long ago."""
    code, _, given = str(request.session.get(_SESSION, "")).partition(" ")
    is_fresh = given.isdecimal() and time.time() - int(given) < LASTS_S
    return code if is_fresh and code in load_codes(LIST).codes else ""


def purposes(lang: str) -> tuple[Choice, ...]:
    """Return what an officer can look for, in words."""
    return tuple(
        Choice(one.code, one.label.text(lang), note=one.note.text(lang))
        for one in load_codes(LIST).codes.values()
    )


def give_purpose(request: HttpRequest, code: str) -> bool:
    """Keep the purpose of the looks that follow; say whether it is one."""
    if code not in load_codes(LIST).codes:
        return False
    request.session[_SESSION] = f"{code} {int(time.time())}"
    return True


def held_purpose(request: HttpRequest) -> str:
    """Return the purpose, and let it hold anew: an officer who works for it need not say it again.

    What a page asks by itself is no work of his.
    """
    code = purpose_of(request)
    if code and BACKGROUND_HEADER not in request.headers:
        given = int(str(request.session[_SESSION]).partition(" ")[2])
        if time.time() - given >= _RENEWED_EVERY_S:
            give_purpose(request, code)
    return code


def note_look(request: HttpRequest, profile: Profile) -> None:
    """Write down that an officer looked at a record, and for what where it is a person's."""
    account = account_of(request)
    purpose = purpose_of(request) if is_personal(profile) else ""
    record(
        "record.opened",
        actor=account.officer_id,
        subject=profile.key,
        realm=str(account.reader().realm),
        **({"purpose": purpose} if purpose else {}),
    )
