"""Saved questions to the records: an officer's own and those that his office shares, kept and asked."""

from typing import Annotated, Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import reverse
from ninja import Router, Schema
from pydantic import StringConstraints

from borderliaison.accounts.models import Account, SavedView
from borderliaison.accounts.saved_views.keeping import (
    MAX_NAME,
    remove_view,
    restore_view,
    save_view,
    views_of,
)
from borderliaison.accounts.services import account_of, reader_of
from borderliaison.api.asking import Asks, asked_in
from borderliaison.api.errors import NotThere
from borderliaison.api.routes.records import RecordsPage, page_of_records
from borderliaison.api.shapes import PAGE, Limit, Page, Strict
from borderliaison.records.search.question.asked import Asked, read_question

router = Router()
ShortKey = Annotated[str, StringConstraints(pattern="^[0-9a-f]{12}$")]


class QueryShape(Schema):
    """A saved question; ``asks`` are the fields by which ``/records`` is asked."""

    key: str
    name: str
    own: bool
    shared: bool
    asks: dict[str, str]


class Queries(Schema):
    """Saved questions: own ones in their order, then what colleagues share."""

    queries: list[QueryShape]


class QueryIn(Strict):
    """A question to be saved; one of the same name takes the place of the earlier one."""

    name: Annotated[str, StringConstraints(max_length=MAX_NAME)]
    asks: Asks
    shared: bool = False


class QueryDone(Schema):
    """A saved question with which something was done."""

    key: str


@router.get("/queries", response=Queries, summary="Saved questions", url_name="queries")
def list_queries(request: HttpRequest) -> dict[str, Any]:
    """List the questions to the records that the officer saved, or his office shares."""
    account = account_of(request)
    return {"queries": [_data(account, one) for one in _saved(account)]}


@router.post("/queries", response={201: QueryDone}, summary="Save a question", url_name="queries")
def save_query(request: HttpRequest, said: QueryIn) -> dict[str, Any]:
    """Save a question to the records, as the view of their page."""
    address = reverse("records:search") + asked_in(said.asks).address()
    return {"key": save_view(account_of(request), said.name, address, is_shared=said.shared).key}


@router.get(
    "/queries/{key}/records", response=RecordsPage, by_alias=True, summary="Ask a saved question"
)
def ask_query(
    request: HttpRequest, key: ShortKey, page: Page = 1, limit: Limit = PAGE
) -> dict[str, Any]:
    """Return what a saved question finds now, as far as this officer may know of it."""
    found = next((one for one in _saved(account_of(request)) if one.key == key), None)
    if found is None:
        raise NotThere(key)
    return page_of_records(reader_of(request), _asked(found), page, limit)


@router.post("/queries/{key}/remove", response=QueryDone, summary="Remove a saved question")
def remove_query(request: HttpRequest, key: ShortKey) -> dict[str, Any]:
    """Remove an own question; for a day that can be taken back."""
    return {"key": remove_view(account_of(request), key).key}


@router.post("/queries/{key}/restore", response=QueryDone, summary="Restore a saved question")
def restore_query(request: HttpRequest, key: ShortKey) -> dict[str, Any]:
    """Take back that a question was removed."""
    return {"key": restore_view(account_of(request), key).key}


def _saved(account: Account) -> list[SavedView]:
    """Return the saved views that are of the page of records."""
    views, page = views_of(account), reverse("records:search")
    return [one for one in (*views.own, *views.shared) if urlsplit(one.address).path == page]


def _asked(one: SavedView) -> Asked:
    return read_question(urlsplit(one.address).query)


def _data(account: Account, one: SavedView) -> dict[str, Any]:
    return {
        "key": one.key,
        "name": one.name,
        "own": one.owner_id == account.pk,
        "shared": one.is_shared,
        "asks": _asked(one).said(),
    }
