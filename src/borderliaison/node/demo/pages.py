"""A page as an officer sees it: what it says, and the forms that can be filled in and sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin

import lxml.html
from lxml.html import FormElement, HtmlElement

Values = Mapping[str, str | Iterable[str]]
CHOICES: Final = ("radio", "checkbox")


class NotOnThePage(AssertionError):
    """What was looked for is not on the page."""


@dataclass(frozen=True)
class Page:
    """A page that was loaded."""

    url: str
    tree: HtmlElement

    @classmethod
    def read(cls, url: str, html: str) -> "Page":
        """Parse a page."""
        return cls(url, lxml.html.fromstring(html or "<html></html>"))

    @property
    def text(self) -> str:
        """What it says, without markup."""
        return " ".join(self.tree.text_content().split())

    def all(self, xpath: str) -> list[Any]:
        """Return everything that an XPath finds."""
        found: list[Any] = self.tree.xpath(xpath)
        return found

    def one(self, xpath: str) -> Any:
        """Return the first thing that an XPath finds.

        Raises:
            NotOnThePage: there is none.
        """
        found = self.all(xpath)
        if not found:
            raise NotOnThePage(f"{xpath} is not on {self.url}")
        return found[0]

    def form(self, xpath: str) -> FormElement:
        """Return a form, given by itself or by something in it."""
        found = self.one(xpath)
        return found if found.tag == "form" else found.iterancestors("form").__next__()

    def target(self, form: FormElement) -> str:
        """Return where a form is sent."""
        return str(urljoin(self.url, form.get("action") or self.url))

    def items(self, kind: str = "") -> list[HtmlElement]:
        """Return the things said in a thread, oldest first; of one kind of report where given."""
        return self.all(f'//*[@data-item][@data-kind="{kind}"]' if kind else "//*[@data-item]")


def filled(form: FormElement, values: Values, button: str = "") -> list[tuple[str, str]]:
    """Return what a browser sends of a form after an officer has filled it in.

    Args:
        form: as it stands on the page, with what it is filled in with already.
        values: by name of the field; what the page does not offer is refused.
        button: the name of the button that is pressed, where it has one.

    Raises:
        NotOnThePage: the form has no such field, or does not offer such a choice.
    """
    sent = [(name, value) for name, value in form.form_values() if name not in values]
    for name, value in values.items():
        wanted = [value] if isinstance(value, str) else list(value)
        _check_offered(form, name, wanted)
        sent += [(name, one) for one in wanted]
    if button:
        (pressed,) = form.xpath(f'.//button[@name="{button}"]') or [None]
        if pressed is None:
            raise NotOnThePage(f"no button {button!r} in the form")
        sent.append((button, pressed.get("value") or ""))
    return sent


def _check_offered(form: FormElement, name: str, wanted: list[str]) -> None:
    fields = form.xpath(".//*[@name=$name]", name=name)
    if not fields:
        raise NotOnThePage(f"no field {name!r} in the form")
    offered: set[str] = set()
    free = False
    for field in fields:
        if field.tag == "select":
            offered |= {option.get("value", "") for option in field.iter("option")}
        elif field.tag == "input" and field.get("type") in CHOICES:
            offered.add(field.get("value", "on"))
        else:
            free = True
    if not free and not set(wanted) <= offered:
        raise NotOnThePage(f"{name!r} offers {sorted(offered)}, not {wanted}")
