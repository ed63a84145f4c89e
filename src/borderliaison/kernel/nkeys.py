"""NATS names a user by his Ed25519 public key in letters: an nkey. Pure.

Source: NATS documentation, NKeys: base32 of a prefix byte, the key, and the CRC-16 of both (XMODEM).
"""

import base64
from binascii import crc_hqx
from typing import Final

_USER: Final = 20 << 3


def user_nkey(public_key: bytes) -> str:
    """Return the nkey of a user: 56 characters that begin with U."""
    named = bytes([_USER]) + public_key
    checked = named + crc_hqx(named, 0).to_bytes(2, "little")
    return base64.b32encode(checked).decode("ascii").rstrip("=")
