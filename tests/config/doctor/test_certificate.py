"""Certificates made by the test, shown by a server on this machine."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from clusterwerk.config.doctor import certificate

Made = Callable[..., tuple[Path, ssl.SSLContext]]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A certificate for a name with days left, and a context that trusts it as its own root."""

    def make(name: str, days: float) -> tuple[Path, ssl.SSLContext]:
        key = ec.generate_private_key(ec.SECP256R1())
        who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        now = datetime.now(UTC)
        signed = (
            x509.CertificateBuilder()
            .subject_name(who)
            .issuer_name(who)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=90))
            .not_valid_after(now + timedelta(days=days, minutes=5))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .sign(key, hashes.SHA256())
        )
        private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        file = tmp_path / "both.pem"
        public = signed.public_bytes(serialization.Encoding.PEM)
        file.write_bytes(private + public)
        return file, ssl.create_default_context(cadata=public.decode())

    return make


@contextmanager
def server(file: Path) -> Iterator[int]:
    """Greets one visitor over TLS; yields its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_greet, args=(listening, context))
        thread.start()
        yield listening.getsockname()[1]
        thread.join()


def _greet(listening: socket.socket, context: ssl.SSLContext) -> None:
    visitor, _ = listening.accept()
    with visitor:
        try:
            context.wrap_socket(visitor, server_side=True).close()
        except OSError:
            return  # the visitor did not trust it


@pytest.mark.parametrize(
    ("days", "state"), [(60, "ok"), (14, "ok"), (13, "warn"), (3, "warn"), (2, "fail")]
)
def test_the_days_left_decide(made: Made, days: int, state: str) -> None:
    file, trusted = made("localhost", days)
    with server(file) as port:
        found = certificate.look("localhost", port, trusted)
    assert (found.state, found.message) == (
        state,
        f"The certificate of localhost holds for {days} days.",
    )


def test_an_ended_certificate_fails_and_says_so(made: Made) -> None:
    file, trusted = made("localhost", -1)
    with server(file) as port:
        found = certificate.look("localhost", port, trusted)
    assert (found.state, found.message) == ("fail", "localhost: certificate has expired.")


def test_a_certificate_of_another_name_fails(made: Made) -> None:
    file, trusted = made("elders.voorbeeld.be", 60)
    with server(file) as port:
        found = certificate.look("localhost", port, trusted)
    assert found.state == "fail"
    assert "not valid for 'localhost'" in found.message


def test_a_chain_that_nobody_knows_fails(made: Made) -> None:
    file, _trusted = made("localhost", 60)
    with server(file) as port:
        found = certificate.look("localhost", port)
    assert found.state == "fail"
    assert "self-signed certificate" in found.message


def test_where_nobody_answers_nothing_is_claimed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    found = certificate.look("localhost", port)
    assert (found.state, found.message) == (
        "unknown",
        "localhost could not be reached from here: Connection refused.",
    )


def test_a_server_that_accepts_and_says_nothing_is_left_after_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(certificate, "TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        found = certificate.look("localhost", mute.getsockname()[1])
    assert found.state == "unknown"


def test_what_can_be_no_name_is_said_to_be_none() -> None:
    found = certificate.look("clusters..voorbeeld.be")
    assert (found.state, found.message) == ("fail", "clusters..voorbeeld.be is no name.")
