"""The file of the private keys: sealed, its owner's alone, opened by a credential or a passphrase."""

import os
from pathlib import Path

import pytest

from borderliaison.exchange.core.errors import WrongKey
from borderliaison.exchange.core.keyring import Keyring
from borderliaison.exchange.core.keys import OfficeKeys
from borderliaison.exchange.errors import (
    BadCredential,
    NoKeyFile,
    OldKeyFile,
    UnsafeKeyFile,
    WrongUnlock,
)
from borderliaison.exchange.own_keys.keyring import (
    CREDENTIAL_NAME,
    CREDENTIALS_VARIABLE,
    credential_of,
    load_ring,
    new_credential,
    replace_ring,
    store_ring,
)
from borderliaison.exchange.own_keys.lock import (
    FileKey,
    Lock,
    LockKind,
    lock_of,
    open_ring,
    seal_ring,
)
from borderliaison.kernel import canonical
from borderliaison.kernel.durable import write_new
from borderliaison.kernel.errors import LiaisonError, MalformedData
from borderliaison.kernel.keys import SealSuite
from tests.exchange.offices import US

SECRET = b"5ec2e7" * 8


@pytest.fixture
def ring(our_keys: OfficeKeys) -> Keyring:
    return Keyring(US, [our_keys, OfficeKeys.generate(SealSuite.X25519)])


@pytest.fixture(scope="module")
def locked() -> tuple[Lock, FileKey]:
    return Lock.make(LockKind.CREDENTIAL, SECRET)


@pytest.fixture
def path(tmp_path: Path, ring: Keyring, locked: tuple[Lock, FileKey]) -> Path:
    store_ring(tmp_path / "office.key", ring, *locked)
    return tmp_path / "office.key"


def test_keys_come_back_as_they_were_stored(
    path: Path, ring: Keyring, locked: tuple[Lock, FileKey]
) -> None:
    opened = load_ring(path, lock_of(path.read_bytes()).open(SECRET))
    assert (opened.office, opened.generations) == (US, ring.generations)
    assert opened.keys == ring.generations[0]


def test_the_file_holds_no_secret_in_the_clear(path: Path, ring: Keyring) -> None:
    data = path.read_bytes()
    for keys in ring.generations:
        assert keys.sign_seed not in data
        assert keys.seal_secret not in data


def test_a_passphrase_opens_what_it_locked_and_no_other_does(ring: Keyring) -> None:
    lock, key = Lock.make(LockKind.PASSPHRASE, b"amber basalt cedar")
    data = seal_ring(ring, lock, key)
    assert open_ring(data, lock_of(data).open(b"amber basalt cedar")).generations
    with pytest.raises(WrongUnlock):
        lock_of(data).open(b"amber basalt delta")
    with pytest.raises(BadCredential):
        lock_of(data).open(b"")


def test_another_credential_is_told_without_opening_anything(path: Path) -> None:
    with pytest.raises(WrongUnlock):
        lock_of(path.read_bytes()).open(b"another" * 8)
    with pytest.raises(BadCredential):
        lock_of(path.read_bytes()).open(b"short")


@pytest.mark.parametrize("part", [0, 1, 2])
def test_a_file_that_was_changed_does_not_open(
    path: Path, part: int, locked: tuple[Lock, FileKey]
) -> None:
    parts = canonical.decode(path.read_bytes())
    parts[part] = parts[part][:-1] + bytes([parts[part][-1] ^ 1])
    with pytest.raises(LiaisonError):
        open_ring(canonical.encode(parts), locked[1])


def test_keys_of_the_first_version_are_said_to_lie_in_the_clear(our_keys: OfficeKeys) -> None:
    with pytest.raises(OldKeyFile):
        lock_of(our_keys.to_bytes())


@pytest.mark.parametrize("cost", [0, 1, 2**13, 2**17 - 1, 2**18, 2**40])
def test_a_lock_that_costs_too_little_or_too_much_is_refused(ring: Keyring, cost: int) -> None:
    lock, key = Lock.make(LockKind.PASSPHRASE, b"amber basalt cedar")
    header, nonce, sealed = canonical.decode(seal_ring(ring, lock, key))
    header = canonical.encode({**canonical.decode(header), "cost": cost})
    with pytest.raises(MalformedData):
        lock_of(canonical.encode([header, nonce, sealed]))


