"""Standing questions: asked again as records come, so that the officer hears of what is new."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import StringConstraints

from borderliaison.accounts.models import Account
from borderliaison.accounts.services import account_of, reader_of
from borderliaison.api.asking import Asks, asked_in
from borderliaison.api.errors import NotThere
from borderliaison.api.routes.queries import ShortKey
from borderliaison.api.routes.records import RecordsPage, page_of_records
from borderliaison.api.shapes import PAGE, Limit, Page, Strict
from borderliaison.records.models import Standing
from borderliaison.records.profiles.reading import profiles
from borderliaison.records.search import standing
from borderliaison.records.search.question.asked import read_question

router = Router()


class StandingShape(Schema):
    """A standing question; ``new`` are the keys of the records that it has found since he looked."""

    key: str
    name: str
    asks: dict[str, str]
    asked_at: datetime
    new: list[str]


class Standings(Schema):
    """The officer's standing questions, the latest first."""

    standing: list[StandingShape]


class StandingIn(Strict):
    """A question that is to stand, and what it is called."""

    name: Annotated[str, StringConstraints(max_length=standing.MAX_NAME)]
    asks: Asks


class NameIn(Strict):
    """What a question is to be called."""

    name: Annotated[str, StringConstraints(max_length=standing.MAX_NAME)]


class StandingDone(Schema):
    """A standing question with which something was done."""

    key: str


@router.get("/standing", response=Standings, summary="Standing questions", url_name="standing")
def list_standing(request: HttpRequest) -> dict[str, Any]:
    """List the officer's standing questions, each with what is new as far as he may know it now."""
    account = account_of(request)
    new = standing.new_by_question(account)
    known = profiles(account.reader(), {pk for some in new.values() for pk in some})
    keys = {pk: one.key for pk, one in known.items()}
    return {
        "standing": [
            {
                "key": one.key,
                "name": one.name,
                "asks": read_question(one.question).said(),
                "asked_at": one.asked_at,
                "new": list(dict.fromkeys(keys[pk] for pk in new.get(one.pk, ()) if pk in keys)),
            }
            for one in standing.of(account)
        ]
    }


@router.post("/standing", response={201: StandingDone}, summary="Keep asking", url_name="standing")
def keep_asking(request: HttpRequest, said: StandingIn) -> dict[str, Any]:
    """Ask a question again whenever records come; what it finds now is not new."""
    kept = standing.keep_asking(account_of(request), asked_in(said.asks), said.name)
    return {"key": kept.key}


@router.get(
    "/standing/{key}/records", response=RecordsPage, by_alias=True, summary="Ask it now",
    url_name="ask_standing",
)  # fmt: skip
def ask_standing(
    request: HttpRequest, key: ShortKey, page: Page = 1, limit: Limit = PAGE
) -> dict[str, Any]:
    """Return all that a standing question finds now."""
    return page_of_records(
        reader_of(request), read_question(_his(account_of(request), key).question), page, limit
    )


@router.post("/standing/{key}/looked", response=StandingDone, summary="Note that one looked")
def note_looked(request: HttpRequest, key: ShortKey) -> dict[str, Any]:
    """Note that the officer has what is new; it is not new any more."""
    standing.note_seen(account_of(request), key)
    return {"key": key}


@router.post("/standing/{key}/name", response=StandingDone, summary="Call it something else")
def rename_standing(request: HttpRequest, key: ShortKey, said: NameIn) -> dict[str, Any]:
    """Call a question something else; what it asks and has found stays."""
    standing.call(account_of(request), key, said.name)
    return {"key": key}


@router.post("/standing/{key}/end", response=StandingDone, summary="Ask it no more")
def end_standing(request: HttpRequest, key: ShortKey) -> dict[str, Any]:
    """Ask a question no more; for a day that can be taken back."""
    standing.end(account_of(request), key)
    return {"key": key}


@router.post("/standing/{key}/resume", response=StandingDone, summary="Ask it again")
def resume_standing(request: HttpRequest, key: ShortKey) -> dict[str, Any]:
    """Take back that a question was ended."""
    standing.resume(account_of(request), key)
    return {"key": key}


def _his(account: Account, key: str) -> Standing:
    found = standing.of(account).filter(key=key).first()
    if found is None:
        raise NotThere(key)
    return found
