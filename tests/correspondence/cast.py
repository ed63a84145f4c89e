"""The small fixed cast at Bor-Dobo, the network it belongs to, and a lookout as it is typed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.test import Client

from borderliaison.accounts.models import Account
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import Acting, author_of
from borderliaison.node.wiring import wire
from borderliaison.offices.services import load_network
from borderliaison.reports.models import Draft
from tests.accounts.people import officer, signed_in

ZONE = ZoneInfo("Asia/Bishkek")


def network() -> None:
    """Load the network and join the packages, as every process of a node does."""
    load_network()
    wire(settings.NODE)


def liaison() -> Account:
    """A. Toktosunov, who writes."""
    return officer()


def head() -> Account:
    """N. Abdyrakhmanova, customs, head of the office: the second officer."""
    return officer(
        "abdyrakhmanova",
        full_name="N. Abdyrakhmanova",
        agency="KG-CUS",
        role="head",
        officer_id="KG-BDB/0001",
    )


def acting(account: Account) -> Acting:
    """The officer at work."""
    return Acting(account.reader(), author_of(account))


def local(hours: float) -> str:
    """A local time at Bor-Dobo, some hours from now, as it is typed."""
    moment = datetime.now(UTC) + timedelta(hours=hours)
    return moment.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")


def lookout(**changes: object) -> dict[str, object]:
    """A lookout as a browser posts it."""
    typed: dict[str, object] = {
        "event_at": local(-1),
        "crossing": "KG-BDB",
        "agencies": ["KG-BOR"],
        "subject_kind": "vehicle",
        "subject": "Grey lorry with trailer",
        "plate": "KG 01 7784 AD",
        "suspicion": ["narcotics"],
        "route_from": "KG",
        "route_to": "UZ",
        "where": "KG-DST",
        "window.from": local(2),
        "window.until": local(48),
        "expires": local(72),
        "action": "search",
        "grounds": "Driver changed at Sary-Tash, load not as declared",
        "text_language": "en",
        "urgency": "Immediate",
        "severity": "Severe",
        "certainty": "Likely",
        "category": "Security",
        "cover.level": "1",
        "cover.handling": ["H1"],
        "cover.source": "B",
        "cover.information": "2",
        "cover.to": ["KG-DST", "KG-OSH", "KG-BIS"],
    }
    return {**typed, **changes}


def begin_draft(browser: Client, form: str = "lookout") -> Draft:
    """Begin a report as an officer does; return the draft."""
    answer = browser.post(f"/new/{form}/")
    assert answer.status_code == 302, answer.content
    return Draft.objects.as_system("test").get(key=answer.url.strip("/").split("/")[-1])


def send(browser: Client, draft: Draft, typed: dict[str, object]) -> Item:
    """Send a draft; return the item."""
    answer = browser.post(
        f"/drafts/{draft.key}/", {**typed, "revision": draft.revision, "send": "1"}
    )
    assert answer.status_code == 302, answer.content.decode()
    return Item.objects.as_system("test").latest("id")


def sent_lookout(account: Account, **changes: object) -> Item:
    """Write and send a lookout through the pages."""
    browser = signed_in(account)
    return send(browser, begin_draft(browser), lookout(**changes))


def request(**changes: object) -> dict[str, object]:
    """A request for information as a browser posts it."""
    typed: dict[str, object] = {
        "agencies": ["KG-BOR"],
        "text_language": "en",
        "kind": "vehicle",
        "subject": "Grey lorry with trailer",
        "question": "Did it leave with its seal intact on 13 May?",
        "names": "ASANOV Bakyt",
        "documents": "AN 1234567",
        "plate": "KG 01 7784 AD",
        "purpose": "prevention",
        "use": "information",
        "legal_basis": "Agreement of 2019, article 4",
        "grounds": "Weight differs from the waybill",
        "answer_by": local(24),
        "urgency": "Expected",
        "cover.level": "1",
        "cover.handling": ["H1"],
        "cover.to": ["KG-DST", "KG-OSH"],
    }
    return {**typed, **changes}


def sent_request(account: Account, **changes: object) -> Item:
    """Write and send a request through the pages."""
    browser = signed_in(account)
    return send(browser, begin_draft(browser, "request"), request(**changes))


def begin_reply(browser: Client, purpose: str, key: str) -> Draft:
    """Begin a report that answers an item; return the draft."""
    answer = browser.post(f"/begin/{purpose}/{key}/")
    assert answer.status_code == 302, answer.content.decode()
    return Draft.objects.as_system("test").get(key=answer.url.strip("/").split("/")[-1])


def reply(account: Account, purpose: str, key: str, **typed: object) -> Item:
    """Answer, refuse or extend through the pages, to the office that asked."""
    browser = signed_in(account)
    draft = begin_reply(browser, purpose, key)
    forms: dict[str, dict[str, object]] = {
        "answer": {
            "outcome": "no_record",
            "searched": ["crossings"],
            "as_of": local(-0.1),
            "text_language": "en",
        },
        "refuse": {"reason": "too_broad", "text_language": "en"},
        "extend": {
            "answer_by": local(48),
            "why": "The register is shut at night",
            "text_language": "en",
        },
    }
    cover = {"cover.level": "1", "cover.handling": ["H1"], "cover.to": draft.cover["to"]}
    return send(browser, draft, {**forms[purpose], **cover, **typed})
