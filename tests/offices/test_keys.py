"""Directories that were imported, and what the exchange is told of them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from borderliaison.audit.models import AuditLine
from borderliaison.feed.models import FeedEvent
from borderliaison.kernel.clock import FixedClock
from borderliaison.kernel.cose import RevokedKey, sign1
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import OfficeCode
from borderliaison.offices.directory.listed import RetiredKey, Revocation, RevocationReason
from borderliaison.offices.errors import (
    AlreadyPinned,
    AnotherWasHeld,
    ConflictingDirectory,
    DamagedNote,
    NoPinnedAuthority,
    OlderDirectory,
    OtherFingerprint,
    UnknownSigner,
    WrongAuthority,
)
from borderliaison.offices.models import DirectoryAlarm, ImportedDirectory
from borderliaison.offices.shown.trust import show_trust
from borderliaison.offices.shown.wording import warning
from borderliaison.offices.trust.importing import import_directory, import_files
from borderliaison.offices.trust.keys import SignedDirectory
from borderliaison.offices.trust.noted import Age
from borderliaison.offices.trust.pinning import pin_authority, pin_path
from borderliaison.offices.trust.verdicts import Reason
from tests.offices.authorities import (
    KG,
    KG_ALONE,
    NOW,
    UZ,
    Authority,
    listed,
    office_public,
    private_key,
)

pytestmark = pytest.mark.django_db

BDB, DST, DUS = (OfficeCode(code) for code in ("KG-BDB", "KG-DST", "UZ-DUS"))


@pytest.fixture(autouse=True)
def pinned(node_directory: Path) -> Iterator[None]:
    pin_authority(KG.key_file, node_directory, "KG-BDB")
    yield
    pin_path(node_directory).unlink(missing_ok=True)


def directory() -> SignedDirectory:
    return SignedDirectory(FixedClock(NOW))


def test_an_authority_is_pinned_once(node_directory: Path) -> None:
    with pytest.raises(AlreadyPinned):
        pin_authority(Authority("KG", keys=" new").key_file, node_directory, "KG-BDB")
    assert pin_path(node_directory).stat().st_mode & 0o777 == 0o600


def test_what_is_pinned_is_what_was_compared(node_directory: Path) -> None:
    pin_path(node_directory).unlink()
    with pytest.raises(OtherFingerprint):
        pin_authority(KG.key_file, node_directory, "KG-BDB", expected=UZ.public.fingerprint)
    with pytest.raises(WrongAuthority):
        pin_authority(UZ.key_file, node_directory, "KG-BDB")
    pin_authority(KG.key_file, node_directory, "KG-BDB", expected=KG.public.fingerprint)


def test_without_a_pinned_authority_nothing_is_known(node_directory: Path) -> None:
    pin_path(node_directory).unlink()
    with pytest.raises(NoPinnedAuthority):
        import_directory(KG.publish().last)
    known = directory()
    assert known.public_of(BDB) is None
    assert known.may_exchange(BDB).reason is Reason.NO_OWN_DIRECTORY


def test_the_exchange_finds_keys_by_office() -> None:
    import_directory(KG.publish().last)
    known, public = directory(), office_public("KG-DST")
    assert known.public_of(DST) == public
    assert known.public_of(DUS) is None


def test_with_one_recognition_removed_the_border_stops() -> None:
    kg = KG.publish()
    import_files([UZ.publish().last, kg.last])
    known = directory()
    assert known.may_exchange(DUS).reason is Reason.RECOGNISED
    assert known.public_of(DUS) == office_public("UZ-DUS")
    import_directory(replace(kg, recognises=()).publish().last)
    verdict = known.may_exchange(DUS)
    assert (verdict.may_send, verdict.may_receive) == (False, False)
    assert verdict.reason is Reason.NOT_RECOGNISED
    assert known.public_of(DUS) is None
    assert known.may_exchange(DST).may_send


def test_the_clock_decides_on_expiry() -> None:
    import_files([UZ.publish().last, KG.publish().last])
    clock = FixedClock(NOW)
    known = SignedDirectory(clock)
    assert not known.may_exchange(DUS).warn
    clock.advance(timedelta(days=91))
    assert known.may_exchange(DUS).warn
    clock.advance(timedelta(days=30))
    verdict = known.may_exchange(DUS)
    assert (verdict.may_send, verdict.may_receive) == (False, True)
    assert known.public_of(DUS) is not None


def test_a_question_costs_one_query_once_the_directory_is_read() -> None:
    import_files([UZ.publish().last, KG.publish().last])
    known = directory()
    known.public_of(BDB)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        known.may_exchange(DUS)
        known.public_of(DST)
    assert len(queries) == 2


def test_a_key_that_a_third_country_lists_as_its_own_stays_the_key_of_its_office() -> None:
    stolen = replace(office_public("UZ-DUS"), office=OfficeCode("TJ-FAK"))
    thief = Authority("TJ", offices=(replace(listed("TJ-FAK"), public=stolen),), recognises=(KG,))
    known_to_us = replace(KG, recognises=(*KG.recognises, thief))
    import_files([known_to_us.publish().last, UZ.publish().last, thief.publish().last])
    known = directory()
    assert known.public_of(OfficeCode("TJ-FAK")) == stolen
    assert known.public_of(DUS) == office_public("UZ-DUS")


def test_an_import_is_audited_and_announced_once() -> None:
    kg = KG.publish()
    import_directory(kg.last, actor="KG-BDB/0001")
    import_directory(kg.last, actor="KG-BDB/0001")
    assert AuditLine.objects.filter(action="directory.imported").count() == 1
    assert FeedEvent.objects.filter(kind="directory").count() == 1
    assert ImportedDirectory.objects.count() == 1


def test_two_histories_are_kept_as_proof() -> None:
    kg = KG.publish()
    import_directory(kg.last)
    other = KG.publish(offices=())
    with pytest.raises(ConflictingDirectory):
        import_directory(other.last)
    alarm = DirectoryAlarm.objects.get()
    assert (bytes(alarm.held), bytes(alarm.refused)) == (kg.last, other.last)
    assert show_trust(directory(), NOW).alarms == 1


def test_a_refusal_is_audited_and_leaves_things_as_they_were() -> None:
    kg = KG.publish()
    import_directory(kg.publish().last)
    with pytest.raises(OlderDirectory):
        import_directory(kg.last)
    with pytest.raises(UnknownSigner):
        import_directory(Authority("TJ").publish().last)
    refused = AuditLine.objects.filter(action="directory.refused")
    assert [line.ids["code"] for line in refused] == ["E-DIR-05", "E-DIR-02"]
    assert not DirectoryAlarm.objects.exists()


def test_several_files_are_imported_in_whatever_order() -> None:
    done, refused = import_files([b"noise", UZ.publish().last, KG.publish().last])
    assert sorted(done) == [1, 2]
    assert list(refused) == [0]
    assert isinstance(refused[0], LiaisonError)


def test_a_row_that_was_changed_in_the_database_counts_no_more() -> None:
    import_files([UZ.publish().last, KG.publish().last])
    forged = Authority("KG", keys=" forged", offices=KG.offices, recognises=(UZ,)).publish()
    ImportedDirectory.objects.filter(country="KG").update(signed=forged.last)
    known = directory()
    assert known.public_of(BDB) is None
    assert known.may_exchange(DUS).reason is Reason.NO_OWN_DIRECTORY


def test_what_is_shown_says_who_signed_what_and_how_old_it_is() -> None:
    import_files([UZ.publish().last, KG.publish().last])
    shown = show_trust(directory(), NOW + timedelta(days=3))
    own, foreign = shown.directories
    assert (own.country, own.own, own.serial, own.age.days) == ("KG", True, 1, 3)
    assert (foreign.country, foreign.own, foreign.signed_by) == ("UZ", False, "UZ authority")
    assert [one.office for one in own.offices] == ["KG-BDB", "KG-DST"]
    assert [(one.country, one.holds, one.recognises_us) for one in own.recognises] == [
        ("UZ", True, True)
    ]
    assert shown.waiting == ()
    import_directory(replace(KG_ALONE, last=KG.publish().last, serial=1).publish().last)
    assert show_trust(directory(), NOW).waiting == ("UZ",)


def test_what_came_while_a_revoked_key_still_counted_is_doubtful() -> None:
    kg = KG.publish()
    import_directory(kg.last)
    gone = Revocation(
        DST, office_public("KG-DST").sign_key, NOW - timedelta(days=2), RevocationReason.STOLEN
    )
    revoking = replace(kg, offices=KG.offices[:1], revoked=(gone,)).publish()
    import_directory(revoking.last)
    import_directory(revoking.publish().last)
    known, until = directory(), ImportedDirectory.objects.order_by("pk")[1].imported_at
    assert known.doubt(DST, NOW - timedelta(days=3)) is None
    assert known.doubt(DST, NOW - timedelta(days=1)) == gone
    assert known.doubt(DST, until) is None
    assert known.doubt(BDB, NOW - timedelta(days=1)) is None


def test_what_a_revoked_key_signs_is_refused_by_name_and_read_again_by_its_old_signature() -> None:
    signed = sign1(private_key("KG-DST sign"), b"a head", b"BL1/head")
    import_directory(KG.publish().last)
    known = directory()
    signers = known.signers_of(DST)
    assert signers is not None
    assert signers.verify(signed, b"BL1/head") == b"a head"
    gone = Revocation(DST, office_public("KG-DST").sign_key, NOW, RevocationReason.LOST)
    import_directory(replace(KG.publish(), offices=KG.offices[:1], revoked=(gone,)).publish().last)
    signers, past = known.signers_of(DST), known.past_signers_of(DST)
    assert signers is not None
    assert past is not None
    with pytest.raises(RevokedKey):
        signers.verify(signed, b"BL1/head")
    assert past.verify(signed, b"BL1/head") == b"a head"
    assert known.may_exchange(DST).reason is Reason.REVOKED
    assert known.public_of(DST) is None


def test_earlier_keys_count_until_their_day_and_later_for_what_is_here() -> None:
    old, new = office_public("KG-DST"), office_public("KG-DST", " 2")
    earlier = RetiredKey(old.sign_key, old.link_key, NOW + timedelta(days=10))
    changed = replace(
        listed("KG-DST"), public=new, since=NOW + timedelta(days=3), retired=(earlier,)
    )
    import_directory(KG.publish(offices=(KG.offices[0], changed)).last)
    clock = FixedClock(NOW)
    known = SignedDirectory(clock)
    assert known.public_of(DST) == new
    assert known.signs_with(DST) == old.kid
    clock.advance(timedelta(days=3))
    assert known.signs_with(DST) == new.kid
    signers = known.signers_of(DST)
    assert signers is not None
    assert signers.sign_keys == (new.sign_key, old.sign_key)
    clock.advance(timedelta(days=7))
    signers, past = known.signers_of(DST), known.past_signers_of(DST)
    assert signers is not None
    assert past is not None
    assert signers.sign_keys == (new.sign_key,)
    assert past.sign_keys == (new.sign_key, old.sign_key)


def test_a_clock_that_was_set_back_does_not_make_an_expired_directory_valid_again() -> None:
    import_files([UZ.publish().last, KG.publish().last])
    clock = FixedClock(NOW)
    known = SignedDirectory(clock)
    late = NOW + timedelta(days=200)
    own = KG.publish().publish(issued=late, valid_until=late + timedelta(days=90))
    import_directory(own.last)
    assert known.may_exchange(DUS).reason is Reason.LAPSED  # theirs expired long before `late`
    assert [one.kind.code for one in known.warnings()] == ["E-CLK-01"]


@pytest.fixture
def noted(django_capture_on_commit_callbacks: Any) -> Callable[[bytes], None]:
    """Import a directory, and let what happens after the commit happen."""

    def imported(signed: bytes) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            import_directory(signed)

    return imported


Import = Callable[[bytes], None]
THEFT = (Revocation(DST, office_public("KG-DST").sign_key, NOW, RevocationReason.STOLEN),)


def put_back(upto: int) -> None:
    """Put the database back to when so many directories had been imported."""
    kept = ImportedDirectory.objects.order_by("pk").values_list("pk", flat=True)[:upto]
    ImportedDirectory.objects.exclude(pk__in=list(kept)).delete()


def test_an_older_directory_in_the_database_makes_nobody_believed(noted: Import) -> None:
    before = KG_ALONE.publish()
    after = replace(before, offices=before.offices[:1], revoked=THEFT).publish()
    later = after.publish()
    for one in (before, after, later):
        noted(one.last)
    known = directory()
    assert known.age() is Age.CURRENT
    put_back(1)
    assert (known.age(), directory().age()) == (Age.BEHIND, Age.BEHIND)
    verdict = known.may_exchange(DST)
    assert (verdict.may_send, verdict.may_receive) == (False, False)
    assert verdict.reason is Reason.DIRECTORY_BEHIND
    assert known.signers_of(DST) is None
    warned = known.warnings()[0]
    assert (warned.kind.code, warned.kind.is_grave, warned.serial) == ("E-DIR-11", True, 3)
    assert "directory 3" in warning(warned)
    known.note_held()  # changes nothing: what is noted never goes back

    noted(after.last)
    assert known.age() is Age.BEHIND
    noted(later.last)
    assert known.age() is Age.CURRENT
    assert known.may_exchange(DST).reason is Reason.REVOKED


def test_a_foreign_directory_that_is_older_than_before_makes_nobody_believed(noted: Import) -> None:
    for one in (KG.publish(), UZ.publish()):
        noted(one.last)
    put_back(1)
    assert directory().age() is Age.BEHIND
    noted(replace(KG.publish(), recognises=()).publish().last)
    assert directory().age() is Age.CURRENT  # that country does not count any more


def test_another_directory_with_a_serial_that_was_held_is_refused(noted: Import) -> None:
    before = KG_ALONE.publish()
    noted(before.last)
    noted(before.publish().last)
    put_back(1)
    with pytest.raises(AnotherWasHeld):
        import_directory(replace(before, revoked=THEFT, offices=before.offices[:1]).publish().last)
    assert directory().age() is Age.BEHIND


@pytest.mark.parametrize("damage", [b"", b"[]", b'{"00": 1}', b'{"zz": {}}', b"\xff"])
def test_a_note_that_cannot_be_read_closes_until_our_own_authority_speaks(
    noted: Import, node_directory: Path, damage: bytes
) -> None:
    for one in (KG.publish(), UZ.publish()):
        noted(one.last)
    (node_directory / "state" / "directories").write_bytes(damage)
    known = directory()
    assert known.age() is Age.BEHIND
    assert known.warnings()[0].kind.code == "E-DIR-11"
    with pytest.raises(DamagedNote):
        noted(UZ.publish().last)
    assert known.age() is Age.BEHIND
    noted(KG.publish().last)
    assert known.age() is Age.CURRENT


def test_what_was_held_before_there_was_a_note_is_noted(node_directory: Path) -> None:
    import_directory(KG.publish().last)
    known = directory()
    assert known.age() is Age.UNKNOWN
    known.note_held()
    assert known.age() is Age.CURRENT
    assert (node_directory / "state" / "directories").stat().st_mode & 0o777 == 0o600
