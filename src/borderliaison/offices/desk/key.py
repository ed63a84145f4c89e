"""The authority's private key as a file: 32 bytes, sealed with a passphrase where one is given. Pure.

Source: scrypt, RFC 7914, N = 2^17, r = 8, p = 1; AES-256-GCM, NIST SP 800-38D.
"""

import secrets
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from borderliaison.kernel import canonical
from borderliaison.kernel.errors import MalformedData
from borderliaison.offices.errors import AuthorityError

VERSION: Final = 1
COST: Final = 2**17
_AAD: Final = b"BL1/authority-key"
_SALT_BYTES: Final = 16
_NONCE_BYTES: Final = 12


class WrongPassphrase(AuthorityError):
    """The passphrase does not open the authority's key, or there is one and none was given."""

    code = "E-AUT-03"


def seal_key(key: Ed25519PrivateKey, passphrase: str) -> bytes:
    """Return the contents of a key file; in the clear where the passphrase is empty."""
    seed = key.private_bytes_raw()
    if not passphrase:
        return canonical.encode({"v": VERSION, "seed": seed})
    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(_derive(passphrase, salt, COST)).encrypt(nonce, seed, _AAD)
    return canonical.encode(
        {"v": VERSION, "cost": COST, "salt": salt, "nonce": nonce, "sealed": sealed}
    )


def open_key(data: bytes, passphrase: str) -> Ed25519PrivateKey:
    """Return the key in a key file.

    Raises:
        WrongPassphrase: it is sealed with another passphrase, or with one at all.
        MalformedData: it is no key file.
    """
    content: Any = canonical.decode(data)
    match content:
        case {"v": 1, "seed": bytes(seed)}:
            pass
        case {"v": 1, "cost": int(cost), "salt": bytes(salt), "nonce": nonce, "sealed": sealed}:
            if not passphrase or not 0 < cost <= COST:
                raise WrongPassphrase("the key is sealed")
            try:
                seed = AESGCM(_derive(passphrase, salt, cost)).decrypt(nonce, sealed, _AAD)
            except InvalidTag as error:
                raise WrongPassphrase("it does not open the key") from error
        case _:
            raise MalformedData("not an authority's key file")
    return Ed25519PrivateKey.from_private_bytes(seed)


def _derive(passphrase: str, salt: bytes, cost: int) -> bytes:
    return Scrypt(salt=salt, length=32, n=cost, r=8, p=1).derive(passphrase.encode())
