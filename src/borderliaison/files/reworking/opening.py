"""Opening a file of each kind, page by page, within limits."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from typing import Any

import pi_heif
import pypdfium2
from PIL import Image, ImageCms

from borderliaison.files.errors import BrokenFile, LockedDocument, TooManyPages, TooManyPixels
from borderliaison.files.kinds import Kind
from borderliaison.files.limits import MAX_PAGES, MAX_PIXELS, PAGE_SIDE, PICTURE_SIDE
from borderliaison.files.reworking.drawing import check_size, drawn_anew
from borderliaison.files.sheaf import Sheaf

_FORMATS = {Kind.JPEG: ("JPEG",), Kind.PNG: ("PNG",), Kind.HEIC: ("HEIF",)}
_OF_MEDIA = {"image/jpeg": Kind.JPEG, "image/png": Kind.PNG}
_LOCKED = 4
"""PDFium's FPDF_ERR_PASSWORD."""


def load_decoders() -> None:
    """Load all that decoding wants from the disk, which cannot be read any more afterwards."""
    Image.preinit()
    for plugin in ("TiffImagePlugin", "MpoImagePlugin"):  # JPEG and PNG ask them for EXIF
        import_module(f"PIL.{plugin}")
    ImageCms.createProfile("sRGB")
    pi_heif.register_heif_opener(thumbnails=False)
    pypdfium2.PdfDocument.new().close()
    for mode in ("JPEG", "PNG"):
        Image.new("RGB", (1, 1)).save(BytesIO(), mode)


@dataclass(frozen=True, slots=True)
class Opened:
    """A page, without metadata.

    Attributes:
        is_lossless: whether it came as PNG.
    """

    picture: Image.Image
    is_lossless: bool = False


def pages_of(kind: Kind, data: bytes) -> Iterator[Opened]:
    """Yield the pages of a file; a photograph is one page, a sheaf of another office as many as it has.

    Raises:
        TooManyPixels, TooManyPages, LockedDocument, BrokenFile: as they say.
    """
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        match kind:
            case Kind.PDF:
                yield from _document(data)
            case Kind.SHEAF:
                for page in Sheaf.decode(data).pages:
                    yield _picture(_OF_MEDIA[page.media], page.data)
            case _:
                yield _picture(kind, data)
    except Image.DecompressionBombError as error:
        raise TooManyPixels from error
    except (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError) as error:
        raise BrokenFile(type(error).__name__) from error


def _picture(kind: Kind, data: bytes) -> Opened:
    with Image.open(BytesIO(data), formats=_FORMATS[kind]) as picture:
        check_size(*picture.size)
        picture.load()
        return Opened(drawn_anew(picture, PICTURE_SIDE), kind is Kind.PNG)


def _document(data: bytes) -> Iterator[Opened]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _LOCKED:
            raise LockedDocument from error
        raise BrokenFile("not a document") from error
    if not 0 < len(document) <= MAX_PAGES:
        raise TooManyPages(str(len(document))) if len(document) else BrokenFile("no pages")
    for number in range(len(document)):
        yield _sheet(document, number)


def _sheet(document: Any, number: int) -> Opened:
    """Draw one page of a document. Forms are not begun, so that nothing in it is run."""
    try:
        page = document[number]
        width, height = page.get_size()
        scale = PAGE_SIDE / max(width, height, 1.0)
        check_size(round(width * scale), round(height * scale))
        drawn = page.render(scale=scale, may_draw_forms=False, no_smoothtext=False)
        picture = drawn.to_pil()
    except pypdfium2.PdfiumError as error:
        raise BrokenFile(f"page {number + 1}") from error
    return Opened(drawn_anew(picture, PAGE_SIDE))
