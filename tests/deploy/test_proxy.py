"""The program behind nginx with the configuration of `deploy`, as visitors meet it."""

import re
import socket
import subprocess
from pathlib import Path

import pytest

from factories.supervised import wait_until
from factories.visitors import Site, Visitor
from factories.web_site import TOKEN, needed

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("proxy")]

MB = 1024 * 1024


def cookie_lines(visitor: Visitor, path: str) -> list[str]:
    return visitor.get(path).headers.get_all("Set-Cookie") or []


def test_nginx_accepts_the_configuration(site: Site) -> None:
    words = [needed("nginx"), "-t", "-q", "-p", str(site.nginx)]
    words += ["-c", str(site.nginx / "nginx.conf")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_http_leads_to_https_under_the_name_of_the_site(site: Site) -> None:
    answer = Visitor(site).plain("/about/?x=1")
    assert answer.status == 301
    assert answer.headers["Location"] == "https://localhost/about/?x=1"


def test_another_name_gets_no_answer(site: Site) -> None:
    with pytest.raises(OSError, match="closed connection"):
        Visitor(site).plain("/", host="other.example.org")


def test_pages_come_over_tls_with_strict_transport_security(site: Site) -> None:
    answer = Visitor(site).get("/about/")
    assert answer.status == 200
    assert answer.headers.get_all("Strict-Transport-Security") == [
        "max-age=31536000; includeSubDomains"
    ]
    assert re.fullmatch("[0-9a-f]{8}", answer.headers["X-Request-ID"])


def test_a_person_signs_in_over_tls_by_a_link_that_names_the_site(site: Site) -> None:
    visitor = Visitor(site)
    asked = visitor.post("/accounts/login/code/", {"email": "an@example.org"})
    assert asked.status == 302
    (link,) = re.findall(r"https://localhost(/account/\S+)", site.mail())
    assert visitor.post(link, {}).status == 302
    desk = visitor.get("/desk/")
    assert desk.status == 200
    assert "An" in desk.text


def test_cookies_go_over_tls_only(site: Site) -> None:
    lines = cookie_lines(Visitor(site), "/accounts/login/")
    assert lines
    assert [line for line in lines if "; Secure" not in line] == []


def test_attempts_count_for_the_address_that_made_them_whatever_it_claims(site: Site) -> None:
    guesser, neighbour = Visitor(site, "127.0.0.2"), Visitor(site, "127.0.0.3")
    statuses = [
        guesser.post(
            "/accounts/login/",
            {"login": f"nobody{number}@example.org", "password": "guess"},
            **{"X-Forwarded-For": f"198.51.100.{number}", "X-Real-IP": f"198.51.100.{number}"},
        ).status
        for number in range(22)
    ]
    assert 429 not in statuses[:20]
    assert statuses[-1] == 429
    wrong = {"login": "nobody@example.org", "password": "guess"}
    assert neighbour.post("/accounts/login/", wrong).status == 200


def test_slow_visitors_hold_up_nobody(site: Site) -> None:
    """Eight threads serve all; forty who never finish their request keep none of them."""
    slow = []
    for number in range(40):
        visitor = Visitor(site, "127.0.0.4").connection()
        visitor.connect()
        assert isinstance(visitor.sock, socket.socket)
        words = b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\n"
        finished = b"Content-Length: 5000\r\n\r\nlogin=" if number % 2 else b"X-Slow: "
        visitor.sock.sendall(words + finished)
        slow.append(visitor)
    assert [Visitor(site, "127.0.0.5").get("/about/").status for _ in range(8)] == [200] * 8
    for visitor in slow:
        visitor.close()


def announced(site: Site, path: str, size: int) -> int:
    """What a body of so many bytes is answered before any of them was sent."""
    connection = Visitor(site).connection()
    connection.putrequest("POST", path)
    connection.putheader("Content-Length", str(size))
    connection.endheaders()
    status = connection.getresponse().status
    connection.close()
    return status


def test_a_body_beyond_the_limit_is_refused_by_the_proxy(site: Site) -> None:
    assert announced(site, "/accounts/login/", 26 * MB) == 413
    assert announced(site, "/directory/register/", 2051 * MB) == 413


def test_an_extract_of_the_register_reaches_the_program(site: Site) -> None:
    connection = Visitor(site).connection()
    try:
        connection.request("POST", "/directory/register/", body=bytes(26 * MB))
        # The program refuses a stranger before it has read all, which the proxy may call a 502.
        assert connection.getresponse().status in {403, 502}
    finally:
        connection.close()


def test_styles_are_kept_by_the_proxy_and_for_ever_by_the_browser(site: Site) -> None:
    page = Visitor(site).get("/about/").text
    (style, *_) = re.findall(r'href="(/static/[^"]+\.css)"', page)
    answer = Visitor(site).get(style)
    assert answer.status == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert wait_until(lambda: any(_files(site.nginx / "clusterwerk")), 5)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_figures_are_not_for_visitors(site: Site) -> None:
    visitor = Visitor(site)
    assert visitor.get("/metrics", Authorization=f"Bearer {TOKEN}").status == 404
    assert visitor.get("/readyz").text == '{"ready": true}'
    assert visitor.get("/healthz").text == "ok\n"


def test_the_proxy_notes_neither_queries_nor_links(site: Site) -> None:
    Visitor(site).get("/about/?q=somebody@example.org")
    log = site.nginx / "clusterwerk.log"
    assert wait_until(lambda: " GET 200 " in log.read_text("utf-8"), 5)
    assert "somebody" not in log.read_text("utf-8")
    assert "/about" not in log.read_text("utf-8")
