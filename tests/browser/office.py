"""An office at work, to look at in Chromium: a lookout with its talk, a draft, what is held."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import Browser, Page, Route

from borderliaison.accounts.models import Account
from borderliaison.correspondence.arrivals.items import receive_item
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.payloads import ITEM, ItemPayload
from borderliaison.correspondence.people import Author
from borderliaison.exchange.core.letter import Ref
from borderliaison.exchange.models import LinkRow
from borderliaison.kernel.ids import AgencyCode, OfficeCode, OfficerId, new_id
from borderliaison.kernel.marking import Marking
from borderliaison.kernel.realm import Realm
from borderliaison.reports.models import Draft
from tests.accounts.people import officer, signed_in
from tests.browser.chromium import Complaints, missing
from tests.correspondence.cast import begin_draft, lookout, send
from tests.correspondence.letters import MARKING, letter

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 740}
ZOOMED = {"width": 720, "height": 450}
DOSTUK = OfficeCode("KG-DST")
OTHER_FORMS = ("alert", "seizure", "request", "weekly_summary")
RUSSIAN = {
    "subject": "Серый грузовик с прицепом",
    "grounds": "Водитель сменился в Сары-Таше, груз не соответствует документам",
    "text_language": "ru",
    "plate": "",
    "measures": ["scan"],
}


@dataclass(frozen=True)
class Office:
    """What there is to look at.

    Attributes:
        author: who wrote the lookout.
        second: the second officer, who decides.
        item: the lookout, addressed also across the border.
        held: the key of what waits for the second officer.
        draft: a draft of the author's, begun and not filled in.
        drafts: likewise of other forms, by the form's name.
    """

    author: Account
    second: Account
    item: Item
    thread: str
    held: str
    draft: Draft
    drafts: dict[str, Draft]

    def paths(self) -> dict[str, tuple[Account, str]]:
        """Every page of an officer, with who looks at it."""
        return {
            "messages": (self.author, "/messages/"),
            "thread": (self.author, f"/messages/{self.thread}/"),
            "register": (self.author, "/messages/register/?way=out"),
            "forms": (self.author, "/new/"),
            "draft": (self.author, f"/drafts/{self.draft.key}/"),
            "waiting": (self.second, "/authorise/"),
            "decision": (self.second, f"/authorise/{self.held}/"),
            "health": (self.author, "/health/"),
            "missing": (self.author, "/there/is/no/such/page/"),
        }

    def other_paths(self) -> dict[str, tuple[Account, str]]:
        """The pages that are made of the same parts, and are looked at less often."""
        return {
            "me": (self.author, "/me"),
            "second steps": (self.author, "/me/second-step"),
            "tokens": (self.author, "/me/tokens"),
            "incoming": (self.author, "/messages/register/"),
            "offices": (self.author, "/offices/"),
            "office": (self.author, "/offices/KG-DST/"),
            "correct": (self.second, "/offices/KG-DST/correct/"),
            **{
                f"draft of {form}": (self.author, f"/drafts/{draft.key}/")
                for form, draft in self.drafts.items()
            },
        }


def office_at_work(language: str = "en", realm: str = "live") -> Office:
    """Make the office; call it before a browser is started."""
    names = {
        "en": ("A. Toktosunov", "N. Abdyrakhmanova"),
        "ru": ("А. Токтосунов", "Н. Абдырахманова"),
    }
    mine = {"language": language, "realm": realm}
    author = officer(full_name=names[language][0], **mine)
    second = officer(
        "abdyrakhmanova", full_name=names[language][1], agency="KG-CUS", role="head",
        officer_id="KG-BDB/0001", **mine,
    )  # fmt: skip
    LinkRow.objects.create(
        peer="KG-DST",
        state="down",
        why="peer_away",
        since=datetime.now(UTC) - timedelta(minutes=44),
    )
    browser = signed_in(author)
    typed = lookout(**{"cover.to": ["KG-DST", "KG-OSH", "UZ-DUS"]})
    item = send(browser, begin_draft(browser), typed | (RUSSIAN if language == "ru" else {}))
    arrives(item, "Мы это видим" if language == "ru" else "We see it", language)
    held = item.disseminations.as_system("test").get(state="held")
    drafts = {form: begin_draft(browser, form) for form in OTHER_FORMS}
    return Office(author, second, item, item.thread.key, held.key, begin_draft(browser), drafts)


def arrives(item: Item, text: str, language: str = "en") -> str:
    """Let a message from Dostuk arrive in the thread of an item; return its key."""
    realm = Realm.parse(item.thread.realm)
    name = "Г. Сапаралиева" if language == "ru" else "G. Saparalieva"
    author = Author(OfficerId("KG-DST/0003"), name, "duty", DOSTUK, AgencyCode("KG-CUS"))
    content = {"phrases": ["041"], "text": text, "language": language, "about": item.key}
    now = datetime.now(UTC)
    payload = ItemPayload(new_id().hex(), item.title, author, now, content)
    receive_item(
        letter(
            f"{ITEM}/message",
            payload.encode(),
            marking=_in(realm),
            refs=(Ref("thread", bytes.fromhex(item.thread.key)),),
            received_at=now + timedelta(seconds=1),
        )
    )
    return payload.key


def _in(realm: Realm) -> Marking:
    return replace(MARKING, realm=realm)


def meanwhile(work: Any, *given: Any) -> Any:
    """Do something in the database while a browser is open."""
    with ThreadPoolExecutor(1) as other:
        return other.submit(work, *given).result()


class Looks:
    """Officers' browsers: sessions are made before Chromium is started."""

    def __init__(self, server: Any, *accounts: Account) -> None:
        self._server = server
        name = settings.SESSION_COOKIE_NAME
        self._sessions = {
            account.login: signed_in(account).cookies[name].value for account in accounts
        }

    @contextmanager
    def page(self, browser: Browser, account: Account, **options: Any) -> Iterator[Page]:
        """Open an empty page of an officer; what it complains of is in ``page.complaints``."""
        url = self._server.url.replace("127.0.0.1", "localhost")
        lang = {"ru": "ru-RU"}.get(account.language, "en-GB")
        with browser.new_context(base_url=url, locale=lang, **options) as context:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "url": url}
            context.add_cookies([{**cookie, "value": self._sessions[account.login]}])
            page = context.new_page()
            page.complaints = Complaints(page)  # type: ignore[attr-defined]
            yield page


