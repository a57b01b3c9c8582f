"""The certificate that visitors of the public address get."""

import socket
import ssl
import time

from clusterwerk.config.doctor.finding import Finding, fail, ok, unknown, warn

TIMEOUT = 5.0  # seconds to connect and to greet
DAY = 86_400
SOON = 14  # days; usual renewal happens with thirty left
NOW = 3
RENEW = "Look at the log of the proxy that renews it, and renew it by hand."


def look(host: str, port: int = 443, context: ssl.SSLContext | None = None) -> Finding:
    """Connect as a browser does: name, chain and days left; `unknown` when nobody answers."""
    try:
        left = _days_left(host, port, context or ssl.create_default_context())
    except ssl.SSLCertVerificationError as error:
        mend = "Let the proxy give a certificate for this name, with its whole chain."
        return fail("certificate", f"{host}: {error.verify_message}.", mend)
    except UnicodeError:
        return fail("certificate", f"{host} is no name.", "Mend it in CLUSTERWERK_HOSTS.")
    except OSError as error:
        mend = f"Try it from another machine: open https://{host}/ in a browser."
        reason = error.strerror or type(error).__name__
        return unknown("certificate", f"{host} could not be reached from here: {reason}.", mend)
    return judge(host, left)


def judge(host: str, left: float) -> Finding:
    """left: days until the certificate ends."""
    message = f"The certificate of {host} holds for {left:.0f} days."
    if left < NOW:
        return fail("certificate", message, RENEW)
    if left < SOON:
        return warn("certificate", message, RENEW)
    return ok("certificate", message)


def _days_left(host: str, port: int, context: ssl.SSLContext) -> float:
    with (
        socket.create_connection((host, port), timeout=TIMEOUT) as plain,
        context.wrap_socket(plain, server_hostname=host) as secured,
    ):
        found = secured.getpeercert()
    assert found, "the context asks for a certificate"
    return (ssl.cert_time_to_seconds(str(found["notAfter"])) - time.time()) / DAY
