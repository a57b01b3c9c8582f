"""The platform as `make run` starts it, in a folder of its own, and people who sign in to it."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
READY = re.compile(r"ready at http://([^:/]+):(\d+)")
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Platform:
    """A running platform: where it answers, and how long the first page took in seconds."""

    host: str
    port: int
    seconds_to_first_page: float
    process: "subprocess.Popen[str]"

    def visitor(self) -> "Visitor":
        return Visitor(HTTPConnection(self.host, self.port, timeout=60))


@contextmanager
def running(var: Path, port: int) -> Iterator[Platform]:
    """Start `clusterwerk serve --demo` and wait until the front page answers."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "clusterwerk.config", "serve", "--demo", "--port", str(port)],
        cwd=ROOT,
        env=environment(var),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        host, found = _address(process)
        visitor = Visitor(HTTPConnection(host, found, timeout=60))
        visitor.get("/")
        yield Platform(host, found, time.perf_counter() - begun, process)
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=60)


def environment(var: Path) -> dict[str, str]:
    return {
        **os.environ,
        "CLUSTERWERK_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        "DATABASE_URL": "",
    }


def _address(process: "subprocess.Popen[str]") -> tuple[str, int]:
    said = []
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line)
        if match := READY.search(line):
            return match.group(1), int(match.group(2))
    raise RuntimeError("the platform did not start:\n" + "".join(said))


class Visitor:
    """One browser: keeps its connection and its cookies."""

    def __init__(self, connection: HTTPConnection) -> None:
        self.connection = connection
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> bytes:
        status, body = self._ask("GET", path)
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")
        return body

    def sign_in(self, email: str, password: str) -> None:
        token = TOKEN.search(self.get("/accounts/login/"))
        assert token is not None
        form = {
            "csrfmiddlewaretoken": token.group(1).decode(),
            "login": email,
            "password": password,
        }
        status, _body = self._ask("POST", "/accounts/login/", urlencode(form))
        if status != 302:
            raise RuntimeError(f"{email} could not sign in: {status}")

    def seconds(self, path: str) -> float:
        begun = time.perf_counter()
        self.get(path)
        return time.perf_counter() - begun

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, bytes]:
        # As every browser asks; nobody signs in or reads a form on a page that comes compressed.
        headers = {"Accept-Encoding": "gzip"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return response.status, response.read()
