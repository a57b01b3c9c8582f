"""Questions to the name service: texts and mail servers of a name, with a time-out."""

from collections.abc import Iterable
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from dns import exception, resolver

from clusterwerk.config import environment

PATIENCE = 3.0  # seconds for one question, retries included
PORT = 53


class CannotAskError(Exception):
    """No name server answers: nothing is known, which is not the same as nothing is there."""


def texts(name: str) -> list[str]:
    """The TXT records of a name; empty when it has none. CannotAskError when nobody answers."""
    answer = _asked(name, "TXT")
    return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]


def exchanges(name: str) -> list[str]:
    """Servers that take mail for a name, the first to try first; `.` takes none (RFC 7505).

    Empty when it has no MX record. CannotAskError when nobody answers.
    """
    answer = sorted(_asked(name, "MX"), key=lambda record: (record.preference, record.exchange))
    return [str(record.exchange).rstrip(".") or "." for record in answer]


def _asked(name: str, kind: str) -> Iterable[Any]:
    try:
        return _resolver().resolve(name, kind, search=False)
    except (resolver.NXDOMAIN, resolver.NoAnswer):
        return []
    except (exception.DNSException, OSError) as error:
        raise CannotAskError(str(error) or type(error).__name__) from error


def _resolver() -> resolver.Resolver:
    """The system's, or the one of CLUSTERWERK_DNS."""
    named = environment.text("CLUSTERWERK_DNS")
    found = resolver.Resolver(configure=not named)
    found.lifetime = PATIENCE
    if named:
        found.nameservers, found.port = _server(named)
    return found


def _server(named: str) -> tuple[list[str], int]:
    """Address and port of a name server; a name cannot be one, for who would be asked for it."""
    try:
        parts = urlsplit(f"//{named}" if named.count(":") <= 1 or "[" in named else f"//[{named}]")
        return [str(ip_address(parts.hostname or ""))], parts.port or PORT
    except ValueError:
        message = (
            f"CLUSTERWERK_DNS is {named!r}; expected the number of a name server: 192.0.2.1, "
            "192.0.2.1:53 or [2001:db8::1]:53."
        )
        raise ImproperlyConfigured(message) from None
