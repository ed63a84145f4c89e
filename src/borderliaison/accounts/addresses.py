"""The address by which a page was asked for, as far as security keys care."""

from ipaddress import ip_address

from django.http import HttpRequest
from django.http.request import split_domain_port


def keys_work_at(request: HttpRequest) -> bool:
    """Whether browsers let security keys work here: over TLS, or on ``localhost``; never by number.

    Source: Web Authentication Level 3, section 5.1.3 and 13.4.9: the host is a domain, and the
    context is secure.
    """
    host, _port = split_domain_port(request.get_host())
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return request.is_secure() or host == "localhost" or host.endswith(".localhost")
    return False
