"""Django's settings for a PostgreSQL database that is named by a URL."""

from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from borderliaison.node.config import BadConfiguration

PREPARE_AFTER: Final = 5
"""How often a fixed statement runs before the server keeps its plan; what Django makes is never kept."""


def postgres_settings(url: str) -> dict[str, Any]:
    """Return Django's settings for ``postgresql://USER:PASSWORD@HOST:PORT/NAME?sslmode=…``.

    What stands after the question mark goes to libpq as it is, so that ``sslmode=verify-full`` counts.

    Raises:
        BadConfiguration: it is no such URL.
    """
    parts = urlsplit(url)
    if parts.scheme != "postgresql" or not parts.path.strip("/"):
        raise BadConfiguration("database_url is neither sqlite nor postgresql://…/NAME")
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or host,
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": {"prepare_threshold": PREPARE_AFTER, **options},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
