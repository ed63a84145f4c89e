"""The ways in which each page is pictured."""

from dataclasses import dataclass, field
from typing import Any, Final

CONSOLE: Final = {"width": 1440, "height": 900}


@dataclass(frozen=True, slots=True)
class Mode:
    """One way of looking at a page.

    Attributes:
        name: the folder of its pictures.
        context: what the browser is opened with; modes that share it share their pages.
        media: what the page is told of its medium.
        size: of the window.
        is_whole: the picture is as long as the page.
        is_unfolded: panels are shown in full, in a window as high as they need.
        language: of the officer's pages.
        is_grey: seen without colours.
        is_paper: printed, not shown.
    """

    name: str
    size: dict[str, int] = field(default_factory=lambda: CONSOLE)
    context: dict[str, Any] = field(default_factory=dict)
    media: dict[str, Any] = field(default_factory=dict)
    is_whole: bool = False
    is_unfolded: bool = False
    language: str = "en"
    is_grey: bool = False
    is_paper: bool = False


PHONE: Final = {"width": 360, "height": 740}
_FINGER: Final = {"has_touch": True, "is_mobile": True, "device_scale_factor": 2}
_DARK: Final = {"color_scheme": "dark"}
_CONTRAST: Final = {"forced_colors": "active", "contrast": "more"}

MODES: Final = (
    Mode("light"),
    Mode("dark", media=_DARK),
    Mode("grey", is_grey=True),
    Mode("contrast", media=_CONTRAST),
    Mode("unfolded", is_unfolded=True),
    Mode("narrow", size={"width": 1000, "height": 900}, is_whole=True),
    Mode("phone", size=PHONE, context=_FINGER, is_whole=True),
    Mode("zoom", size={"width": 720, "height": 450}, context={"device_scale_factor": 2}),
    Mode("paper", is_paper=True),
    Mode("russian", language="ru"),
    Mode("russian-unfolded", language="ru", is_unfolded=True),
    Mode("russian-phone", size=PHONE, context=_FINGER, is_whole=True, language="ru"),
    Mode("russian-paper", is_paper=True, language="ru"),
)
EXERCISE_MODES: Final = ("light", "dark", "grey", "phone", "russian", "russian-phone", "paper")
"""The modes in which the pages of an exercise are pictured; their folders begin with ``exercise``."""
