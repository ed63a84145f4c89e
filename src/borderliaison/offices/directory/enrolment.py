"""How an office asks its authority to be listed: a small self-signed file. Pure.

The signature proves that whoever made the request holds the signing key. That it is the office's,
the authority's officer establishes by comparing the fingerprint with the office's administrator.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from borderliaison.kernel import canonical
from borderliaison.kernel.cose import payload_of, sign1, verify1
from borderliaison.kernel.errors import LiaisonError
from borderliaison.kernel.ids import AgencyCode, OfficeCode
from borderliaison.kernel.keys import OfficePublic
from borderliaison.offices.codes import country_of
from borderliaison.offices.directory.fingerprints import of_office
from borderliaison.offices.directory.listed import from_ms, has_right_keys, to_ms
from borderliaison.offices.directory.selfsigned import open_self_signed
from borderliaison.offices.errors import BadRequest

AAD: Final = b"BL1/enrol"
AAD_ROTATE: Final = b"BL1/rotate"
VERSION: Final = 1
MAX_REQUEST_BYTES: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Request:
    """What an office asks to be listed with."""

    public: OfficePublic
    agencies: tuple[AgencyCode, ...]
    created: datetime

    @property
    def fingerprint(self) -> str:
        """What the office's administrator and the authority's officer compare."""
        return of_office(self.public)


def make_request(
    public: OfficePublic,
    agencies: tuple[AgencyCode, ...],
    sign_key: Ed25519PrivateKey,
    now: datetime,
) -> bytes:
    """Return an enrolment request.

    Args:
        public: the office's public keys; ``sign_key`` is the private half of its signing key.
        agencies: the agencies that work in the office.
        sign_key: the office's private signing key.
        now: the present instant; kept to whole seconds.

    Raises:
        BadRequest: the key is another one, there is no agency, or one is of another country.
    """
    content = {
        "v": VERSION,
        "public": public.to_data(),
        "agencies": sorted(set(agencies)),
        "created": to_ms(now.replace(microsecond=0)),
    }
    request = sign1(sign_key, canonical.encode(content), AAD)
    read_request(request)
    return request


def make_rotation(request: bytes, present_key: Ed25519PrivateKey) -> bytes:
    """Return a request for rotation: the enrolment request of new keys, signed with the present one."""
    return sign1(present_key, request, AAD_ROTATE)


def read_rotation(data: bytes, present: OfficePublic) -> Request:
    """Read a request for rotation.

    Args:
        data: the file.
        present: the keys with which the office is listed.

    Raises:
        BadRequest: it is not one, the present key did not sign it, or it brings no new keys.
    """
    if len(data) > MAX_REQUEST_BYTES:
        raise BadRequest("too large")
    try:
        request = read_request(verify1(present.sign_key, data, AAD_ROTATE))
    except LiaisonError as error:
        raise BadRequest("not a request for rotation that the present key signed") from error
    new = request.public
    if new.office != present.office or not new.link_key:
        raise BadRequest("the keys of another office, or without a link key")
    if {new.sign_key, new.seal_key} & {present.sign_key, present.seal_key}:
        raise BadRequest("the keys are not new")
    return request


def rotated_office(data: bytes) -> OfficeCode:
    """Return the office that a request for rotation is for, **unverified**: to find its present keys.

    Raises:
        BadRequest: it is no such request.
    """
    if len(data) > MAX_REQUEST_BYTES:
        raise BadRequest("too large")
    try:
        return read_request(payload_of(data)).public.office
    except LiaisonError as error:
        raise BadRequest("not a request for rotation") from error


def read_request(data: bytes) -> Request:
    """Read an enrolment request.

    Raises:
        BadRequest: it is not one, or whoever made it does not hold the key that it asks for.
    """
    if len(data) > MAX_REQUEST_BYTES:
        raise BadRequest("too large")
    try:
        return open_self_signed(data, AAD, _parse)
    except LiaisonError as error:
        raise BadRequest("not an enrolment request, or signed with another key") from error


def _parse(content: Any) -> tuple[Request, bytes]:
    match content:
        case {"v": 1, "public": public, "agencies": [*agencies], "created": int(created), **rest}:
            pass
        case _:
            raise BadRequest("not an enrolment request of this version")
    office = OfficePublic.from_data(public)
    if not has_right_keys(office):
        raise BadRequest("the sealing key is not of its suite")
    right = agencies and all(isinstance(one, str) for one in agencies) and not rest
    if not right or agencies != sorted(set(agencies)):
        raise BadRequest("the agencies are not a list in order")
    if any(country_of(one) != country_of(office.office) for one in agencies):
        raise BadRequest("an agency of another country")
    try:
        instant = from_ms(created)
    except OverflowError as error:
        raise BadRequest("the date is out of range") from error
    request = Request(office, tuple(AgencyCode(one) for one in agencies), instant)
    return request, office.sign_key