def test_the_file_is_readable_by_its_owner_alone(path: Path) -> None:
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o601, 0o777])
def test_a_file_that_others_may_read_is_refused(
    path: Path, mode: int, locked: tuple[Lock, FileKey]
) -> None:
    path.chmod(mode)
    with pytest.raises(UnsafeKeyFile):
        load_ring(path, locked[1])


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_that_belongs_to_somebody_else_is_refused(
    path: Path, locked: tuple[Lock, FileKey]
) -> None:
    os.chown(path, 65534, -1)
    with pytest.raises(UnsafeKeyFile):
        load_ring(path, locked[1])


def test_keys_are_never_overwritten_but_replaced_whole(
    path: Path, ring: Keyring, locked: tuple[Lock, FileKey]
) -> None:
    with pytest.raises(FileExistsError):
        store_ring(path, ring, *locked)
    more = ring.with_new(OfficeKeys.generate(SealSuite.X25519))
    replace_ring(path, more, *locked)
    assert load_ring(path, locked[1]).generations == more.generations
    assert [one.name for one in path.parent.iterdir()] == ["office.key"]


def test_a_link_to_a_file_is_not_followed(
    path: Path, tmp_path: Path, locked: tuple[Lock, FileKey]
) -> None:
    link = tmp_path / "link.key"
    link.symlink_to(path)
    with pytest.raises(OSError, match="symbolic"):
        load_ring(link, locked[1])


def test_no_file_and_no_keys_are_said_by_name(tmp_path: Path, locked: tuple[Lock, FileKey]) -> None:
    with pytest.raises(NoKeyFile):
        load_ring(tmp_path / "office.key", locked[1])
    write_new(tmp_path / "rubbish.key", b"rubbish")
    with pytest.raises(MalformedData):
        load_ring(tmp_path / "rubbish.key", locked[1])


def test_the_credential_of_systemd_goes_before_the_one_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = new_credential(tmp_path / "named")
    assert credential_of(tmp_path / "named") == named
    (tmp_path / CREDENTIAL_NAME).write_bytes(SECRET + b"\n")
    monkeypatch.setenv(CREDENTIALS_VARIABLE, str(tmp_path))
    assert credential_of(tmp_path / "named") == SECRET
    assert credential_of(None) == SECRET


def test_a_credential_that_is_missing_or_open_to_others_is_refused(tmp_path: Path) -> None:
    for missing in (None, tmp_path / "none"):
        with pytest.raises(BadCredential):
            credential_of(missing)
    new_credential(tmp_path / "open")
    (tmp_path / "open").chmod(0o644)
    with pytest.raises(UnsafeKeyFile):
        credential_of(tmp_path / "open")


def test_a_keyring_opens_with_each_generation_and_signs_with_the_one_in_use(ring: Keyring) -> None:
    old, new = ring.publics
    assert ring.opener(old.seal_kid) == ring.generations[0]
    assert ring.opener(new.seal_kid) == ring.generations[1]
    assert ring.use(new.kid)
    assert not ring.use(new.kid)
    assert (ring.keys, ring.public) == (ring.generations[1], new)
    with pytest.raises(WrongKey):
        ring.opener(bytes(16))
    with pytest.raises(WrongKey):
        ring.use(bytes(16))


def test_what_a_keyring_shows_of_itself_is_no_secret(ring: Keyring) -> None:
    assert repr(ring) == f"Keyring({US}, 2 generations)"


def test_keys_that_were_stored_meanwhile_are_found(
    path: Path, ring: Keyring, locked: tuple[Lock, FileKey]
) -> None:
    loaded = load_ring(path, locked[1])
    loaded.use(ring.publics[1].kid)
    more = ring.with_new(OfficeKeys.generate(SealSuite.X25519))
    with pytest.raises(WrongKey):
        loaded.opener(more.publics[2].seal_kid)
    replace_ring(path, more, *locked)
    assert loaded.opener(more.publics[2].seal_kid) == more.generations[2]
    assert loaded.holds(more.publics[2].kid)
    assert loaded.public == ring.publics[1]


def test_a_file_that_was_spoilt_meanwhile_leaves_the_keys_as_they_are(
    path: Path, ring: Keyring, locked: tuple[Lock, FileKey]
) -> None:
    loaded = load_ring(path, locked[1])
    path.write_bytes(b"noise")
    assert not loaded.holds(bytes(16))
    assert loaded.generations == ring.generations
