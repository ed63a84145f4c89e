"""Drawing a picture anew: its points of colour, upright, and nothing else that was in the file."""

from io import BytesIO
from typing import Final

from PIL import Image, ImageCms, ImageOps

from borderliaison.files.errors import TooManyPixels
from borderliaison.files.limits import MAX_PIXELS, PREVIEW_BYTES, PREVIEW_SIDE
from borderliaison.files.sheaf import Page

_QUALITY: Final = 88
_PREVIEW_STEPS: Final = ((PREVIEW_SIDE, 78), (PREVIEW_SIDE, 62), (1024, 60), (800, 55), (480, 50))


def check_size(width: int, height: int) -> None:
    """Refuse a picture of more points than are ever decoded.

    Raises:
        TooManyPixels: it has more.
    """
    if width * height > MAX_PIXELS:
        raise TooManyPixels(f"{width} x {height}")


def drawn_anew(picture: Image.Image, longest: int) -> Image.Image:
    """Return a picture upright, in a screen's colours, no longer than ``longest``, without metadata."""
    upright = ImageOps.exif_transpose(picture)
    coloured = _on_screen(upright)
    if max(coloured.size) > longest:
        coloured.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    fresh = Image.new("RGB", coloured.size, "white")
    if coloured.mode == "RGBA":
        fresh.paste(coloured, mask=coloured.getchannel("A"))
    else:
        fresh.paste(coloured)
    return fresh


def _on_screen(picture: Image.Image) -> Image.Image:
    """Return a picture as sRGB; one whose own description of colours is broken as it is."""
    has_alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "RGBA", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(
                picture,
                source,
                ImageCms.createProfile("sRGB"),
                outputMode="RGBA" if picture.mode == "RGBA" else "RGB",
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None
        if converted is not None:
            return converted
    if picture.mode.startswith("I;16") or picture.mode == "I":
        return picture.point(lambda value: value / 256).convert("L").convert("RGB")
    return picture.convert("RGBA" if has_alpha else "RGB")


def page_of(picture: Image.Image, *, lossless: bool = False) -> Page:
    """Return a picture that was drawn anew as a page; as PNG only where that is smaller.

    Args:
        picture: without metadata.
        lossless: whether PNG is tried: of a picture that came as one.
    """
    data, media = _jpeg(picture, _QUALITY), "image/jpeg"
    if lossless:
        out = BytesIO()
        picture.save(out, "PNG", optimize=False, compress_level=6)
        if out.tell() <= len(data):
            data, media = out.getvalue(), "image/png"
    return Page(media, picture.width, picture.height, data)


def preview_of(picture: Image.Image) -> Page:
    """Return a small picture of at most 150 kB."""
    for longest, quality in _PREVIEW_STEPS:
        small = picture.copy()
        small.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        data = _jpeg(small, quality)
        if len(data) <= PREVIEW_BYTES:
            return Page("image/jpeg", small.width, small.height, data)
    raise TooManyPixels("a preview of so many bytes")


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, progressive=False)
    return out.getvalue()
