"""Certificates for the links between machines: the authority's own, and those it gives to offices.

They encrypt the way to a hub and keep strangers from it; what an office may do there, its link key
decides. A request is signed with the office's signing key, so that nobody has to compare anything.
Source: RFC 5280, RFC 2986.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from borderliaison.kernel.cose import payload_of, sign1
from borderliaison.kernel.errors import LiaisonError, MalformedData
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import OfficePublic
from borderliaison.offices.codes import is_code
from borderliaison.offices.desk.files import write_new
from borderliaison.offices.desk.key import WrongPassphrase
from borderliaison.offices.errors import BadRequest

AAD: Final = b"BL1/certificate"
MAX_REQUEST_BYTES: Final = 64 * 1024
AUTHORITY_KEY: Final = "link-ca.key"
AUTHORITY_CERTIFICATE: Final = "link-ca.pem"
AUTHORITY_YEARS: Final = 10
EARLIER: Final = timedelta(hours=1)
"""How far a certificate reaches back, for machines whose clocks are behind."""


@dataclass(frozen=True, slots=True)
class LinkRequest:
    """What an office asks to be certified.

    Attributes:
        office: whose machine it is.
        csr: its public key, and the names under which others reach it.
    """

    office: OfficeCode
    csr: x509.CertificateSigningRequest


def make_link_request(
    office: OfficeCode, names: tuple[str, ...], sign_key: Ed25519PrivateKey
) -> tuple[bytes, bytes]:
    """Make a key for a machine's links; return it as PEM, and the request for its certificate.

    Args:
        office: whose machine it is.
        names: host names and addresses under which others reach it; none for one that nobody reaches.
        sign_key: the office's private signing key.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    builder = x509.CertificateSigningRequestBuilder().subject_name(_name(office))
    if names:
        builder = builder.add_extension(_alternatives(names), critical=False)
    csr = builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    return _pem(key, NoEncryption()), sign1(sign_key, csr, AAD)


def requested_office(data: bytes) -> OfficeCode:
    """Return the office that a request is for, **unverified**: to find its keys.

    Raises:
        BadRequest: it is no such request.
    """
    if len(data) > MAX_REQUEST_BYTES:
        raise BadRequest("too large")
    try:
        return _office_of(x509.load_pem_x509_csr(payload_of(data)))
    except (LiaisonError, ValueError) as error:
        raise BadRequest("not a request for a certificate") from error


def read_link_request(data: bytes, present: OfficePublic) -> LinkRequest:
    """Read a request for a certificate.

    Raises:
        BadRequest: it is not one, or the office's present key did not sign it.
    """
    if len(data) > MAX_REQUEST_BYTES:
        raise BadRequest("too large")
    try:
        csr = x509.load_pem_x509_csr(present.verify(data, AAD))
        office = _office_of(csr)
    except (LiaisonError, ValueError) as error:
        raise BadRequest("not a request for a certificate that the present key signed") from error
    if office != present.office or not csr.is_signature_valid:
        raise BadRequest("for another office, or without its key")
    return LinkRequest(office, csr)


def certify(folder: Path, request: LinkRequest, passphrase: str, now: datetime, days: int) -> bytes:
    """Return the certificate of an office's machine, PEM; the authority's own is made the first time.

    Args:
        folder: the authority's.
        request: that was read.
        passphrase: opens the authority's key for links, as it opens the other one.
        now: the present instant.
        days: how long the certificate is valid.

    Raises:
        WrongPassphrase: the key cannot be opened with it.
    """
    key, authority = _authority(folder, passphrase, now)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(request.office))
        .issuer_name(authority.subject)
        .public_key(request.csr.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - EARLIER)
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.ExtendedKeyUsage(
                [ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.SERVER_AUTH]
            ),
            critical=False,
        )
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False
        )
    )
    names = _names_of(request.csr)
    if names is not None:
        builder = builder.add_extension(names, critical=False)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)


def _authority(
    folder: Path, passphrase: str, now: datetime
) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    secret = passphrase.encode() or None
    if not (folder / AUTHORITY_KEY).exists():
        _make_authority(folder, secret, now)
    try:
        key = load_pem_private_key((folder / AUTHORITY_KEY).read_bytes(), secret)
    except (TypeError, ValueError) as error:
        raise WrongPassphrase("it does not open the key for links") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise MalformedData(f"{folder / AUTHORITY_KEY}: another kind of key")
    return key, x509.load_pem_x509_certificate((folder / AUTHORITY_CERTIFICATE).read_bytes())


def _make_authority(folder: Path, secret: bytes | None, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"{folder.resolve().name} links")
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - EARLIER)
        .not_valid_after(now + timedelta(days=366 * AUTHORITY_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(_CERTIFIES, critical=True)
        .sign(key, hashes.SHA256())
    )
    write_new(folder / AUTHORITY_CERTIFICATE, certificate.public_bytes(Encoding.PEM))
    write_new(
        folder / AUTHORITY_KEY,
        _pem(key, BestAvailableEncryption(secret) if secret else NoEncryption()),
    )


_CERTIFIES: Final = x509.KeyUsage(
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)


def _office_of(csr: x509.CertificateSigningRequest) -> OfficeCode:
    names = csr.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    code = str(names[0].value) if len(names) == 1 else ""
    if not is_code(code):
        raise MalformedData("it names no office")
    return OfficeCode(code)


def _names_of(
    csr: x509.CertificateSigningRequest,
) -> x509.SubjectAlternativeName | None:
    try:
        return csr.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return None


def _alternatives(names: tuple[str, ...]) -> x509.SubjectAlternativeName:
    found: list[x509.GeneralName] = []
    for name in names:
        try:
            found.append(x509.IPAddress(ip_address(name)))
        except ValueError:
            found.append(x509.DNSName(name))
    return x509.SubjectAlternativeName(found)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _pem(key: ec.EllipticCurvePrivateKey, how: KeySerializationEncryption) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, how)
