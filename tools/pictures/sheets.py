"""Contact sheets: all pictures of a folder on one page, photographed."""

from html import escape
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser

COLUMNS: Final = 4
PER_SHEET: Final = 16
_STYLE: Final = """
body { margin: 12px; font: 600 15px sans-serif; display: grid; gap: 12px; align-items: start;
  grid-template-columns: repeat(%d, 1fr); background: #8a949e; }
figure { margin: 0; } img { width: 100%%; max-height: 900px; object-fit: cover; object-position: top; }
"""


def contact_sheets(browser: Browser, out: Path) -> list[Path]:
    """Make ``sheet-<folder>-<n>.png`` for each folder of pictures."""
    made = []
    page = browser.new_page(viewport={"width": 1900, "height": 1000})
    for folder in sorted(one for one in out.iterdir() if one.is_dir()):
        pictures = sorted(folder.glob("*.png"))
        for first in range(0, len(pictures), PER_SHEET):
            made.append(out / f"sheet-{folder.name}-{first // PER_SHEET + 1}.png")
            figures = "".join(_figure(one) for one in pictures[first : first + PER_SHEET])
            html = out / "sheet.html"
            style = _STYLE % COLUMNS
            html.write_text(f"<meta charset=utf-8><style>{style}</style>{figures}", "utf-8")
            page.goto(html.as_uri())
            page.screenshot(path=made[-1], full_page=True)
            html.unlink()
    page.close()
    return made


def _figure(picture: Path) -> str:
    return f'<figure>{escape(picture.stem)}<img src="{picture.resolve().as_uri()}"></figure>'
