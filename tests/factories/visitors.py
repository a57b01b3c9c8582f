"""Visitors of a site over the network: each with an address, cookies and patience of its own."""

import http.client
import re
import ssl
import urllib.parse
from dataclasses import dataclass, field
from email import policy
from email.parser import BytesParser
from pathlib import Path

HIDDEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Site:
    """A program with a proxy before it: its folders and the ports of all three."""

    var: Path
    nginx: Path
    http: int
    https: int
    application: int

    def mail(self) -> str:
        """The text of the newest mail, which is caught."""
        newest = max((self.var / "mail").glob("*.eml"))
        message = BytesParser(policy=policy.default).parsebytes(newest.read_bytes())
        body = message.get_body(("plain",))
        assert body
        return str(body.get_content())


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    text: str


@dataclass
class Visitor:
    """A browser in small, at `address` of the loopback network."""

    site: Site
    address: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, form: dict[str, str], **headers: str) -> Answer:
        """Sends the form of the page at `path`, with the token that stands in it."""
        found = HIDDEN.search(self.get(path, **headers).text)
        assert found, path
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": found[1], **form})
        return self._ask("POST", path, body, headers)

    def plain(self, path: str, host: str = "localhost") -> Answer:
        """Over http."""
        connection = http.client.HTTPConnection("127.0.0.1", self.site.http, timeout=20)
        connection.request("GET", path, headers={"Host": host})
        return _read(connection)

    def _ask(self, method: str, path: str, body: str | None, more: dict[str, str]) -> Answer:
        connection = self.connection()
        headers = {"Host": "localhost", "Referer": "https://localhost/", **more}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={text}" for name, text in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer = _read(connection)
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return answer

    def connection(self) -> http.client.HTTPSConnection:
        trusted = ssl.create_default_context(cafile=str(self.site.nginx / "fullchain.pem"))
        source = (self.address, 0)
        return http.client.HTTPSConnection(
            "localhost", self.site.https, timeout=20, context=trusted, source_address=source
        )


def _read(connection: http.client.HTTPConnection) -> Answer:
    response = connection.getresponse()
    text = response.read().decode("utf-8", "replace")
    connection.close()
    return Answer(response.status, response.headers, text)
