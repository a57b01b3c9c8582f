"""Who may read figures and reasons: whoever has the token, or this machine without a proxy between.

Behind a proxy every visitor comes from this machine, and a header that says otherwise may have been
written by the visitor; so there only the token counts.
"""

import secrets
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_VIA")
SCHEME = "Bearer "


def may_look(request: HttpRequest) -> bool:
    return _has_token(request) or _is_this_machine(request)


def _has_token(request: HttpRequest) -> bool:
    given = request.META.get("HTTP_AUTHORIZATION", "")
    expected = settings.METRICS_TOKEN
    if not expected or not given.startswith(SCHEME):
        return False
    return secrets.compare_digest(given.removeprefix(SCHEME).encode(), expected.encode())


def _is_this_machine(request: HttpRequest) -> bool:
    behind_proxy = settings.ALLAUTH_TRUSTED_PROXY_COUNT or settings.BEHIND_TLS
    if behind_proxy or any(name in request.META for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
