"""How like two pictures of a page are: by the mean colour of small cells, not by pixels.

Browsers of other versions and machines draw letters a little otherwise; the mean of a cell of some letters
stays. What moves, appears, vanishes or changes its colour changes whole cells. Pure but for the files.
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageChops, ImageDraw

CELL: Final = 8
"""Pixels of the kept picture in a cell's edge: half of that on the screen stands in it twice."""
SCALE: Final = 2
"""How many times smaller than the screen the kept picture is."""
FAR: Final = 16
"""From which difference, of 255, a cell is another one: letters drawn otherwise stay below half of it."""
SHARE: Final = 0.002
"""Which share of the cells may be other ones: a few words, no button and no line."""
QUALITY: Final = 60


@dataclass(frozen=True, slots=True)
class Difference:
    """What was found of a picture.

    Attributes:
        share: of the cells that are other ones.
        picture: accepted, found, and where they differ, side by side.
    """

    share: float
    picture: Image.Image

    @property
    def is_large(self) -> bool:
        """Whether somebody has to look at it."""
        return self.share > SHARE


def kept(shot: bytes) -> Image.Image:
    """Return a picture of the screen as it is kept: smaller, without transparency."""
    whole = Image.open(BytesIO(shot)).convert("RGB")
    return whole.resize((whole.width // SCALE, whole.height // SCALE), Image.Resampling.BOX)


def accept(picture: Image.Image, place: Path) -> None:
    """Keep a picture as the accepted one."""
    place.parent.mkdir(parents=True, exist_ok=True)
    picture.save(place, "WEBP", quality=QUALITY, method=6)


def difference(picture: Image.Image, place: Path) -> Difference:
    """Compare a picture with the accepted one; what one has more of than the other differs."""
    accepted = Image.open(place).convert("RGB")
    size = max(picture.width, accepted.width), max(picture.height, accepted.height)
    old, new = _on(accepted, size, "black"), _on(picture, size, "white")
    apart = ImageChops.difference(_cells(old), _cells(new))
    bands = [band.point(lambda value: 255 if value > FAR else 0) for band in apart.split()]
    wrong = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    share = sum(1 for value in wrong.tobytes() if value) / (wrong.width * wrong.height)
    return Difference(share, _beside(old, new, wrong))


def _on(picture: Image.Image, size: tuple[int, int], colour: str) -> Image.Image:
    ground = Image.new("RGB", size, colour)
    ground.paste(picture)
    return ground


def _cells(picture: Image.Image) -> Image.Image:
    size = max(1, picture.width // CELL), max(1, picture.height // CELL)
    return picture.resize(size, Image.Resampling.BOX)


def _beside(old: Image.Image, new: Image.Image, wrong: Image.Image) -> Image.Image:
    marked = new.copy()
    drawn = ImageDraw.Draw(marked)
    across, down = new.width / wrong.width, new.height / wrong.height
    values = wrong.tobytes()
    for place, value in enumerate(values):
        if value:
            row, column = divmod(place, wrong.width)
            left, top = column * across, row * down
            drawn.rectangle((left, top, left + across, top + down), outline="#e0008c")
    sheet = Image.new("RGB", (new.width * 3 + 20, new.height), "#888888")
    for place, one in enumerate((old, new, marked)):
        sheet.paste(one, (place * (new.width + 10), 0))
    return sheet
