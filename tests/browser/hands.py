"""An officer's hands on a page: they act, and count what they did."""

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page


@dataclass(slots=True)
class Hands:
    """Counts clicks, keys and what is written into fields.

    Attributes:
        clicks: with the mouse.
        keys: pressed to move, choose, open and send; a chord is one.
        written: fields into which words were written: each once, as on paper.
        letters: how many letters that were.
    """

    page: Page
    clicks: int = 0
    keys: int = 0
    written: int = 0
    letters: int = field(default=0)

    @property
    def total(self) -> int:
        """All that was done."""
        return self.clicks + self.keys + self.written

    def click(self, target: Locator) -> None:
        """Click."""
        target.click()
        self.clicks += 1

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def write(self, words: str) -> None:
        """Write into the field that has the focus."""
        self.page.keyboard.type(words)
        self.written += 1
        self.letters += len(words)

    def fill(self, target: Locator, words: str) -> None:
        """Go to a field with the mouse and write into it, over what stands there."""
        self.click(target)
        target.fill(words)
        self.written += 1
        self.letters += len(words)

    def choose(self, target: Locator, label: str) -> None:
        """Choose from a list: open it with the mouse, and take an entry."""
        target.select_option(label)
        self.clicks += 2
