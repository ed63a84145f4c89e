"""A file that is made beside the pages: for whom, what writes it, and as what it is given."""

from collections.abc import Callable
from pathlib import Path
from typing import IO

from django.conf import settings
from django.http import FileResponse

from borderliaison.accounts.models import Account
from borderliaison.records.interchange.exports.exporting import Exporter
from borderliaison.records.interchange.exports.making import Making, Work
from borderliaison.records.interchange.whose import Sender

Writing = Callable[[Exporter, IO[bytes], Path], object]
"""Writes a file for whoever exports; is given a folder of the node for what stands between."""


def sender_of(account: Account) -> Sender:
    """Return for whom a file is made."""
    return Sender(account.officer_id, str(account.realm))


def work_of(account: Account, purpose: str, lang: str, write: Writing) -> Work:
    """Return what makes a file and tells how far it is.

    Args:
        account: who exports.
        purpose: for what, a code of the list ``request_purpose``.
        lang: in which he reads.
        write: writes it.
    """
    reader, office = account.reader(), settings.NODE.office

    def work(one: Making, file: IO[bytes], folder: Path) -> None:
        exporter = Exporter(
            account.officer_id, reader, office, purpose, lang, one.tell, one.gathered, one.written
        )
        write(exporter, file, folder)

    return work


def given(one: Making) -> FileResponse | None:
    """Return the file if it is ready, once.

    Raises:
        LiaisonError: it could not be made.
    """
    file = one.take()
    if one.problem is not None:
        raise one.problem
    if file is None:
        return None
    label = one.label
    return FileResponse(
        file, as_attachment=True, filename=label.name, content_type=label.media_type
    )
