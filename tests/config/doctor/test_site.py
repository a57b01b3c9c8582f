"""Settings and files that are fine on a laptop and wrong before real people."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from clusterwerk.config.doctor import machine, site
from clusterwerk.config.doctor.finding import Finding

PUBLIC = "clusters.voorbeeld.be"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ADDRESS", "HOSTS", "DEBUG", "DEMO", "TLS", "SECRET_KEY", "TIME_SOURCE"):
        monkeypatch.delenv(f"CLUSTERWERK_{name}", raising=False)


def of_site() -> dict[str, str]:
    return {finding.name: finding.state for finding in site.findings()}


def test_nothing_set_is_in_order() -> None:
    assert of_site() == {"hosts": "ok", "address": "ok", "debug": "ok", "demo": "ok", "tls": "ok"}


@pytest.mark.parametrize(
    ("settings", "name", "here", "in_public"),
    [
        ({"CLUSTERWERK_DEBUG": "yes"}, "debug", "warn", "fail"),
        ({"CLUSTERWERK_DEMO": "yes"}, "demo", "ok", "fail"),
        ({}, "tls", "ok", "fail"),
    ],
)
def test_what_is_fine_here_fails_in_public(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], name: str, here: str, in_public: str
) -> None:
    for setting, value in settings.items():
        monkeypatch.setenv(setting, value)
    assert of_site()[name] == here
    monkeypatch.setenv("CLUSTERWERK_HOSTS", f"localhost,{PUBLIC}")
    assert of_site()[name] == in_public


def test_a_site_of_any_name_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLUSTERWERK_HOSTS", "*")
    assert of_site()["hosts"] == "fail"


@pytest.mark.parametrize(
    ("address", "hosts", "tls", "state"),
    [
        ("", f"localhost,{PUBLIC}", "no", "ok"),
        ("", "*", "yes", "fail"),
        (f"https://{PUBLIC}", PUBLIC, "yes", "ok"),
        (f"http://{PUBLIC}", PUBLIC, "yes", "fail"),
        ("https://elsewhere.voorbeeld.be", PUBLIC, "yes", "fail"),
        ("http://localhost:8000", f"localhost,{PUBLIC}", "no", "fail"),
        ("http://[::1]:8000", "localhost,[::1]", "no", "ok"),
    ],
)
def test_links_that_lead_nowhere_fail(
    monkeypatch: pytest.MonkeyPatch, address: str, hosts: str, tls: str, state: str
) -> None:
    monkeypatch.setenv("CLUSTERWERK_HOSTS", hosts)
    monkeypatch.setenv("CLUSTERWERK_TLS", tls)
    monkeypatch.setenv("CLUSTERWERK_ADDRESS", address)
    assert site.address().state == state


def test_each_public_name_is_visited_over_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    visited: list[str] = []

    def look(host: str) -> Finding:
        visited.append(host)
        return Finding("certificate", "ok", "")

    monkeypatch.setattr("clusterwerk.config.doctor.certificate.look", look)
    monkeypatch.setenv("CLUSTERWERK_TLS", "yes")
    monkeypatch.setenv("CLUSTERWERK_HOSTS", f"localhost,.{PUBLIC},www.voorbeeld.be,127.0.0.1")
    assert of_site()["tls"] == "ok"
    assert visited == [PUBLIC, "www.voorbeeld.be"]


@pytest.mark.parametrize(
    ("key", "state"), [("k" * 60, "fail"), ("abcdefghij", "fail"), ("0123456789abcdef" * 3, "ok")]
)
def test_a_key_that_can_be_guessed_fails_and_is_never_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, key: str, state: str
) -> None:
    monkeypatch.setenv("CLUSTERWERK_SECRET_KEY", key)
    found = machine.secret(tmp_path)
    assert found.state == state
    assert key not in f"{found.message} {found.mend} {found.why}"


def test_folders_that_others_can_use_fail(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert machine.folder(tmp_path).state == "ok"
    (tmp_path / "mail").mkdir(mode=0o700)
    assert machine.folder(tmp_path).state == "ok"
    (tmp_path / "mail").chmod(0o755)
    found = machine.folder(tmp_path)
    assert (found.state, found.mend) == ("fail", f"chmod o-rwx,g-w {tmp_path / 'mail'}")
    (tmp_path / "mail").chmod(0o700)
    tmp_path.chmod(0o777)
    assert machine.folder(tmp_path).state == "fail"


def test_the_limits_of_a_full_disk_are_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert machine.disk(tmp_path).name == "disk"
    monkeypatch.setenv("CLUSTERWERK_DISK_WARN_MB", str(10**9))
    assert machine.disk(tmp_path).state == "warn"
    monkeypatch.setenv("CLUSTERWERK_DISK_FAIL_MB", str(10**9))
    assert machine.disk(tmp_path).state == "fail"


class _Late(http.server.BaseHTTPRequestHandler):
    date = "Sun, 06 Nov 1994 08:49:37 GMT"

    def do_HEAD(self) -> None:
        self.send_response_only(200)
        self.send_header("Date", self.date)
        self.end_headers()


@pytest.fixture
def late() -> Iterator[str]:
    """An address whose clock stands still in 1994."""
    with http.server.HTTPServer(("127.0.0.1", 0), _Late) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_clock_apart_from_its_source_fails(late: str) -> None:
    found = machine.clock_apart(late)
    assert (found.state, found.name) == ("fail", "clock")
    assert found.message.endswith(f"s apart from {late}.")


def test_a_source_that_is_away_says_nothing_about_the_clock() -> None:
    assert machine.clock_apart("http://127.0.0.1:1/").state == "unknown"
