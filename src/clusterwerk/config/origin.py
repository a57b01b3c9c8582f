"""Where people reach the site: what mails that no request asked for put before their links."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from clusterwerk.config import environment
from clusterwerk.config.doctor import production

DEFAULT_PORT = 8000


def public_origin() -> str:
    """Scheme, host and port, without a slash at the end.

    CLUSTERWERK_ADDRESS when it is set; else the first name of CLUSTERWERK_HOSTS, over TLS when the
    visitors come so; else this machine with the port that `serve` listens on.
    """
    named = environment.text("CLUSTERWERK_ADDRESS").rstrip("/")
    if named:
        return _checked(named)
    names = [host for host in environment.listed("CLUSTERWERK_HOSTS", []) if host[0] not in "*."]
    public = [host for host in names if host.lower() in production.public_hosts()]
    if production.behind_tls() and public:
        return f"https://{public[0].lower()}"
    port = environment.number("CLUSTERWERK_PORT", default=DEFAULT_PORT)
    return f"http://{public[0].lower() if public else 'localhost'}:{port}"


def _checked(named: str) -> str:
    try:
        parts = urlsplit(named)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username
        good = good and not (parts.path or parts.query or parts.fragment) and parts.port != 0
    except ValueError:
        good = False
    if not good:
        message = (
            f"CLUSTERWERK_ADDRESS is {named!r}; expected the address of the site without a path, "
            "as in https://clusters.example.org."
        )
        raise ImproperlyConfigured(message)
    return named.lower()
