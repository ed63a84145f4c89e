"""Files in a draft: added, taken out, put back; given to the report that the draft becomes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest
from django.urls import reverse

from borderliaison.correspondence.acting import file_owner
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import Acting
from borderliaison.files.adding import keep, prepare
from borderliaison.files.errors import FilesError, NothingChosen
from borderliaison.files.models import Attachment
from borderliaison.files.owners import DRAFT, Owner, check_number, hand_over, put_back, take_out
from borderliaison.files.showing import ShownFile, files_in_draft
from borderliaison.files.uploading import uploads_of
from borderliaison.reports.models import Draft
from borderliaison.ui.sentences import sentence

ADD: Final = "files.add"
DO: Final = "files.do"
REMOVE: Final = "files.remove"
RESTORE: Final = "files.restore"
INPUTS: Final = frozenset({ADD, DO, REMOVE, RESTORE})
"""The inputs of a draft's page that are about files."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that was not taken, and why."""

    name: str
    words: str
    code: str


@dataclass(frozen=True, slots=True)
class FilesView:
    """The files of a draft on its page.

    Attributes:
        url: where they are added, taken out and put back.
        shown: with those taken out.
        problems: with what was just added.
    """

    url: str
    shown: tuple[ShownFile, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def here(self) -> int:
        """How many go with the report."""
        return sum(not one.is_out for one in self.shown)


def files_view(acting: Acting, draft: Draft, problems: tuple[Problem, ...] = ()) -> FilesView:
    """Return the files of a draft for its page."""
    shown = files_in_draft(draft.key, acting.reader)
    return FilesView(reverse("reports:files", args=[draft.key]), shown, problems)


def do_with_files(acting: Acting, draft: Draft, request: HttpRequest) -> tuple[Problem, ...]:
    """Do what the page of a draft asks for with its files; return what was not taken.

    Raises:
        Http404: it names a file that is not in the draft.
    """
    owner = draft_owner(acting, draft)
    try:
        if key := request.POST.get(REMOVE):
            take_out(owner, key)
        elif key := request.POST.get(RESTORE):
            put_back(owner, key)
        else:
            return _add(owner, request)
    except Attachment.DoesNotExist as error:
        raise Http404 from error
    except FilesError as error:
        return (_problem("", error),)
    return ()


def draft_owner(acting: Acting, draft: Draft) -> Owner:
    """Return a draft as what files belong to."""
    realm = str(acting.reader.realm)
    return Owner(DRAFT, draft.key, draft.marking_id, acting.author.officer, realm)


def given_to_item(acting: Acting, draft: Draft) -> Callable[[Item], None]:
    """Return what gives a draft's files to the item that it becomes."""
    key = draft.key
    return lambda item: hand_over(key, file_owner(acting, item))


def _add(owner: Owner, request: HttpRequest) -> tuple[Problem, ...]:
    """Add what was chosen, one file after the other; one that is not taken harms no other."""
    uploads = uploads_of(request, ADD)
    if not uploads:
        return (_problem("", NothingChosen()),)
    problems = []
    for one in uploads:
        try:
            check_number(owner)  # before the work of opening it
            keep(prepare(one), owner)
        except FilesError as error:
            problems.append(_problem(one.name, error))
    return tuple(problems)


def _problem(name: str, error: FilesError) -> Problem:
    return Problem(name, sentence(error), error.code)


def place_of_draft(key: str) -> str:
    """Return the address of a draft's files."""
    return f"{reverse('reports:draft', args=[key])}#part-files"
