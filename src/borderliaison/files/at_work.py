"""From a request to who looks, and from our errors to sentences."""

from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest

from borderliaison.files.errors import ERRORS
from borderliaison.files.marking import Marker
from borderliaison.files.models import Attachment
from borderliaison.files.owners import readable_files
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.policy import Reader
from borderliaison.ui.sentences import sentence

OBSERVER: Final = "observer"


@dataclass(frozen=True, slots=True)
class Looking:
    """An officer at a file.

    Attributes:
        marker: who he is, as it stands beside what he draws.
        writes: whether his role writes.
    """

    reader: Reader
    marker: Marker
    writes: bool


def looking_of(request: HttpRequest) -> Looking:
    """Return the officer behind a request.

    Raises:
        Http404: nobody is signed in.
    """
    reader, user = getattr(request, "reader", None), request.user
    if not isinstance(reader, Reader):
        raise Http404
    marker = Marker(
        officer=str(getattr(user, "officer_id", "")),
        name=str(getattr(user, "full_name", "")),
        office=OfficeCode(str(getattr(user, "office", ""))),
        realm=str(reader.realm),
    )
    return Looking(reader, marker, getattr(user, "role_now", OBSERVER) != OBSERVER)


def found_file(looking: Looking, key: str) -> Attachment:
    """Return a file that this officer may look at.

    Raises:
        Http404: there is none.
    """
    rows = readable_files(looking.reader, looking.marker.officer).filter(key=key)
    related = ("marking", "preview", "full", "original", "shown_preview", "shown_full")
    found = rows.select_related(*related).first()
    if found is None:
        raise Http404
    return found


def sentence_of_code(code: str) -> str:
    """Return the same for the code of an error of this package; empty for another."""
    return sentence(ERRORS[code]()) if code in ERRORS else ""
