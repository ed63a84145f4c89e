"""The node's own authority: pinned once, by a person, in a file beside the office's keys.

It stands outside the database and its backups: nobody who can write the database can change whom the
node trusts. Needs no Django.
"""

from pathlib import Path
from typing import Final

from borderliaison.kernel.durable import write_new
from borderliaison.offices.codes import country_of
from borderliaison.offices.directory.authorities import AuthorityPublic, read_public
from borderliaison.offices.directory.fingerprints import same
from borderliaison.offices.errors import (
    AlreadyPinned,
    NoPinnedAuthority,
    OtherFingerprint,
    WrongAuthority,
)

PIN_NAME: Final = "authority.pub"


def pin_path(node: Path) -> Path:
    """Return where a node keeps its authority's key file."""
    return node / "keys" / PIN_NAME


def pin_authority(
    key_file: bytes, node: Path, office: str, *, expected: str = ""
) -> AuthorityPublic:
    """Pin a node's own authority, once and for good.

    Args:
        key_file: the authority's public key file, which a person brought.
        node: the node's directory.
        office: the office of the node.
        expected: the fingerprint that the authority's officer read out; not compared where empty.

    Raises:
        MalformedAuthority: it is no such file.
        OtherFingerprint: the key has another fingerprint.
        WrongAuthority: it is the authority of another country.
        AlreadyPinned: an authority is pinned already.
    """
    public = read_public(key_file)
    if expected and not same(expected, public.fingerprint):
        raise OtherFingerprint(public.fingerprint)
    if public.country != country_of(office):
        raise WrongAuthority(f"{public.country} for {office}")
    try:
        write_new(pin_path(node), key_file)
    except FileExistsError as error:
        raise AlreadyPinned(office) from error
    return public


def pinned_authority(node: Path) -> AuthorityPublic:
    """Return a node's own authority.

    Raises:
        NoPinnedAuthority: none was pinned yet.
    """
    try:
        return read_public(pin_path(node).read_bytes())
    except FileNotFoundError as error:
        raise NoPinnedAuthority from error
