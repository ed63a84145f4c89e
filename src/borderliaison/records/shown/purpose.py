"""For what an officer looks at people's records: asked once, shown on each of them, kept with each look."""

import time
from typing import Final

from django.http import HttpRequest

from borderliaison.accounts.services import account_of
from borderliaison.audit.services import record
from borderliaison.forms.codes import load_codes
from borderliaison.records.profiles.profile import Profile

LIST: Final = "request_purpose"
LASTS_S: Final = 3600
"""How long after it was given a purpose holds; then it is asked again."""
_SESSION: Final = "records_purpose"


def is_personal(profile: Profile) -> bool:
    """Whether a record is a person's, or may be: of whom only a role is known, it may be a person."""
    return profile.kind.is_a("Person") or profile.schema == "LegalEntity"


def purpose_of(request: HttpRequest) -> str:
    """Return the purpose that this officer has given; empty where he has given none, or long ago."""
    code, _, given = str(request.session.get(_SESSION, "")).partition(" ")
    is_fresh = given.isdecimal() and time.time() - int(given) < LASTS_S
    return code if is_fresh and code in load_codes(LIST).codes else ""


def give_purpose(request: HttpRequest, code: str) -> bool:
    """Keep the purpose of the looks that follow; say whether it is one."""
    if code not in load_codes(LIST).codes:
        return False
    request.session[_SESSION] = f"{code} {int(time.time())}"
    return True


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
