"""New keys while letters are on their way; revoked ones; two real workers, real signed directories."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from borderliaison.cli import Exit
from borderliaison.kernel.ids import AgencyCode, CountryCode, OfficeCode
from borderliaison.offices.desk.authority import PUBLIC, Desk
from borderliaison.offices.directory.enrolment import make_request
from borderliaison.offices.directory.listed import RevocationReason
from borderliaison.offices.trust.pinning import pin_authority
from tests.faults.network import TestNode, network, wait_until

pytestmark = pytest.mark.timeout(900)
BDB, DST = OfficeCode("KG-BDB"), OfficeCode("KG-DST")
DAY = timedelta(days=1)


@dataclass
class Country:
    """An authority's desk and two of its offices' nodes."""

    desk: Desk
    nodes: dict[str, TestNode]

    def publish(self, *importing: str) -> None:
        """Sign the next directory; let these nodes import it."""
        self.desk.publish("", datetime.now(UTC), 90)
        for office in importing:
            self.bring(office)

    def bring(self, office: str) -> None:
        """Bring the newest directory to a node, whose worker looks at once."""
        assert self.nodes[office].bring(self.desk.published()[-1]) != "same"

    def rotate(self, office: str, *, since: timedelta = timedelta()) -> None:
        """Make new keys and let the authority list them."""
        request, now = self.nodes[office].make_new_keys(), datetime.now(UTC) + since
        self.desk.roll.rotate(request, since=now - DAY / 24, until=now + 90 * DAY)


@contextmanager
def country(folder: Path) -> Iterator[Country]:
    """A country of two offices that know each other."""
    desk = Desk.set_up(folder / "kg", CountryCode("KG"), "KG authority", "")
    with network(folder, BDB, DST, signed=True) as found:
        for node in found.nodes.values():
            pin_authority((desk.folder / PUBLIC).read_bytes(), node.directory, node.office)
            keys, agencies = node.keys, (AgencyCode("KG-BOR"),)
            now, public = datetime.now(UTC), keys.public(OfficeCode(node.office))
            request = make_request(public, agencies, keys.signing_key, now)
            desk.roll.enrol(request, now, not_after=now + 730 * DAY)
        made = Country(desk, found.nodes)
        made.publish(BDB, DST)
        yield made


@contextmanager
def at_work(folder: Path) -> Iterator[tuple[Country, TestNode, TestNode]]:
    """A country whose two offices are at work."""
    with country(folder) as kg:
        for node in kg.nodes.values():
            node.start_worker()
        yield kg, kg.nodes[BDB], kg.nodes[DST]


def test_keys_change_in_mid_flight_and_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    with at_work(tmp_path) as (kg, bdb, dst):
        posted = dst.post(20, BDB) + bdb.post(20, DST)
        wait_until(lambda: set(bdb.applied() + dst.applied()) == set(posted), "all is delivered")

        # while Bor-Dobo's worker is away, letters are sealed to its present key
        assert bdb.stop_worker() == 0
        posted += dst.post(30, BDB)
        wait_until(lambda: dst.stages().get("saved", 0) == 0, "they are sealed to the old key")

        # it has new keys, signs with them at once, and Dostuk does not know them yet
        kg.rotate(BDB)
        kg.publish(BDB)
        posted += bdb.post(30, DST)
        bdb.start_worker()
        wait_until(
            lambda: len(bdb.applied()) == 50, "what was sealed to the old key is opened with it"
        )
        wait_until(lambda: dst.rows("SELECT 1 FROM exchange_quarantined LIMIT 1") != [], "refused")
        assert len(dst.applied()) == 20

        # once Dostuk has the directory, everything passes, both ways
        kg.bring(DST)
        posted += dst.post(10, BDB) + bdb.post(10, DST)
        everything = set(posted)
        wait_until(
            lambda: (
                set(bdb.applied() + dst.applied()) == everything
                and not {"saved", "sealed", "sent"} & {*bdb.stages(), *dst.stages()}
            ),
            "everything is delivered",
        )
        assert sorted(bdb.applied() + dst.applied()) == sorted(posted)


def test_an_administrator_has_what_was_refused_judged_again(tmp_path: Path) -> None:
    with country(tmp_path) as kg:
        bdb, dst = kg.nodes[BDB], kg.nodes[DST]
        kg.rotate(BDB)
        kg.publish(BDB)
        for node in (bdb, dst):
            node.start_worker()
        posted = bdb.post(1, DST)
        wait_until(lambda: dst.rows("SELECT 1 FROM exchange_quarantined LIMIT 1") != [], "refused")
        ((number,),) = dst.rows("SELECT id FROM exchange_quarantined LIMIT 1")
        release = ("exchange", "quarantine", "release", str(number), "--wait", "240")
        assert dst.blo(*release) == Exit.FAILED  # its keys are still not listed there
        kg.bring(DST)
        assert dst.blo(*release) == Exit.DONE
        wait_until(lambda: dst.applied() == posted, "what was refused is taken in")
        assert dst.blo(*release) == Exit.FAILED  # there is nothing left to judge


def test_a_running_worker_switches_when_its_directory_says_so(tmp_path: Path) -> None:
    with at_work(tmp_path) as (kg, bdb, dst):
        kg.rotate(BDB)
        posted = bdb.post(20, DST) + dst.post(20, BDB)
        kg.publish(DST, BDB)  # both workers run on
        posted += bdb.post(20, DST) + dst.post(20, BDB)
        everything = set(posted)
        wait_until(lambda: set(bdb.applied() + dst.applied()) == everything, "all is delivered")
        assert sorted(bdb.applied() + dst.applied()) == sorted(posted)
        wait_until(lambda: "keys_switched" in _log(bdb), "the worker has switched")


def test_an_office_signs_with_the_earlier_key_until_the_new_one_is_due(tmp_path: Path) -> None:
    with at_work(tmp_path) as (kg, bdb, dst):
        kg.rotate(BDB, since=3 * DAY)
        kg.publish(BDB)
        posted = bdb.post(5, DST)  # Dostuk does not know the new key, and need not
        wait_until(lambda: set(dst.applied()) == set(posted), "it is signed with the earlier key")
        kg.bring(DST)
        posted = dst.post(5, BDB)  # sealed to the new key
        wait_until(lambda: set(bdb.applied()) == set(posted), "the new key opens it")


def test_a_revoked_office_is_neither_sent_to_nor_heard_and_comes_back_with_new_keys(
    tmp_path: Path,
) -> None:
    with at_work(tmp_path) as (kg, bdb, dst):
        first = bdb.post(3, DST)
        wait_until(lambda: set(dst.applied()) == set(first), "all is well")

        kg.desk.roll.revoke(BDB, b"", datetime.now(UTC), RevocationReason.STOLEN)
        kg.publish(DST)
        stolen = bdb.post(3, DST)
        kept = dst.post(3, BDB)
        wait_until(lambda: refuses_by_name(dst), "what the stolen keys sign is refused")
        wait_until(
            lambda: (
                dst.rows("SELECT DISTINCT waiting FROM exchange_delivery WHERE stage = 'saved'")
                == [("revoked",)]
            ),
            "nothing is sealed to it, and it is said why",
        )
        assert set(dst.applied()) == set(first)

        # it gets new keys, and is enrolled as if it were new
        kg.bring(BDB)
        kg.desk.roll.enrol(bdb.make_new_keys(), datetime.now(UTC))
        kg.publish(BDB, DST)
        again = bdb.post(3, DST)
        wait_until(lambda: set(bdb.applied()) == set(kept), "what waited for it is delivered")
        wait_until(lambda: set(again) <= set(dst.applied()), "it is heard again")
        # what the stolen keys had signed is refused for good, and its sender is told
        told = "SELECT DISTINCT refused_code FROM exchange_delivery WHERE stage = 'refused'"
        wait_until(lambda: bdb.rows(told) == [("key_revoked",)], "the sender is told")
        assert set(dst.applied()) == {*first, *again}
        assert not set(stolen) & set(dst.applied())


def test_after_a_restore_a_stolen_key_is_not_believed_again(tmp_path: Path) -> None:
    with at_work(tmp_path) as (kg, bdb, dst):
        first = bdb.post(2, DST)
        wait_until(lambda: set(dst.applied()) == set(first), "all is well")
        copy = dst.copy()
        kg.desk.roll.revoke(BDB, b"", datetime.now(UTC), RevocationReason.STOLEN)
        kg.publish(DST)
        dst.put_back(copy, note=True)
        dst.start_worker()
        told = "SELECT 1 FROM audit_auditline WHERE action = 'exchange.directory_behind'"
        wait_until(lambda: dst.rows(told) != [], "it knows that it had a newer directory")
        assert (dst.directory / "run" / "look-awaited").read_text().strip() == "directory"
        stolen = bdb.post(2, DST)
        wait_until(lambda: bdb.stages().get("sent", 0) + bdb.stages().get("sealed", 0) == 2, "sent")
        assert dst.blo("exchange", "open", "--why", "in a hurry") == Exit.FAILED
        kg.bring(DST)
        wait_until(lambda: refuses_by_name(dst), "what the stolen keys sign is refused")
        assert not (dst.directory / "run" / "look-awaited").exists()
        assert set(dst.applied()) == set(first)
        assert not set(stolen) & set(dst.applied())


def refuses_by_name(node: TestNode) -> bool:
    return node.rows("SELECT 1 FROM exchange_quarantined WHERE code = 'E-SIG-02'") != []


def _log(node: TestNode) -> str:
    return (node.directory / "workers.log").read_text()
