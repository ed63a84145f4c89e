"""Telling that something waits: a kind and a tone on the page, and by e-mail not even that."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from borderliaison.accounts.models import Account, NoticeSettings
from borderliaison.accounts.notices.errors import MailNotSent
from borderliaison.accounts.notices.mailer import register_mailer
from borderliaison.audit.models import AuditLine
from borderliaison.correspondence.models import Item
from borderliaison.correspondence.notices.mailing import WAITED, mail_those_who_wait
from borderliaison.kernel.ids import OfficeCode
from borderliaison.node.config import BadConfiguration, NodeConfig
from borderliaison.node.mail import send
from tests.accounts.people import officer, signed_in
from tests.browser.office import arrives
from tests.correspondence.cast import liaison, network, sent_lookout
from tests.mail_server import MailServer, mail_server

pytestmark = pytest.mark.django_db
MAIL = "officer@customs.example"


@pytest.fixture(autouse=True)
def _network() -> None:
    network()


@pytest.fixture
def me() -> Account:
    return liaison()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    """A mail server that this node sends through."""
    with mail_server(tmp_path) as found:
        register_mailer(partial(send, node(found)))
        try:
            yield found
        finally:
            register_mailer(None)


def node(found: MailServer, **changes: object) -> NodeConfig:
    made = NodeConfig(
        directory=found.ca.parent, office=OfficeCode("KG-BDB"), mail_host="127.0.0.1",
        mail_port=found.port, mail_ca=found.ca.name, mail_from="office@blo.example",
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def confirmed(account: Account, **changes: object) -> NoticeSettings:
    """An officer who is told by e-mail."""
    chosen = {"mail": MAIL, "confirmed_at": datetime.now(UTC), **changes}
    return NoticeSettings.objects.create(account=account, **chosen)


def later(minutes: float = 0) -> datetime:
    """When what comes now has waited long enough."""
    return datetime.now(UTC) + WAITED + timedelta(minutes=1 + minutes)


def notice(desk: Client) -> dict[str, object]:
    found: dict[str, object] = desk.get("/messages/notice/").json()
    return found


def test_a_page_is_told_of_a_kind_and_a_tone_and_of_nothing_else(me: Account) -> None:
    desk = signed_in(me)
    assert notice(desk) == {"newest": "", "tone": "", "words": "", "volume": 0}
    key = arrives(sent_lookout(me), "Zanzibar")
    NoticeSettings.objects.create(account=me, by_browser=True, volume=40)
    told = notice(desk)
    assert told == {"newest": key, "tone": "routine", "words": "Message", "volume": 40}
    assert set(told) == {"newest", "tone", "words", "volume"}


def test_in_quiet_hours_and_in_an_exercise_it_is_still(me: Account) -> None:
    key = arrives(sent_lookout(me, urgency="Past"), "We see it")
    chosen = NoticeSettings.objects.create(
        account=me, by_browser=True, quiet_from=time(0, 0), quiet_until=time(23, 59, 59)
    )
    still = {"newest": key, "tone": "", "words": "", "volume": 0}
    assert notice(signed_in(me)) == still
    Item.objects.as_system("test").filter(key=key).update(urgent=True)
    assert notice(signed_in(me)) == still
    chosen.quiet_from = chosen.quiet_until = None
    chosen.save()
    assert notice(signed_in(me))["tone"] == "expected"


def test_quiet_hours_reach_over_midnight() -> None:
    chosen = NoticeSettings(quiet_from=time(22), quiet_until=time(6))
    assert [chosen.is_quiet(time(hour)) for hour in (21, 22, 3, 6, 12)] == [0, 1, 1, 0, 0]
    assert not NoticeSettings(quiet_from=time(8), quiet_until=time(8)).is_quiet(time(8))


def test_the_address_counts_once_its_code_was_typed(me: Account, server: MailServer) -> None:
    desk = signed_in(me)
    desk.post("/me/notices/mail", {"mail": MAIL})
    (message,) = server.got
    code = re.search(r"\b\d{8}\b", message.get_content())
    assert code is not None
    chosen = NoticeSettings.objects.get(account=me)
    assert (chosen.mail, chosen.confirmed_at) == (MAIL, None)
    assert code[0] not in chosen.code
    desk.post("/me/notices/mail/confirm", {"code": "00000000"})
    assert NoticeSettings.objects.get(account=me).confirmed_at is None
    desk.post("/me/notices/mail/confirm", {"code": f"{code[0][:4]} {code[0][4:]}"})
    assert NoticeSettings.objects.get(account=me).confirmed_at is not None
    lines = AuditLine.objects.filter(action__startswith="mail.")
    assert [one.action for one in lines.order_by("pk")] == ["mail.asked", "mail.confirmed"]
    assert MAIL not in str([one.__dict__ for one in lines])


def test_a_code_is_tried_five_times_and_sent_once_in_a_while(
    me: Account, server: MailServer
) -> None:
    desk = signed_in(me)
    desk.post("/me/notices/mail", {"mail": MAIL})
    text = desk.post("/me/notices/mail", {"mail": MAIL}, follow=True).content.decode()
    assert "E-NTC-04" in text
    code = re.search(r"\b\d{8}\b", server.got[0].get_content())
    for _ in range(5):
        desk.post("/me/notices/mail/confirm", {"code": "x"})
    assert code is not None
    text = desk.post("/me/notices/mail/confirm", {"code": code[0]}, follow=True).content.decode()
    assert "E-NTC-02" in text
    assert NoticeSettings.objects.get(account=me).confirmed_at is None


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@b", "a@b.example\nBcc: c@d.example", "x" * 300]
)
def test_what_is_no_address_is_refused(me: Account, server: MailServer, address: str) -> None:
    text = signed_in(me).post("/me/notices/mail", {"mail": address}, follow=True).content.decode()
    assert "E-NTC-01" in text
    assert server.got == []


def test_an_e_mail_says_that_something_waits_and_nothing_more(
    me: Account, server: MailServer
) -> None:
    item = sent_lookout(me, subject="Zanzibar lorry")
    arrives(item, "Vermilion seals")
    confirmed(me)
    assert mail_those_who_wait(later()) == "1 sent"
    (message,) = server.got
    assert message["To"] == MAIL
    assert message["Subject"] == "Something waits"
    text = message.get_content().strip()
    assert (
        text == f"Something waits for you at your office. To see it, sign in: {settings.NODE.url}"
    )
    whole = message.as_string()
    for word in ("Zanzibar", "Vermilion", "Saparalieva", "Dostuk", "KG-", "official", item.key):
        assert word not in whole


def test_there_is_one_e_mail_until_the_officer_was_here_again(
    me: Account, server: MailServer
) -> None:
    item = sent_lookout(me)
    key = arrives(item, "One")
    confirmed(me)
    assert mail_those_who_wait() == "0 sent"
    assert mail_those_who_wait(later()) == "1 sent"
    arrives(item, "Two")
    assert mail_those_who_wait(later(30)) == "0 sent"
    NoticeSettings.objects.update(mailed_at=datetime.now(UTC) - timedelta(hours=1))
    signed_in(me).post(f"/items/{key}/opened/")
    assert mail_those_who_wait(later(60)) == "1 sent"


def test_nobody_is_written_to_without_a_reason(me: Account, server: MailServer) -> None:
    arrives(sent_lookout(me), "We see it")
    confirmed(me, quiet_from=time(0), quiet_until=time(23, 59, 59))
    confirmed(officer("unconfirmed"), confirmed_at=None)
    confirmed(officer("gone", is_active=False))
    confirmed(officer("stranger", office="KG-OSH"))
    assert mail_those_who_wait(later()) == "0 sent"


def test_a_server_that_takes_nothing_fails_the_job_and_is_tried_again(
    me: Account, server: MailServer
) -> None:
    arrives(sent_lookout(me), "We see it")
    confirmed(me)
    server.refuses = True
    with pytest.raises(MailNotSent, match="1 not sent, 0 sent"):
        mail_those_who_wait(later())
    server.refuses = False
    assert mail_those_who_wait(later()) == "1 sent"


def test_nothing_is_said_in_the_clear_and_to_no_server_that_is_another(
    server: MailServer, tmp_path: Path
) -> None:
    send(node(server), MAIL, "Subject", "Text")
    assert set(server.in_clear) == {"EHLO", "STARTTLS"}
    with pytest.raises(MailNotSent, match="SSLCertVerificationError"):
        send(node(server, mail_host="localhost"), MAIL, "Subject", "Text")
    with pytest.raises(MailNotSent, match="SSLCertVerificationError"):
        send(node(server, mail_ca=""), MAIL, "Subject", "Text")
    assert len(server.got) == 1


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"mail_tls": "none"}, "starttls or tls"),
        ({"mail_from": ""}, "an address"),
        ({"mail_user": "office"}, "go together"),
        ({"mail_user": "office", "mail_password_file": "none"}, "mode 0600"),
    ],
)
def test_a_mail_server_that_is_half_set_up_is_not_served(
    tmp_path: Path, given: dict[str, object], problem: str
) -> None:
    made = NodeConfig(
        directory=tmp_path, office=OfficeCode("KG-BDB"), mail_host="m", mail_from="a@b"
    )
    made.check_safe()
    with pytest.raises(BadConfiguration, match=problem):
        replace(made, **given).check_safe()  # type: ignore[arg-type]


def test_where_no_mail_server_is_set_up_the_page_says_so(me: Account) -> None:
    text = signed_in(me).get("/me/notices").content.decode()
    assert "sends no e-mail" in text
    assert 'name="mail"' not in text


def test_what_is_chosen_is_kept_and_nonsense_is_not(me: Account) -> None:
    desk = signed_in(me)
    given = {"sound": "yes", "volume": "9999", "quiet_from": "22:00", "quiet_until": "06:30"}
    desk.post("/me/notices", given)
    kept = NoticeSettings.objects.get(account=me)
    assert (kept.sound, kept.in_exercise, kept.volume) == (True, False, 100)
    assert (kept.quiet_from, kept.quiet_until) == (time(22), time(6, 30))
    desk.post("/me/notices", {"volume": "-1", "quiet_from": "25:00", "quiet_until": "06:30"})
    kept.refresh_from_db()
    assert (kept.sound, kept.volume, kept.quiet_from, kept.quiet_until) == (False, 100, None, None)
