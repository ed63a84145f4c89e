"""Passwords that the system makes, and how they are kept."""

import secrets
from typing import Final

from django.contrib.auth.hashers import Argon2PasswordHasher

ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody takes for another when they are read out or written down."""

GROUPS: Final = 4
GROUP_LENGTH: Final = 5


class OfficeArgon2(Argon2PasswordHasher):
    """Argon2id at the parameters of RFC 9106 section 4, second recommended option.

    Source: RFC 9106: t=3, m=64 MiB, p=4.
    """

    time_cost = 3
    memory_cost = 64 * 1024
    parallelism = 4


def make_password_to_hand_over() -> str:
    """Return a random password in groups, about 99 bits: for one sign-in, then it must be changed."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)
