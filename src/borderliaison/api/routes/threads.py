"""Threads: which there are, what is said in one, and answering."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Router, Schema
from pydantic import Field

from borderliaison.api.errors import NotThere
from borderliaison.api.reading import data_of, done_with, readable
from borderliaison.api.said import Spoken, said_in
from borderliaison.api.shapes import MAX_LINES, Done, Item, Key, Line, Page
from borderliaison.correspondence import acting, threads
from borderliaison.correspondence.at_work import acting_of

router = Router()
Office = Annotated[Line, Field(max_length=7)]


class ThreadShape(Schema):
    """A thread in a list: its first and its latest item, and how many are unread or held here."""

    key: str
    first: str
    latest: str
    title: str
    unread: int
    held: int


class Threads(Schema):
    """A page of threads, the latest first, and of how many."""

    threads: list[ThreadShape]
    page: int
    pages: int
    total: int


class ThreadItems(Schema):
    """What the officer may read of a thread, the oldest first."""

    key: str
    items: list[Item]


class Answer(Spoken):
    """What to say, about which item, to which offices."""

    about: Key
    to: list[Office] = Field(min_length=1, max_length=MAX_LINES)


@router.get("/threads", response=Threads, summary="Threads")
def list_threads(request: HttpRequest, page: Page = 1) -> dict[str, Any]:
    """List the threads of which the officer may read anything, the latest first."""
    found = threads.thread_list(acting_of(request), page)
    lines = [
        {
            "key": one.key,
            "first": one.first.key,
            "latest": one.latest.key,
            "title": one.first.title,
            "unread": one.unread,
            "held": one.held,
        }
        for one in found.lines
    ]
    pages = max(1, -(-found.total // threads.PAGE))
    return {"threads": lines, "page": page, "pages": pages, "total": found.total}


@router.get("/threads/{key}", response=ThreadItems, summary="One thread")
def one_thread(request: HttpRequest, key: Key) -> dict[str, Any]:
    """Return what the officer may read of a thread."""
    officer = acting_of(request)
    items = threads.items_of(officer, key)
    if not items:
        raise NotThere(key)
    return {"key": key, "items": data_of(officer, items)}


@router.post("/threads/{key}/say", response={201: Done}, summary="Answer in a thread")
def say(request: HttpRequest, key: Key, answer: Answer) -> dict[str, Any]:
    """Say something about an item of a thread, to offices. Abroad it waits for a second officer."""
    officer = acting_of(request)
    about = readable(officer).get(key=answer.about, thread__key=key)
    said = said_in(answer, get_language() or "en")
    return done_with(acting.reply(officer, about, said, tuple(dict.fromkeys(answer.to))))
