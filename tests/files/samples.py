"""Files as officers have them, and as somebody would make them who means harm."""

import hashlib
import struct
import zipfile
import zlib
from functools import cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from borderliaison.files.adding import Prepared
from borderliaison.files.kinds import Kind
from borderliaison.files.models import store_of
from borderliaison.files.reworked import Reworked, rework
from borderliaison.files.sealing import seal

CAMERA = "Ursa Minor Camera 9"
"""Stands in the metadata of every sample."""
HEIC = (Path(__file__).parent / "data" / "turned.heic").read_bytes()
"""64 x 48 points, to be turned by a quarter, with the name of a camera and a place in it."""


def picture(width: int = 120, height: int = 80) -> Image.Image:
    """A picture whose left half is red and whose right half is blue."""
    made = Image.new("RGB", (width, height), "blue")
    made.paste("red", (0, 0, width // 2, height))
    return made


def exif(orientation: int = 1) -> Image.Exif:
    """What a telephone writes: the camera, and where it was."""
    made = Image.Exif()
    made[0x010F] = CAMERA
    made[0x0112] = orientation
    made.get_ifd(0x8825).update({1: "N", 2: (39.0, 42.0, 30.0), 3: "E", 4: (71.0, 45.0, 10.0)})
    return made


def jpeg(width: int = 120, height: int = 80, orientation: int = 1) -> bytes:
    """A photograph with where and with what it was taken, and a comment."""
    out = BytesIO()
    picture(width, height).save(
        out, "JPEG", quality=90, exif=exif(orientation), comment=CAMERA.encode()
    )
    return out.getvalue()


def png() -> bytes:
    """A picture of a screen with text in its metadata."""
    out, said = BytesIO(), PngInfo()
    said.add_itxt("XML:com.adobe.xmp", f"<x>{CAMERA}</x>")
    said.add_text("Author", CAMERA)
    picture().save(out, "PNG", pnginfo=said, exif=exif())
    return out.getvalue()


def pdf(pages: int = 2) -> bytes:
    """A scanned document."""
    out = BytesIO()
    sheets = [picture(100, 140) for _ in range(pages)]
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], title=CAMERA)
    return out.getvalue()


def pdf_of(*objects: bytes) -> bytes:
    """A document of these objects, the first of which is its catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj" % number + body + b"endobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % x for x in places)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return out + trailer % (len(objects) + 1, table)


def pdf_with_script() -> bytes:
    """A document that runs JavaScript and opens a page of the network when it is opened."""
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R/AA<</WC 4 0 R>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]/Annots[5 0 R]>>",
        b"<</S/JavaScript/JS(app.alert\\('x'\\); while\\(true\\){})>>",
        b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://evil.example/)>>>>",
    )


def pdf_with_a_file_in_it() -> bytes:
    """A document that carries a program, and asks to start it."""
    program = b"MZ evil.exe " + CAMERA.encode()
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(evil.exe) 4 0 R]>>>>"
        b"/OpenAction<</S/Launch/F(evil.exe)>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]>>",
        b"<</Type/Filespec/F(evil.exe)/EF<</F 5 0 R>>>>",
        _stream(b"/Type/EmbeddedFile", program),
    )


@cache
def pdf_bomb(megabytes: int = 900) -> bytes:
    """A small document whose one page is described by 900 MB of spaces."""
    packer, spaces = zlib.compressobj(1), b" " * 1_000_000
    packed = b"".join(packer.compress(spaces) for _ in range(megabytes)) + packer.flush()
    return pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]/Contents 4 0 R>>",
        _stream(b"/Filter/FlateDecode", packed),
    )


def _stream(head: bytes, data: bytes) -> bytes:
    return b"<<" + head + b"/Length %d>>stream\n" % len(data) + data + b"\nendstream "


def zip_bomb() -> bytes:
    """A small archive of much nothing, with the name of a picture."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("plate.jpg", bytes(20_000_000))
    return out.getvalue()


def heic_with(box: bytes, said: int) -> bytes:
    """A HEIC picture one of whose boxes says that it is of another size than it is."""
    at = HEIC.index(box) - 4
    return HEIC[:at] + struct.pack(">I", said) + HEIC[at + 4 :]


def png_bomb(side: int = 30_000) -> bytes:
    """A small file that would be a picture of 900 million points."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def polyglot() -> bytes:
    """A photograph that is a web page and an archive as well."""
    return jpeg() + b"<html><script>alert('x')</script></html>PK\x03\x04evil.exe"


@cache
def _reworked() -> Reworked:
    return rework(Kind.JPEG, jpeg())


def prepared(name: str = "plate.jpg") -> Prepared:
    """A photograph that was opened and drawn anew, once for all tests, and sealed for this one."""
    made, data = _reworked(), jpeg()
    original, full, preview = map(seal, (data, made.sheaf.encode(), made.preview.encode()))
    for one in (original, full, preview):
        store_of(settings.NODE.directory).put(one.listed, one.chunks)
    digest = hashlib.sha256(data).hexdigest()
    return Prepared(name, Kind.JPEG, 1, 120, 80, original, full, preview, digest, len(data))
