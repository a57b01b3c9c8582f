"""Whether an installation is for real people: it answers to a name of the network."""

from clusterwerk.config import environment

LOCAL = {"localhost", "127.0.0.1", "[::1]", "::1"}


def hosts() -> list[str]:
    return environment.listed("CLUSTERWERK_HOSTS", default=["localhost"])


def public_hosts() -> list[str]:
    """Names that others than this machine use, without patterns; a leading dot is dropped."""
    names = (host.lstrip(".").lower() for host in hosts())
    return [name for name in names if name and name != "*" and not _is_local(name)]


def is_production() -> bool:
    """A public name, any name, or TLS in front: then nothing of a trial may be left."""
    return bool(public_hosts()) or "*" in hosts() or behind_tls()


def behind_tls() -> bool:
    return environment.flag("CLUSTERWERK_TLS", default=False)


def _is_local(name: str) -> bool:
    return name in LOCAL or name.endswith(".localhost") or name.startswith("127.")
