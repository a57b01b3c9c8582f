"""Mail: a server that takes it, and a sender's domain that receivers believe."""

from collections.abc import Callable
from email.utils import parseaddr

from clusterwerk.config import environment
from clusterwerk.config.doctor import production
from clusterwerk.config.doctor.finding import Finding, Findings, fail, ok, unknown, warn
from clusterwerk.config.doctor.names import CannotAskError, texts

# Selectors that mail programs and providers usually take.
USUAL = ("default", "mail", "dkim", "selector1", "selector2", "google", "k1", "s1", "s2")
NOT_REAL = {"localhost", "example", "invalid", "test", "local"}


def findings() -> Findings:
    server = environment.text("CLUSTERWERK_SMTP_HOST")
    yield mail_server(server)
    if not server:
        return
    domain = sender_domain()
    if not domain:
        mend = "Set CLUSTERWERK_MAIL_FROM to an address of your own domain."
        yield fail("mail sender", f"Mail is sent as {_sender()}.", mend)
        return
    yield ok("mail sender", f"Mail is sent as {_sender()}.")
    yield _asked("spf", spf, domain)
    yield _asked("dkim", dkim, domain)
    yield _asked("dmarc", dmarc, domain)


def mail_server(server: str) -> Finding:
    if server:
        return ok("mail server", f"Mail is handed to {server}.")
    if production.is_production():
        mend = "Set CLUSTERWERK_SMTP_HOST and CLUSTERWERK_MAIL_FROM (docs/operate/settings.md)."
        return warn("mail server", "Mail is caught; nobody gets any.", mend)
    return ok("mail server", "Mail is caught in var/mail.")


def sender_domain() -> str:
    """Domain of the sender's address; empty when no mail can come from it."""
    domain = parseaddr(_sender())[1].rpartition("@")[2].lower()
    real = "." in domain and domain.rpartition(".")[2] not in NOT_REAL
    return domain if real else ""


def spf(domain: str) -> Finding:
    found = [text for text in texts(domain) if text.lower().split(" ")[0] == "v=spf1"]
    if not found:
        server = environment.text("CLUSTERWERK_SMTP_HOST")
        mend = f'Publish a TXT record at {domain}, such as "v=spf1 a:{server} -all".'
        return warn("spf", f"{domain} does not say who may send for it.", mend)
    if len(found) > 1:
        mend = f"Join the SPF records of {domain} into one: receivers ignore them all."
        return fail("spf", f"{domain} has {len(found)} SPF records.", mend)
    if found[0].lower().split()[-1] in {"+all", "all"}:
        mend = "End the record with -all or ~all."
        return warn("spf", f"{domain} lets everybody send for it: {found[0]}", mend)
    return ok("spf", f"{domain}: {found[0]}")


def dkim(domain: str) -> Finding:
    named = environment.text("CLUSTERWERK_DKIM_SELECTOR")
    for selector in (named,) if named else USUAL:
        key = _public_key(f"{selector}._domainkey.{domain}")
        if key:
            return ok("dkim", f"{selector}._domainkey.{domain} holds a key.")
        if key == "":
            mend = "Publish the public key of your mail server there, or name another selector."
            return fail("dkim", f"The key at {selector}._domainkey.{domain} is revoked.", mend)
    if named:
        mend = f"Publish the public key of your mail server at {named}._domainkey.{domain}."
        return warn("dkim", f"No key at {named}._domainkey.{domain}.", mend)
    mend = "Set CLUSTERWERK_DKIM_SELECTOR to the selector that your mail server signs with."
    return unknown("dkim", f"No usual selector of {domain} holds a key.", mend)


def dmarc(domain: str) -> Finding:
    """The policy of the domain, or of one above it."""
    for name in _and_above(domain):
        found = [text for text in texts(f"_dmarc.{name}") if text.lower().startswith("v=dmarc1")]
        if len(found) > 1:
            mend = f"Keep one DMARC record at _dmarc.{name}: receivers ignore them all."
            return fail("dmarc", f"_dmarc.{name} has {len(found)} records.", mend)
        if found:
            return ok("dmarc", f"_dmarc.{name}: {found[0]}")
    mend = f'Publish a TXT record at _dmarc.{domain}, such as "v=DMARC1; p=quarantine".'
    return warn("dmarc", f"{domain} has no DMARC policy.", mend)


def _asked(name: str, check: Callable[[str], Finding], domain: str) -> Finding:
    try:
        return check(domain)
    except CannotAskError:
        mend = "Look again with a connection, or name a name server in CLUSTERWERK_DNS."
        return unknown(name, f"No name server answers about {domain}.", mend)


def _public_key(name: str) -> str | None:
    """The key of a DKIM record; empty when it was revoked, None when there is no record."""
    for text in texts(name):
        pairs = dict(part.strip().partition("=")[::2] for part in text.split(";"))
        fields = {key.strip(): value.strip() for key, value in pairs.items()}
        if "p" in fields:
            return fields["p"]
    return None


def _and_above(domain: str) -> list[str]:
    """The domain and those above it, down to two parts."""
    parts = domain.split(".")
    return [".".join(parts[start:]) for start in range(max(len(parts) - 1, 1))]


def _sender() -> str:
    return environment.text("CLUSTERWERK_MAIL_FROM", default="clusterwerk@localhost")
