"""The private keys of one office: Ed25519 for signing, one suite's key for opening.

Only the worker ever holds one. Its ``repr`` shows no secret.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Protocol, Self

from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from borderliaison.exchange.core import fields
from borderliaison.exchange.core.errors import UnsupportedSuite, WrongKey
from borderliaison.kernel import canonical
from borderliaison.kernel.cose import key_id
from borderliaison.kernel.ids import OfficeCode
from borderliaison.kernel.keys import OfficePublic, SealSuite

SIGN_SEED_BYTES: Final = 32
MLKEM_SEED_BYTES: Final = 64
X25519_BYTES: Final = 32
SEAL_SECRET_BYTES: Final = {
    SealSuite.HYBRID: MLKEM_SEED_BYTES + X25519_BYTES,
    SealSuite.X25519: X25519_BYTES,
}
_LINK: Final = b"BL1/link"


class Openers(Protocol):
    """Whatever holds the keys that open what was wrapped for one office."""

    def opener(self, seal_kid: bytes) -> "OfficeKeys":
        """Return the keys whose sealing key has this id.

        Raises:
            WrongKey: they are not held.
        """
        ...


@dataclass(frozen=True)
class OfficeKeys:
    """The private half of one office's keys.

    Attributes:
        seal_suite: the suite in which letters to this office are wrapped.
        sign_seed: the Ed25519 seed, 32 bytes.
        seal_secret: HYBRID: the ML-KEM-768 seed (d then z), 64 bytes, then the X25519 private key,
            32 bytes; X25519: its private key.
    """

    seal_suite: SealSuite
    sign_seed: bytes = field(repr=False)
    seal_secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse a suite that is not installed and secrets of the wrong length."""
        if self.seal_suite not in SEAL_SECRET_BYTES:
            raise UnsupportedSuite(self.seal_suite.name)
        fields.octets(self.sign_seed, SIGN_SEED_BYTES)
        fields.octets(self.seal_secret, SEAL_SECRET_BYTES[self.seal_suite])

    @classmethod
    def generate(cls, suite: SealSuite = SealSuite.HYBRID) -> Self:
        """Make new keys from the operating system's randomness."""
        secret = X25519PrivateKey.generate().private_bytes_raw()
        if suite == SealSuite.HYBRID:
            secret = MLKEM768PrivateKey.generate().private_bytes_raw() + secret
        return cls(suite, Ed25519PrivateKey.generate().private_bytes_raw(), secret)

    def to_bytes(self) -> bytes:
        """Return the keys as canonical CBOR, in the clear: for the credential file only."""
        return canonical.encode(self._shape())

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what ``to_bytes`` wrote.

        Raises:
            MalformedData: it is not an office's keys.
            UnsupportedVersion, UnsupportedSuite: they are of another version or suite.
        """
        return fields.read(data, cls._parse, cls._shape)

    def public(self, office: OfficeCode) -> OfficePublic:
        """Return the public half, as the directory lists it for ``office``."""
        sign = self.signing_key.public_key().public_bytes_raw()
        link = self.link_key.public_key().public_bytes_raw()
        return OfficePublic(office, sign, self.seal_suite, self._seal_public, link)

    def opener(self, seal_kid: bytes) -> Self:
        """Return these keys, where their sealing key has this id.

        Raises:
            WrongKey: it has another.
        """
        if seal_kid != key_id(self._seal_public):
            raise WrongKey(f"wrapped to key {seal_kid.hex()}")
        return self

    @cached_property
    def _seal_public(self) -> bytes:
        seal = self.x25519_key.public_key().public_bytes_raw()
        if self.seal_suite == SealSuite.HYBRID:
            seal = self.mlkem_key.public_key().public_bytes_raw() + seal
        return seal

    @cached_property
    def link_key(self) -> Ed25519PrivateKey:
        """The key that proves the office to a hub. It signs what a hub asks, so nothing else may be."""
        seed = HKDF(algorithm=SHA256(), length=SIGN_SEED_BYTES, salt=None, info=_LINK)
        return Ed25519PrivateKey.from_private_bytes(seed.derive(self.sign_seed))

    @cached_property
    def signing_key(self) -> Ed25519PrivateKey:
        """The key that signs letters, heads and acknowledgements."""
        return Ed25519PrivateKey.from_private_bytes(self.sign_seed)

    @property
    def mlkem_key(self) -> MLKEM768PrivateKey:
        """The post-quantum half of a HYBRID key."""
        return MLKEM768PrivateKey.from_seed_bytes(self.seal_secret[:MLKEM_SEED_BYTES])

    @property
    def x25519_key(self) -> X25519PrivateKey:
        """The X25519 key, or the X25519 half of a HYBRID key."""
        return X25519PrivateKey.from_private_bytes(self.seal_secret[-X25519_BYTES:])

    @cached_property
    def opening_key(self) -> X25519PrivateKey | hpke.MLKEM768X25519PrivateKey:
        """The key that opens what was wrapped for this office."""
        if self.seal_suite == SealSuite.HYBRID:
            return hpke.MLKEM768X25519PrivateKey(self.mlkem_key, self.x25519_key)
        return self.x25519_key

    def _shape(self) -> dict[str, Any]:
        return {
            "v": fields.VERSION,
            "seal_suite": int(self.seal_suite),
            "sign_seed": self.sign_seed,
            "seal_secret": self.seal_secret,
        }

    @classmethod
    def _parse(cls, value: Any) -> Self:
        data = fields.exact_map(value, ("v", "seal_suite", "sign_seed", "seal_secret"))
        fields.version(data["v"])
        try:
            suite = SealSuite(fields.uint(data["seal_suite"]))
        except ValueError as error:
            raise UnsupportedSuite(str(data["seal_suite"])) from error
        return cls(suite, fields.octets(data["sign_seed"]), fields.octets(data["seal_secret"]))
