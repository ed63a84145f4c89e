"""What no file names any more is taken from the disk; what is named, or just being added, stays."""

from pathlib import Path

import pytest

from borderliaison.files.adding import keep
from borderliaison.files.models import Attachment, Blob, store_of
from borderliaison.files.owners import DRAFT, Owner, forget
from borderliaison.files.sweeping import REST_S, bytes_on_disk, in_trouble, sweep
from borderliaison.markings.services import intern
from tests.correspondence.letters import MARKING
from tests.files.samples import prepared

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for where in ("files.sweeping", "files.adding"):
        monkeypatch.setattr(f"borderliaison.{where}.store_of", lambda _: store_of(tmp_path))
    monkeypatch.setattr("tests.files.samples.store_of", lambda _: store_of(tmp_path))


def added(key: str) -> Attachment:
    owner = Owner(DRAFT, key, intern(MARKING).pk, "KG-BDB/0001", "live")
    return keep(prepared(), owner)


def test_a_draft_that_was_thrown_away_leaves_nothing_on_the_disk(tmp_path: Path) -> None:
    stays = added("a" * 32)
    added("b" * 32)
    forget("b" * 32)
    assert sweep(rest_s=0.0) == (3, 3)
    assert Blob.objects.count() == 3
    assert store_of(tmp_path).has(bytes.fromhex(stays.full.digest))
    assert sweep(rest_s=0.0) == (0, 0)


def test_what_is_just_being_added_is_left_alone(tmp_path: Path) -> None:
    made = prepared()
    assert sweep(REST_S) == (0, 0)
    assert store_of(tmp_path).has(made.full.listed.digest)


def test_the_health_page_knows_how_much_there_is_and_what_does_not_come() -> None:
    file = added("a" * 32)
    assert bytes_on_disk() == file.full.size + file.preview.size + file.original_size
    Blob.objects.filter(pk=file.full.pk).update(is_here=False, trouble="E-FIL-09")
    assert in_trouble() == 1
