"""What officers do with pictures on a node of a test: share one, ask for the whole, look at it."""

import os
from io import BytesIO

from django.conf import settings
from django.db import transaction
from PIL import Image

from borderliaison.exchange.core.letter import Blob, LetterKind
from borderliaison.exchange.drafts import LetterDraft
from borderliaison.exchange.registry import ReceivedLetter
from borderliaison.exchange.services import post
from borderliaison.files import looking
from borderliaison.files.adding import Upload, keep, prepare
from borderliaison.files.errors import FilesError
from borderliaison.files.models import Attachment
from borderliaison.files.owners import ITEM, Owner, want
from borderliaison.files.travelling import Arrived, NamedBlob, check_said, take, travelling
from borderliaison.kernel import canonical
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.marking import Audience, Marking
from borderliaison.markings.services import intern

PICTURE = "picture"
SIZE = (1300, 1000)
"""Of noise, which does not become small: some chunks."""


def take_in(letter: ReceivedLetter) -> None:
    """Attach the files of a letter, as the handler of items does."""
    blobs = [NamedBlob(one.hash, one.size, one.key) for one in letter.blobs]
    said = check_said(canonical.decode(letter.payload), blobs)
    item = letter.letter_id.hex()
    take(said, blobs, Arrived(item, letter.marking_id, letter.issuer, letter.issuer))


def do(do: str, **what: str) -> str:
    """Do what the test says; return what came of it."""
    return {"share": _share, "want": _want, "look": _look}[do](**what)


def _share(to: str) -> str:
    """Share a photograph with another office; return the letter's id."""
    noise = BytesIO()
    Image.frombytes("RGB", SIZE, os.urandom(3 * SIZE[0] * SIZE[1])).save(noise, "JPEG")
    prepared = prepare(Upload("plate.jpg", noise.getvalue()))
    office = settings.BLO_OFFICE
    marking = Marking(audience=Audience.of((OfficeCode(to), "*")), originator=office)
    with transaction.atomic():
        owner = Owner(ITEM, os.urandom(16).hex(), intern(marking).pk, f"{office}/0001", "live")
        keep(prepared, owner)
        files = travelling(owner.key)
        draft = LetterDraft(
            kind=LetterKind.MESSAGE,
            to=(OfficeCode(to),),
            marking=marking,
            payload_type=PICTURE,
            payload=canonical.encode(files.said),
            blobs=tuple(Blob(one.digest, one.size, one.key) for one in files.blobs),
        )
        return post(draft).hex()


def _want(letter: str) -> str:
    return str(want(_file(letter).full))


def _look(letter: str, which: str) -> str:
    """Return the size of the picture that an officer sees, or the code of why he sees none."""
    file = _file(letter)
    try:
        seen = looking.preview(file) if which == looking.PREVIEW else looking.page(file, 1)
    except FilesError as error:
        return error.code
    with Image.open(BytesIO(seen.data)) as picture:
        picture.load()
        return f"{picture.width} x {picture.height}"


def _file(letter: str) -> Attachment:
    return Attachment.objects.as_system("test").get(owner=letter)
