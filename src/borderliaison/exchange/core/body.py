"""The body: a signed letter sealed once, under a fresh content key, for all its recipients.

A COSE_Encrypt0 whose whole header is protected. AES-GCM does not commit to its key, so the header
holds a key commitment, which is compared before anything is decrypted. The header also holds the
content key wrapped to the issuer itself, so that it can read what peers give back after a loss.
Source: RFC 9052 section 5.2; protocol PR-1 section 4.
"""

import hashlib
from dataclasses import dataclass, field
from secrets import token_bytes
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from borderliaison.exchange.core import fields, suites
from borderliaison.exchange.core.errors import (
    BodyTooLarge,
    CannotOpen,
    LetterMismatch,
    MalformedWire,
    WrongOffice,
)
from borderliaison.exchange.core.keys import OfficeKeys, Openers
from borderliaison.exchange.core.letter import Letter, peek_letter, sign_letter
from borderliaison.kernel import canonical
from borderliaison.kernel.cose import KID_BYTES
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import OfficePublic, SealSuite

MAX_BODY_BYTES: Final = 1024 * 1024
ALG: Final = 1
IV: Final = 5
A256GCM: Final = 3
NONCE_BYTES: Final = 12
_BODY: Final = "BL1/body"
_SELF: Final = "BL1/self"


@dataclass(frozen=True, slots=True)
class BodyHeader:
    """What a body says in the clear; all of it is authenticated when the body is opened.

    Attributes:
        letter_id: of the letter inside.
        issuer: of the letter inside.
        commit: the key commitment, 32 bytes.
        self_suite: the suite of the issuer's own wrapping.
        self_kid: the key id of the key that it is wrapped to.
        self_wrap: the content key, wrapped to the issuer.
        nonce: 12 bytes.
    """

    letter_id: bytes
    issuer: OfficeCode
    commit: bytes
    self_suite: SealSuite
    self_kid: bytes
    self_wrap: bytes
    nonce: bytes
    v: int = fields.VERSION
    suite: suites.ContentSuite = suites.ContentSuite.STANDARD

    def to_data(self) -> dict[int | str, Any]:
        """Return plain data for canonical encoding."""
        return {
            ALG: A256GCM,
            IV: self.nonce,
            "v": self.v,
            "suite": int(self.suite),
            "letter_id": self.letter_id,
            "issuer": self.issuer,
            "commit": self.commit,
            "self": [int(self.self_suite), self.self_kid, self.self_wrap],
        }

    @classmethod
    def from_data(cls, value: Any) -> "BodyHeader":
        """Read what ``to_data`` wrote."""
        if not isinstance(value, dict) or set(value) != _LABELS:
            raise MalformedWire("not the header of a body")
        version, suite = fields.version(value["v"]), suites.content_suite(value["suite"])
        if fields.uint(value[ALG]) != A256GCM:
            raise MalformedWire("not AES-256-GCM")
        self_suite, self_kid, self_wrap = fields.exact_list(value["self"], 3)
        return cls(
            fields.letter_id(value["letter_id"]),
            fields.office(value["issuer"]),
            fields.octets(value["commit"], fields.HASH_BYTES),
            suites.seal_suite(self_suite),
            fields.octets(self_kid, KID_BYTES),
            fields.octets(self_wrap),
            fields.octets(value[IV], NONCE_BYTES),
            version,
            suite,
        )


def seal_body(
    signed_letter: bytes,
    letter_id: bytes,
    issuer: OfficeCode,
    content_key: bytes,
    self_public: OfficePublic,
) -> bytes:
    """Seal a signed letter under a content key that is used for nothing else.

    Raises:
        LetterMismatch: the letter is not the one named.
        WrongOffice: ``self_public`` is not the issuer's.
        BodyTooLarge: the body would be larger than 1 MiB.
    """
    letter = peek_letter(signed_letter)
    if (letter.letter_id, letter.issuer) != (letter_id, issuer):
        raise LetterMismatch("the signed letter is another")
    return _seal(signed_letter, letter, content_key, self_public)


def seal_letter(
    letter: Letter, keys: OfficeKeys, content_key: bytes, self_public: OfficePublic
) -> bytes:
    """Sign a letter and seal it, under a content key that is used for nothing else.

    Raises:
        WrongOffice: ``self_public`` is not the issuer's.
        BodyTooLarge: the body would be larger than 1 MiB.
    """
    return _seal(sign_letter(letter, keys), letter, content_key, self_public)


def _seal(
    signed_letter: bytes, letter: Letter, content_key: bytes, self_public: OfficePublic
) -> bytes:
    letter_id, issuer = letter.letter_id, letter.issuer
    if self_public.office != issuer:
        raise WrongOffice(f"the issuer is {issuer}, the key is {self_public.office}'s")
    commit = suites.commitment(content_key)
    info = _self_info(letter_id, issuer, self_public.seal_suite, self_public.seal_kid, commit)
    header = BodyHeader(
        letter_id,
        issuer,
        commit,
        self_public.seal_suite,
        self_public.seal_kid,
        suites.wrap(self_public.seal_suite, self_public.seal_key, content_key, info),
        token_bytes(NONCE_BYTES),
    )
    return encrypt(signed_letter, header, content_key)


