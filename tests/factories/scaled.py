"""Several processes on one machine: server, standby, pooler, web servers, workers, a proxy."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg

from clusterwerk.platform.postgres import binaries, home
from clusterwerk.platform.postgres.address import OWNER
from clusterwerk.platform.postgres.home import Home

SITE = Path(__file__).parent.parent / "scale" / "site"
APPLICATION = "clusterwerk_app"


def wait_until(true: Callable[[], object], seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def url_of(folder: Path | str, role: str = APPLICATION) -> str:
    return f"postgresql://{role}@/clusterwerk?host={quote(str(folder), safe='')}"


def tcp_url(port: int, role: str = APPLICATION) -> str:
    return f"postgresql://{role}@127.0.0.1:{port}/clusterwerk?sslmode=disable&gssencmode=disable"


def environment_of(var: Path, **more: str) -> dict[str, str]:
    kept = {key: text for key, text in os.environ.items() if not key.startswith("CLUSTERWERK")}
    root = SITE.parent.parent
    path = os.pathsep.join(
        [str(SITE), str(root), *filter(None, [kept.get("PYTHONPATH")])],
    )
    own = {"CLUSTERWERK_VAR": str(var), "DJANGO_SETTINGS_MODULE": "scale_site", "PYTHONPATH": path}
    own["CLUSTERWERK_UPGRADE"] = "automatic"  # the programs may change while they are worked on
    return {**kept, "DATABASE_URL": "", "DATABASE_OWNER_URL": "", **own, **more}


# --- PostgreSQL -----------------------------------------------------------------------------------


@dataclass
class Standby:
    """A hot standby of the server in `primary`, made by `pg_basebackup`; starts and is killed."""

    primary: Home
    folder: Path

    @property
    def run(self) -> Path:
        return self.folder / "run"

    @property
    def url(self) -> str:
        return url_of(self.run)

    def make(self) -> None:
        (self.primary.data / "pg_hba.conf").write_text(
            "local all all peer map=clusterwerk\nlocal replication all peer map=clusterwerk\n"
        )
        os.kill(postmaster(self.primary.data), signal.SIGHUP)
        for folder in (self.folder, self.run):
            self.primary.account.own(folder)
        source = f"host={self.primary.run} user=postgres"
        words = ["-D", str(self.folder / "data"), "-d", source, "-R", "-X", "stream", "-c", "fast"]
        assert wait_until(lambda: self._program("pg_basebackup", *words, "--no-sync") == 0, 10)

    def start(self) -> None:
        own = f"-c unix_socket_directories={self.run} -c logging_collector=off"
        words = ["start", "-w", "-D", str(self.folder / "data"), "-o", own]
        assert self._program("pg_ctl", *words, "-l", str(self.folder / "log")) == 0

    def kill(self) -> None:
        with suppress(FileNotFoundError):
            os.kill(postmaster(self.folder / "data"), signal.SIGQUIT)
        assert wait_until(lambda: not (self.folder / "data" / "postmaster.pid").exists())

    def ask(self, statement: str) -> object:
        with psycopg.connect(url_of(self.run, "postgres"), autocommit=True) as connection:
            row = connection.execute(statement).fetchone()
            return row and row[0]

    def _program(self, name: str, *words: str) -> int:
        programs = home.readable_binaries(binaries.find(), self.primary.account)
        return subprocess.run(
            [programs.program(name), *words],
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **self.primary.account.process_options(),
        ).returncode


def postmaster(data: Path) -> int:
    return int((data / "postmaster.pid").read_text("utf-8").split("\n", 1)[0])


# --- The pooler -----------------------------------------------------------------------------------

PGBOUNCER = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")


@contextmanager
def pooler(primary: Home, folder: Path, *, size: int) -> Iterator[str]:
    """PgBouncer in transaction mode with `size` server connections; its address as application."""
    assert PGBOUNCER, "the tests that need it are skipped without it"
    primary.account.own(folder)
    port = free_port()
    file = folder / "pgbouncer.ini"
    file.write_text(
        "[databases]\n"
        f"clusterwerk = host={primary.run} user={APPLICATION}\n"
        "[pgbouncer]\n"
        f"listen_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n"
        f"auth_type = any\npool_mode = transaction\ndefault_pool_size = {size}\n"
        f"max_client_conn = 200\nlogfile = {folder}/log\nserver_round_robin = 1\n",
        "utf-8",
    )
    file.chmod(0o644)
    process = subprocess.Popen(
        [PGBOUNCER, "-q", str(file)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **primary.account.process_options(),
    )
    try:
        assert wait_until(lambda: _listens(port), 10)
        yield tcp_url(port)
    finally:
        process.terminate()
        process.wait()


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


# --- Web servers and workers ----------------------------------------------------------------------


@dataclass
class Answer:
    """What came back; status 0 when the connection broke before."""

    status: int
    text: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def json(self) -> dict[str, object]:
        found = json.loads(self.text)
        assert isinstance(found, dict)
        return found


class Web:
    """One `clusterwerk web` as a process of its own."""

    def __init__(self, var: Path, *words: str, **environment: str) -> None:
        self.port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "clusterwerk.config", "web", "--port", str(self.port), *words],
            env=environment_of(var, **environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def ready(self) -> "Web":
        def answers() -> bool:
            assert self.process.poll() is None, "the web server has ended"
            return bool(self.ask("/robots.txt").status)

        assert wait_until(answers, 60)
        return self

    def ask(
        self, path: str, *, session: str = "", form: dict[str, str] | None = None, **headers: str
    ) -> Answer:
        """One request on a connection of its own; a form makes it a POST."""
        cookies = {"Cookie": f"sessionid={session}"} if session else {}
        sent = {"Accept-Language": "en", **cookies, **headers}
        body = urlencode(form) if form is not None else None
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("POST" if form is not None else "GET", path, body, sent)
            response = connection.getresponse()
            text = response.read().decode("utf-8", "replace")
            headers = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, text, headers)
        except (OSError, http.client.HTTPException):
            return Answer(0)
        finally:
            connection.close()

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        if self.process.poll() is None:
            self.process.send_signal(number)
            self.process.wait(timeout=40)


@contextmanager
def web(var: Path, *words: str, **environment: str) -> Iterator[Web]:
    one = Web(var, *(words or ("--workers", "1")), **environment)
    try:
        yield one.ready()
    finally:
        one.stop()


@contextmanager
def worker(var: Path, **environment: str) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(
        [sys.executable, "-m", "clusterwerk.config", "worker"],
        env=environment_of(var, **environment),
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


# --- A line that breaks ---------------------------------------------------------------------------


class Proxy:
    """A line to the server that can be cut, cut at a word, delayed, half closed and frozen."""

    def __init__(self, server: Path) -> None:
        self._server = str(server / ".s.PGSQL.5432")
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self.is_open = True
        self.delay = 0.0
        self.cut_after: bytes | None = None  # the word is let through, its answer never comes back
        self.cuts = 0
        self._flows = threading.Event()
        self._flows.set()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Every connection ends now; new ones are taken again unless `is_open` is false."""
        for pair in self._pairs:
            for end in pair:
                _close(end)
        self._pairs.clear()

    def half_close(self) -> None:
        """The server's side says nothing more; ours may still send."""
        for client, _server in self._pairs:
            with suppress(OSError):
                client.shutdown(socket.SHUT_WR)

    def freeze(self) -> None:
        """Nothing passes any more, in both directions, and no end learns that it does not."""
        self._flows.clear()

    def thaw(self) -> None:
        self._flows.set()

    def close(self) -> None:
        self.thaw()
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _address = self._listener.accept()
                if not self.is_open:
                    _close(client)
                    continue
                server = socket.socket(socket.AF_UNIX)
                try:
                    server.connect(self._server)
                except OSError:
                    _close(client)
                    _close(server)
                    continue
                self._pairs.append((client, server))
                for one, other in ((client, server), (server, client)):
                    thread = threading.Thread(target=self._carry, args=[one, other], daemon=True)
                    thread.start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                self._flows.wait()
                time.sleep(self.delay)
                if self.cut_after and self.cut_after in data:
                    self.cut_after = None
                    self.cuts += 1
                    _close(one)  # whoever said the word hears nothing more
                    other.sendall(data)
                    time.sleep(0.2)  # the server carries the word out before it learns of the end
                    break
                other.sendall(data)
        self._flows.wait()
        _close(one)
        _close(other)


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


def owner_url(place: Home) -> str:
    return url_of(place.run, OWNER)
