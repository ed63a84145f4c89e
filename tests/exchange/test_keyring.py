"""The file of the private keys: made once, read by its owner alone."""

from pathlib import Path

import pytest

from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.errors import NoKeyFile, UnsafeKeyFile
from borderliaison.exchange.keyring import load_keys, store_keys
from borderliaison.kernel.errors import MalformedData


@pytest.fixture
def path(tmp_path: Path, our_keys: OfficeKeys) -> Path:
    store_keys(tmp_path / "office.key", our_keys)
    return tmp_path / "office.key"


def test_keys_come_back_as_they_were_stored(path: Path, our_keys: OfficeKeys) -> None:
    assert load_keys(path) == our_keys


def test_the_file_is_readable_by_its_owner_alone(path: Path) -> None:
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o601, 0o777])
def test_a_file_that_others_may_read_is_refused(path: Path, mode: int) -> None:
    path.chmod(mode)
    with pytest.raises(UnsafeKeyFile):
        load_keys(path)


def test_keys_are_never_overwritten(path: Path, our_keys: OfficeKeys) -> None:
    with pytest.raises(FileExistsError):
        store_keys(path, our_keys)


def test_a_link_to_a_file_is_not_followed(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.key"
    link.symlink_to(path)
    with pytest.raises(OSError, match="symbolic"):
        load_keys(link)


def test_no_file_and_no_keys_are_said_by_name(tmp_path: Path) -> None:
    with pytest.raises(NoKeyFile):
        load_keys(tmp_path / "office.key")
    rubbish = tmp_path / "rubbish.key"
    rubbish.touch(mode=0o600)
    rubbish.write_bytes(b"rubbish")
    with pytest.raises(MalformedData):
        load_keys(rubbish)
