"""Questions to the name service: texts of a name, with a time-out."""

from django.core.exceptions import ImproperlyConfigured
from dns import exception, resolver

from clusterwerk.config import environment

PATIENCE = 3.0  # seconds for one question, retries included
PORT = 53


class CannotAskError(Exception):
    """No name server answers: nothing is known, which is not the same as nothing is there."""


def texts(name: str) -> list[str]:
    """The TXT records of a name; empty when it has none. CannotAskError when nobody answers."""
    try:
        answer = _resolver().resolve(name, "TXT", search=False)
    except (resolver.NXDOMAIN, resolver.NoAnswer):
        return []
    except (exception.DNSException, OSError) as error:
        raise CannotAskError(str(error) or type(error).__name__) from error
    return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]


def _resolver() -> resolver.Resolver:
    """The system's, or the one of CLUSTERWERK_DNS as `address` or `address:port`."""
    named = environment.text("CLUSTERWERK_DNS")
    found = resolver.Resolver(configure=not named)
    found.lifetime = PATIENCE
    if named:
        address, _, port = named.partition(":")
        if port and not port.isdigit():
            message = f"CLUSTERWERK_DNS is {named!r}; expected address or address:port."
            raise ImproperlyConfigured(message)
        found.nameservers, found.port = [address], int(port or PORT)
    return found