def encrypt(signed_letter: bytes, header: BodyHeader, content_key: bytes) -> bytes:
    """Encrypt under a ready header. For ``seal_body`` and the vectors: one nonce, one message.

    Raises:
        BodyTooLarge: the body would be larger than 1 MiB.
    """
    protected = canonical.encode(header.to_data())
    key = AESGCM(suites.encryption_key(content_key))
    ciphertext = key.encrypt(header.nonce, signed_letter, _enc_structure(protected, header))
    body = canonical.encode([protected, {}, ciphertext])
    if len(body) > MAX_BODY_BYTES:
        raise BodyTooLarge(f"{len(body)} bytes of {MAX_BODY_BYTES}")
    return body


@dataclass(frozen=True, slots=True)
class ClosedBody:
    """A body as it was read; its header is **unauthenticated** until it is opened."""

    header: BodyHeader
    protected: bytes = field(repr=False)
    ciphertext: bytes = field(repr=False)

    def open(self, content_key: bytes) -> bytes:
        """Return the signed letter, whose signature is still to be verified.

        Raises:
            CommitmentMismatch: the key is not the one committed to.
            CannotOpen: the body was changed.
        """
        suites.check_commitment(content_key, self.header.commit)
        key = AESGCM(suites.encryption_key(content_key))
        bound = _enc_structure(self.protected, self.header)
        try:
            return key.decrypt(self.header.nonce, self.ciphertext, bound)
        except InvalidTag as error:
            raise CannotOpen("the body does not open") from error

    def own_key(self, keys: Openers) -> bytes:
        """Return the content key of a body that this office itself sealed; see ``own_key``."""
        header = self.header
        info = _self_info(
            header.letter_id, header.issuer, header.self_suite, header.self_kid, header.commit
        )
        own = keys.opener(header.self_kid)
        content_key = suites.unwrap(own, header.self_suite, header.self_wrap, info)
        suites.check_commitment(content_key, header.commit)
        return content_key


def read_body(body: bytes) -> ClosedBody:
    """Read what can be read without a key.

    Raises:
        BodyTooLarge, MalformedData, UnsupportedVersion, UnsupportedSuite: it cannot be read here.
    """
    if len(body) > MAX_BODY_BYTES:
        raise BodyTooLarge(f"{len(body)} bytes of {MAX_BODY_BYTES}")
    parts = fields.exact_list(canonical.decode(body), 3)
    protected, unprotected, ciphertext = parts
    if unprotected != {}:
        raise MalformedWire("the whole header of a body is protected")
    header = fields.read(fields.octets(protected), BodyHeader.from_data, BodyHeader.to_data)
    return ClosedBody(header, protected, fields.octets(ciphertext))


def open_body(body: bytes, content_key: bytes) -> bytes:
    """Return the signed letter, whose signature is still to be verified.

    Raises:
        BodyTooLarge, MalformedData, UnsupportedVersion, UnsupportedSuite: it cannot be read here.
        CommitmentMismatch: the key is not the one committed to.
        CannotOpen: the body was changed.
    """
    return read_body(body).open(content_key)


def peek_header(body: bytes) -> BodyHeader:
    """Return what a body says in the clear, **unauthenticated** until it is opened."""
    return read_body(body).header


def own_key(body: bytes, keys: Openers) -> bytes:
    """Return the content key of a body that this office itself sealed.

    Raises:
        WrongKey: it was sealed by another office, or under a key of this one that is not held.
        CannotOpen: the wrapping was changed.
        CommitmentMismatch: the key is not the one committed to.
    """
    return read_body(body).own_key(keys)


def body_hash(body: bytes) -> bytes:
    """Return the SHA-256 of a body: what entries name it by."""
    return hashlib.sha256(body).digest()


_LABELS: Final = {ALG, IV, "v", "suite", "letter_id", "issuer", "commit", "self"}


def _enc_structure(protected: bytes, header: BodyHeader) -> bytes:
    bound = [_BODY, header.v, int(header.suite), header.letter_id, header.issuer]
    return canonical.encode(["Encrypt0", protected, canonical.encode(bound)])


def _self_info(
    letter_id: bytes, issuer: OfficeCode, suite: SealSuite, kid: bytes, commit: bytes
) -> bytes:
    bound = {
        "v": fields.VERSION,
        "suite": int(suite),
        "letter_id": letter_id,
        "issuer": issuer,
        "kid": kid,
        "commit": commit,
    }
    return canonical.encode([_SELF, bound])
