"""Identifiers. Codes of the network are short text; what the system makes itself is 16 random bytes."""

import secrets
from typing import NewType

CountryCode = NewType("CountryCode", str)
"""ISO 3166-1 alpha-2, upper case: ``KG``."""
OfficeCode = NewType("OfficeCode", str)
"""Country and a short name, unique in the network: ``KG-BDB``."""
AgencyCode = NewType("AgencyCode", str)
"""Country and kind of agency: ``KG-CUS``."""
OfficerId = NewType("OfficerId", str)
"""An officer as his office asserts him: ``KG-BDB/0003``."""
LetterId = NewType("LetterId", bytes)
"""16 random bytes."""
ThreadId = NewType("ThreadId", bytes)
"""16 random bytes, made by the office that begins the thread."""

ID_BYTES = 16


def new_id() -> bytes:
    """Return 16 random bytes from the operating system."""
    return secrets.token_bytes(ID_BYTES)
