"""Settings that are fine on a laptop and wrong before real people."""

from urllib.parse import SplitResult, urlsplit

from django.http.request import validate_host

from clusterwerk.config import environment
from clusterwerk.config.doctor import certificate, production
from clusterwerk.config.doctor.finding import Finding, Findings, fail, ok, warn
from clusterwerk.config.origin import public_origin


def findings() -> Findings:
    yield hosts()
    yield address()
    yield debug()
    yield demo_setting()
    yield tls()
    if production.behind_tls():
        for host in production.public_hosts():
            yield certificate.look(host)


def hosts() -> Finding:
    named = production.hosts()
    if "*" in named:
        mend = "Set CLUSTERWERK_HOSTS to the names of the site, separated by commas."
        return fail("hosts", "The site answers to any name.", mend)
    return ok("hosts", f"The site answers to {', '.join(named)}.")


def address() -> Finding:
    """Links in mails: to a name that the site answers to, and by the way that visitors come."""
    parts = urlsplit(origin := public_origin())
    said = f"Links in mails begin with {origin}."
    mend = "Set CLUSTERWERK_ADDRESS to the address of the site, as in https://clusters.example.org."
    if not validate_host(_name(parts), _answered()):
        return fail("address", f"{said} The site does not answer to that name.", mend)
    if production.is_production() and parts.hostname in production.LOCAL:
        return fail("address", f"{said} Nobody else reaches this machine by it.", mend)
    if production.behind_tls() and parts.scheme != "https":
        return fail("address", f"{said} Visitors come over TLS.", mend)
    return ok("address", said)


def debug() -> Finding:
    if not environment.flag("CLUSTERWERK_DEBUG", default=False):
        return ok("debug", "Error pages show no details.")
    if production.is_production():
        mend = "Take CLUSTERWERK_DEBUG away and start again."
        return fail("debug", "Error pages show details to every visitor.", mend)
    return warn("debug", "Error pages show details.", "Fine for developers alone.")


def demo_setting() -> Finding:
    if not environment.flag("CLUSTERWERK_DEMO", default=False):
        return ok("demo", "The demo is not loaded at the start.")
    if production.is_production():
        mend = "Take CLUSTERWERK_DEMO away; begin anew with an empty database."
        return fail("demo", "The demo is loaded where others can sign in.", mend)
    return ok("demo", "The demo is loaded, on this machine alone.")


def tls() -> Finding:
    public = production.public_hosts()
    if production.behind_tls():
        return ok("tls", "Visitors come over TLS.")
    if public:
        mend = (
            "Put a proxy with TLS in front and set CLUSTERWERK_TLS=yes (docs/operate/install.md)."
        )
        return fail("tls", f"{public[0]} is reached without TLS.", mend)
    return ok("tls", "Only this machine is served.")


def _answered() -> list[str]:
    return environment.listed("CLUSTERWERK_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])


def _name(parts: SplitResult) -> str:
    """As Django compares it: the number of a machine in brackets."""
    host = str(parts.hostname)
    return f"[{host}]" if ":" in host else host