class Stream:
    """Stands in for the event stream, which the tests' server does not have."""

    def __init__(self, page: Page) -> None:
        self._waiting: list[str] = []
        page.route("**/events*", self._answer)

    def _answer(self, route: Route) -> None:
        said = "".join(f"event: {kind}\ndata: {{}}\n\n" for kind in self._waiting)
        self._waiting.clear()
        route.fulfill(content_type="text/event-stream", body=f"retry: 100\n\n{said}")

    def tell(self, kind: str) -> None:
        """Let an event of this kind come with the next answer."""
        self._waiting.append(kind)


def barriers(page: Page) -> list[str]:
    """Return what axe finds."""
    if not AXE.exists():
        missing("axe-core is not in frontend/node_modules; building the front end brings it")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"]
    ]


_BEYOND = """() => {
  const scrolls = (one) => one && (/auto|scroll/.test(getComputedStyle(one).overflowX)
    && one.scrollWidth > one.clientWidth && one.matches("nav, .table-wrap")
    || scrolls(one.parentElement));
  const controls = [...document.querySelectorAll("main :is(input, select, textarea, button)")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .filter((one) => one.getBoundingClientRect().width > 1 && !scrolls(one) && !one.closest(".map-layer"))
    .map((one) => one.getBoundingClientRect().right - innerWidth);
  return Math.ceil(Math.max(0, document.documentElement.scrollWidth - innerWidth, ...controls));
}"""


def overflow(page: Page) -> int:
    """Return by how many pixels the page, or something to fill in or press, is wider than its window.

    Beside a map stand the signs of what it does not show.
    """
    wide: int = page.evaluate(_BEYOND)
    return wide
