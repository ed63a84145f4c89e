"""Files are drawn anew in a process of their own; what does harm ends there, with a name."""

import subprocess
import sys
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from borderliaison.files import errors
from borderliaison.files.kinds import Kind, kind_of
from borderliaison.files.limits import MAX_PAGES, PREVIEW_BYTES
from borderliaison.files.reworked import Reworked, rework
from borderliaison.files.sheaf import Page, Sheaf
from tests.files import samples


def made_of(data: bytes) -> Reworked:
    return rework(kind_of(data[:16]), data)


def opened(page: Page) -> Image.Image:
    with Image.open(BytesIO(page.data)) as found:
        found.load()
        return found


@pytest.mark.parametrize(
    "data",
    [samples.jpeg(), samples.png(), samples.HEIC, samples.pdf()],
    ids=["jpeg", "png", "heic", "pdf"],
)
def test_of_what_a_camera_writes_beside_the_picture_nothing_is_shared(data: bytes) -> None:
    made = made_of(data)
    for page in (*made.sheaf.pages, *made.preview.pages):
        found = opened(page)
        assert not found.getexif()
        assert set(found.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert samples.CAMERA.encode() not in page.data


def test_the_samples_tell_what_they_were_taken_with() -> None:
    assert all(samples.CAMERA.encode() in one for one in (samples.jpeg(), samples.png()))
    assert samples.CAMERA.encode("utf-16-be") in samples.pdf()
    assert b"SECRETCAM" in samples.HEIC


def test_a_picture_is_turned_upright() -> None:
    upright = opened(made_of(samples.jpeg(120, 80, orientation=6)).sheaf.pages[0])
    assert upright.size == (80, 120)
    assert upright.getpixel((40, 5))[0] > 200  # the red half, left before, is above now
    assert made_of(samples.HEIC).sheaf.pages[0].height == 64


def test_each_page_of_a_document_is_a_picture() -> None:
    made = made_of(samples.pdf(3))
    assert len(made.sheaf.pages) == 3
    assert len(made.preview.pages) == 1


def test_a_preview_has_at_most_150_kb() -> None:
    out = BytesIO()
    Image.effect_noise((1600, 1600), 90).convert("RGB").save(out, "JPEG", quality=95)
    made = made_of(out.getvalue())
    assert len(made.preview.pages[0].data) <= PREVIEW_BYTES
    assert made.sheaf.pages[0].width == 1600


def test_of_a_file_that_is_several_things_the_picture_alone_is_shared() -> None:
    made = made_of(samples.polyglot())
    assert b"script" not in made.sheaf.encode()
    assert b"evil" not in made.sheaf.encode()


def test_nothing_in_a_document_is_run() -> None:
    made = made_of(samples.pdf_with_script())
    assert len(made.sheaf.pages) == 1
    assert b"JavaScript" not in made.sheaf.encode()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (samples.jpeg()[:-300], errors.BrokenFile),
        (samples.jpeg()[:40], errors.BrokenFile),
        (samples.png()[:90], errors.BrokenFile),
        (samples.HEIC[:300], errors.BrokenFile),
        (samples.HEIC[:-60], errors.BrokenFile),
        (samples.pdf()[:60], errors.BrokenFile),
        (samples.png_bomb(), errors.TooManyPixels),
        (samples.pdf(MAX_PAGES + 1), errors.TooManyPages),
    ],
    ids=["cut", "stump", "cut png", "heic stump", "cut heic", "cut pdf", "bomb", "long"],
)
def test_a_file_that_is_no_good_is_refused_by_name(
    data: bytes, error: type[errors.FilesError]
) -> None:
    with pytest.raises(error):
        made_of(data)


@pytest.mark.parametrize(
    "data",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a" + b"\x00" * 30,
        b"MZ" + b"\x00" * 30,
        b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00",
        b"   %PDF-1.7",
    ],
)
def test_what_is_no_picture_is_refused_whatever_its_name(data: bytes) -> None:
    with pytest.raises(errors.UnknownKind):
        kind_of(data)


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(errors.EmptyFile):
        kind_of(b"")


def test_a_file_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(errors.TooDemanding):
        rework(Kind.JPEG, samples.jpeg(), patience_s=0.001)


def test_what_another_office_shares_is_drawn_anew_before_it_is_shown() -> None:
    theirs = Sheaf((Page("image/jpeg", 120, 80, samples.polyglot()),)).encode()
    made = rework(Kind.SHEAF, theirs)
    assert samples.CAMERA.encode() not in made.sheaf.encode()
    assert b"script" not in made.sheaf.encode()
    with pytest.raises(errors.BrokenFile):
        rework(Kind.SHEAF, Sheaf((Page("image/png", 1, 1, samples.jpeg()),)).encode())
    with pytest.raises(errors.MalformedFile):
        rework(Kind.SHEAF, b"\xa0")


@settings(max_examples=12)
@given(st.data())
def test_a_spoilt_picture_is_a_picture_or_a_named_error(data: st.DataObject) -> None:
    whole = bytearray(data.draw(st.sampled_from([samples.jpeg(), samples.png(), samples.HEIC])))
    for _ in range(data.draw(st.integers(1, 20))):
        whole[data.draw(st.integers(16, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        made = made_of(bytes(whole))
    except errors.FilesError:
        return
    assert made.sheaf.pages


@given(st.binary(max_size=200))
def test_a_sheaf_is_read_strictly(data: bytes) -> None:
    try:
        found = Sheaf.decode(data)
    except errors.MalformedFile:
        return
    assert found.encode() == data


def test_a_sheaf_comes_back_as_it_was() -> None:
    sheaf = Sheaf((Page("image/jpeg", 3, 2, b"x"), Page("image/png", 9, 9, b"yy")))
    assert Sheaf.decode(sheaf.encode()) == sheaf


def test_the_process_opens_no_file_and_no_connection_once_it_has_read_its_own() -> None:
    script = (
        "import socket, sys\n"
        "from borderliaison.files.reworking import __main__ as child\n"
        "child.confine(memory_bytes=2**31, cpu_s=60, written_bytes=2**20); child._shut()\n"
        "for what in (lambda: open('/etc/hostname'), socket.socket):\n"
        "    try: what()\n"
        "    except OSError: continue\n"
        "    sys.exit(9)\n"
    )
    assert (
        subprocess.run([sys.executable, "-c", script], check=False, close_fds=True).returncode == 0
    )
