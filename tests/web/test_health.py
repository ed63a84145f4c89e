"""The health page: links for everybody, counts of what one may read, the whole node for its head."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from borderliaison.accounts.models import Account
from borderliaison.exchange.models import LinkRow, Outbox
from borderliaison.exchange.process.linking import Seen, note
from borderliaison.exchange.progress import Waiting
from borderliaison.exchange.workplace import Workplace
from borderliaison.markings.services import forget
from borderliaison.offices.trust.importing import import_directory
from borderliaison.offices.trust.pinning import pin_authority, pin_path
from borderliaison.web import backups, jobs
from borderliaison.web.health import Health, health_for
from borderliaison.web.health_figures import Figure
from borderliaison.web.jobs import JobStanding
from tests.accounts.people import officer, signed_in
from tests.correspondence.cast import acting, network, sent_lookout
from tests.exchange.offices import DOSTUK, OSH
from tests.offices.authorities import KG

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


@pytest.fixture(autouse=True)
def _network() -> Iterator[None]:
    network()
    backups.register_last_backup(lambda: None)
    jobs.register_jobs(lambda: ())
    forget()
    yield
    forget()


@pytest.fixture
def border() -> Client:
    return signed_in(officer())


def figures(health: Health) -> dict[str, Figure]:
    return {one.label: one for group in health.groups for one in group.figures}


def as_head() -> Health:
    known = Account.objects.filter(login="head").first()
    return health_for(acting(known or officer("head", role="head")))


def test_an_officer_counts_what_his_agency_may_read_and_the_head_all(place: Workplace) -> None:
    note(place, DOSTUK, Seen(why=Waiting.PEER_AWAY))
    sent_lookout(officer(), **{"cover.own": ["KG-BOR"], "cover.to": ["KG-DST"]})
    label = "Letters that wait to be sealed"
    border = health_for(acting(officer("colleague")))
    customs = health_for(acting(officer("customs", agency="KG-CUS")))
    assert (figures(border)[label].value, border.peers[0].waiting) == ("1", 1)
    assert (figures(customs)[label].value, customs.peers[0].waiting) == ("0", 0)
    head = health_for(acting(officer("head", role="head", agency="KG-CUS")))
    assert (figures(head)[label].value, head.peers[0].waiting) == ("1", 1)


def test_the_machine_and_what_was_kept_apart_are_shown_to_the_head_alone(border: Client) -> None:
    for label in ("Disk free", "Size of the database", "In quarantine", "Last backup"):
        assert label in figures(as_head())
        assert label not in border.get("/health/").content.decode()


def test_a_node_that_was_never_backed_up_says_so_and_needs_a_look() -> None:
    health = as_head()
    assert figures(health)["Last backup"].value == "no backup yet"
    assert "Last backup: no backup yet." in health.needs_a_look


@pytest.mark.parametrize(("hours", "warning"), [(20, ""), (60, "too old")])
def test_a_backup_is_fresh_for_two_days(hours: int, warning: str) -> None:
    backups.register_last_backup(lambda: NOW - timedelta(hours=hours))
    assert figures(as_head())["Last backup"].warning == warning


def test_a_job_that_failed_needs_a_look() -> None:
    jobs.register_jobs(
        lambda: (
            JobStanding("backup", NOW, ok=False, due=NOW),
            JobStanding("of-another-package", None, ok=True, due=NOW),
        )
    )
    found = figures(as_head())
    assert found["Daily backup"].warning == "failed"
    assert found["of-another-package"].value == "not run yet"


def test_without_a_linked_office_that_told_the_time_the_clock_is_not_measured(
    place: Workplace,
) -> None:
    label = "Clock, beside the other offices"
    assert figures(as_head())[label].value.startswith("not measured")
    note(place, DOSTUK, Seen(why=Waiting.PEER_AWAY))
    LinkRow.objects.update(clock_ahead_ms=90_000)
    assert figures(as_head())[label].value.startswith("not measured")


@pytest.mark.parametrize(
    ("ahead_ms", "said", "warning"),
    [
        ((200, 300, 90_000), "less than a second off", ""),
        ((4_000, 5_000, 6_000), "5 s slow", ""),
        ((-60_000, -61_000, 0), "60 s fast", "set the clock"),
    ],
)
def test_the_clock_is_beside_the_middle_of_the_others(
    place: Workplace, ahead_ms: tuple[int, ...], said: str, warning: str
) -> None:
    for peer, ahead in zip((DOSTUK, OSH, "KG-BIS"), ahead_ms, strict=True):
        note(place, peer, Seen(heard=True))
        LinkRow.objects.filter(peer=peer).update(clock_ahead_ms=ahead)
    figure = figures(health_for(acting(officer())))["Clock, beside the other offices"]
    assert (figure.value, figure.warning) == (said, warning)


def test_a_letter_that_cannot_be_sealed_needs_a_look() -> None:
    sent_lookout(officer())
    Outbox.objects.update(failed_code="E-EXC-01")
    found = figures(as_head())["Letters that could not be sealed"]
    assert (found.value, found.warning) == ("1", "needs a look")


def test_the_page_speaks_russian() -> None:
    page = signed_in(officer("head", role="head", language="ru")).get("/health/").content.decode()
    for words in ("Последняя резервная копия", "копий ещё нет", "Письма всего офиса"):
        assert words in page


def test_what_expires_is_said_with_its_day(border: Client, node_directory: Path) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    soon = tuple(replace(one, not_after=now + timedelta(days=9, minutes=1)) for one in KG.offices)
    dates = {"issued": now - timedelta(days=9), "valid_until": now + timedelta(days=900)}
    pin_authority(KG.key_file, node_directory, "KG-BDB")
    try:
        import_directory(KG.publish(offices=soon, **dates).last)
        page = border.get("/health/").content.decode()
    finally:
        pin_path(node_directory).unlink()
    assert "The keys of KG-BDB expire on" in page
    assert "Something needs a look" in page
