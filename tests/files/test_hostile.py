"""Files made to do harm: each ends with a named error that its officer understands, and leaves nothing."""

import tempfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from borderliaison.files import errors
from borderliaison.files.kinds import Kind
from borderliaison.files.models import Attachment, Blob
from borderliaison.files.reworked import rework
from borderliaison.reports.models import Draft
from borderliaison.ui.sentences import sentence
from tests.accounts.people import signed_in
from tests.correspondence.cast import begin_draft, liaison, lookout, network
from tests.files import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    network()
    account = liaison()
    account.language = "ru"
    account.save(update_fields=["language"])
    return signed_in(account)


def on_the_disk(node_directory: Path) -> set[Path]:
    """Return every file where something could be left behind."""
    places = (node_directory / "files", Path(tempfile.gettempdir()))
    shallow = (path for path in places[1].glob("*") if path.is_file())
    return {path for path in places[0].rglob("*") if path.is_file()} | set(shallow)


def add(desk: Client, draft: Draft, data: bytes, name: str = "plate.jpg") -> str:
    """Add a file to a draft; return the page."""
    given = {**lookout(), "revision": draft.revision, "files.add": SimpleUploadedFile(name, data)}
    answer = desk.post(f"/drafts/{draft.key}/files/", given, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (samples.zip_bomb, errors.UnknownKind),
        (samples.png_bomb, errors.TooManyPixels),
        (samples.pdf_bomb, errors.TooDemanding),
        (lambda: samples.jpeg()[:-300], errors.BrokenFile),
        (lambda: samples.heic_with(b"meta", 2**32 - 1), errors.BrokenFile),
        (lambda: samples.heic_with(b"iloc", 8), errors.BrokenFile),
        (lambda: samples.heic_with(b"iprp", 7), errors.BrokenFile),
        (lambda: samples.HEIC[:16] * 4000, errors.BrokenFile),
        (lambda: samples.jpeg() + bytes(100_000_000), errors.FileTooLarge),
    ],
    ids=["zip", "png", "pdf", "cut", "meta", "iloc", "iprp", "ftyp", "100 MB"],
)
def test_a_file_made_to_do_harm_is_refused_in_the_officers_language_and_leaves_nothing(
    desk: Client, node_directory: Path, data: object, error: type[errors.FilesError]
) -> None:
    draft = begin_draft(desk)
    before = on_the_disk(node_directory)
    page = add(desk, draft, data())  # type: ignore[operator]
    with translation.override("ru"):
        said = sentence(error())
    assert said != sentence(error())
    assert said in page
    assert error.code in page
    assert on_the_disk(node_directory) <= before
    assert not Attachment.objects.as_system("test").exists()
    assert not Blob.objects.exists()


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (Kind.JPEG, samples.polyglot()),
        (Kind.PDF, samples.pdf_with_script()),
        (Kind.PDF, samples.pdf_with_a_file_in_it()),
    ],
    ids=["polyglot", "script", "file"],
)
def test_of_what_hides_in_a_file_nothing_is_shared(kind: Kind, data: bytes) -> None:
    made = rework(kind, data)
    for shared in (made.sheaf.encode(), made.preview.encode()):
        for hidden in (b"script", b"evil", b"PK\x03\x04", b"MZ", samples.CAMERA.encode()):
            assert hidden not in shared
