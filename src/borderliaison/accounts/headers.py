"""What every response carries, whoever made it. Plain data, for the WSGI and the ASGI side alike."""

from types import MappingProxyType
from typing import Final

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src 'self'; worker-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)

_NOT_USED: Final = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
_USED: Final = ("clipboard-write", "publickey-credentials-create", "publickey-credentials-get")

PERMISSIONS_POLICY: Final = ", ".join(
    [f"{feature}=()" for feature in _NOT_USED] + [f"{feature}=(self)" for feature in _USED]
)

SECURITY_HEADERS: Final = MappingProxyType(
    {
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "Permissions-Policy": PERMISSIONS_POLICY,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
)
"""On every response, pages, files, streams and errors."""

NOT_KEPT: Final = "no-store"
"""``Cache-Control`` of everything that is not a static file: the computers are shared."""
