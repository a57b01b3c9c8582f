"""Settings that are fine on a laptop and wrong before real people."""

from clusterwerk.config import environment
from clusterwerk.config.doctor import certificate, production
from clusterwerk.config.doctor.finding import Finding, Findings, fail, ok, warn


def findings() -> Findings:
    yield hosts()
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
