"""The newcomer's path, walked in a fresh clone with nothing but Python's own library.

`make run`, sign in as two people of the demo, fetch five pages as each, stop, and look whether
anything stayed; then once more, for the second start has to be quick. Run by `.ci/run` as
`python3 tests/newcomer.py`; exit code 1 and one sentence when something is not as promised.
"""

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIRST_START = 120.0  # seconds, with packages downloaded
SECOND_START = 6.0
STOP = 20.0
PAGES = 5
READY = re.compile(r"ready at (http://\S+)")
PERSON = re.compile(r"^\s*(\S.*?)\s{2,}(\S+@\S+)\s*$")
PASSWORD = re.compile(r"password (\S+)")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
LINK = re.compile(r'<a[^>]* href="(/[^"#?]*)"')
NOT_PAGES = ("/accounts/logout", "/static/", "/mail")


class BrokenPromise(Exception):  # noqa: N818 - that is what it is
    """Something that the README says is not so."""


class Run:
    """`make run` in the clone, and what it printed."""

    def __init__(self, clone: Path, port: int) -> None:
        self.start = time.monotonic()
        self.said: list[str] = []
        self.process = subprocess.Popen(
            ["make", "run", f"SERVE=--port {port}"],
            cwd=clone,
            env=clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            text=True,
        )

    def address(self) -> str:
        """Where it answers; the lines up to the last sign-in are read as well."""
        found = ""
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line.rstrip())
            print(f"    {line.rstrip()}")
            match = READY.search(line)
            found = match.group(1) if match else found
            if found and "Ctrl-C" in line:
                return found
        raise BrokenPromise("make run ended before it was ready")

    def people(self) -> list[tuple[str, str]]:
        return [match.groups() for line in self.said if (match := PERSON.match(line))]  # type: ignore[misc]  # two groups

    def password(self) -> str:
        found = next((match for line in self.said if (match := PASSWORD.search(line))), None)
        if not found:
            raise BrokenPromise("make run prints no password for the demo")
        return found.group(1)

    def stop(self) -> None:
        """Ctrl-C, as the terminal sends it: to the whole group."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
        try:
            self.process.communicate(timeout=STOP)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            raise BrokenPromise(f"Ctrl-C did not end make run within {STOP:.0f} s") from None


class Visitor:
    """A browser without pictures: keeps cookies and follows links."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.open = urllib.request.build_opener(jar).open

    def get(self, path: str) -> str:
        """The page; its path must not turn out to be the sign-in page."""
        with self.open(self.address + path, timeout=30) as answer:
            if "/accounts/login" in answer.url and "/accounts/login" not in path:
                raise BrokenPromise(f"{path} asks to sign in again")
            return str(answer.read().decode())

    def sign_in(self, email: str, password: str) -> None:
        token = TOKEN.search(self.get("/accounts/login/"))
        if not token:
            raise BrokenPromise("the sign-in page has no form")
        fields = {"login": email, "password": password, "csrfmiddlewaretoken": token.group(1)}
        request = urllib.request.Request(
            f"{self.address}/accounts/login/", urllib.parse.urlencode(fields).encode()
        )
        request.add_header("Referer", f"{self.address}/accounts/login/")
        with self.open(request, timeout=30) as answer:
            if "/accounts/login" in answer.url:
                raise BrokenPromise(f"{email} cannot sign in with the printed password")

    def walk(self, first: str, count: int) -> list[str]:
        """Fetch pages by following links from `first`, until `count` different ones answered."""
        waiting, seen = [first, "/"], list[str]()
        while waiting and len(seen) < count:
            path = waiting.pop(0)
            page = self.get(path)
            if "</html>" not in page:
                continue
            seen.append(path)
            links = (link for link in LINK.findall(page) if not link.startswith(NOT_PAGES))
            waiting += [link for link in links if link not in [*waiting, *seen]]
        if len(seen) < count:
            raise BrokenPromise(f"only {len(seen)} pages could be reached from {first}")
        return seen


def clean_environment() -> dict[str, str]:
    """Ours without what would make it another installation."""
    strange = ("CLUSTERWERK", "DATABASE", "DJANGO", "PYTHON", "VIRTUAL_ENV", "MAKE", "PG")
    return {key: text for key, text in os.environ.items() if not key.startswith(strange)}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def left_running(clone: Path) -> list[str]:
    """Commands of processes that still work in the clone; only Linux tells."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
            inside = (entry / "cwd").readlink().is_relative_to(clone)
        except OSError:
            continue
        if words and (inside or str(clone) in words) and int(entry.name) != os.getpid():
            found.append(words)
    return found


def expect_nothing_left(clone: Path) -> None:
    end = time.monotonic() + 10
    while left_running(clone) and time.monotonic() < end:
        time.sleep(0.2)
    if left_running(clone):
        raise BrokenPromise(f"still running after Ctrl-C: {left_running(clone)}")


def start(clone: Path, limit: float, port: int) -> tuple[Run, str]:
    """Run until the first page was read, which must not take longer than `limit`."""
    run = Run(clone, port)
    try:
        address = run.address()
        Visitor(address).get("/")
    except BaseException:
        run.stop()
        raise
    seconds = time.monotonic() - run.start
    print(f"  first page after {seconds:.1f} s (limit {limit:.0f} s)")
    if seconds > limit:
        run.stop()
        raise BrokenPromise(f"the first page took {seconds:.1f} s, more than {limit:.0f} s")
    return run, address


def visit(run: Run, address: str) -> None:
    people = run.people()
    if len(people) < 2:
        raise BrokenPromise("make run prints fewer than two demo sign-ins")
    for role, email in (people[0], people[-1]):
        visitor = Visitor(address)
        visitor.sign_in(email, run.password())
        print(f"  {role} read {', '.join(visitor.walk('/desk/', PAGES))}")


def walk_the_path(clone: Path) -> None:
    port = free_port()
    run, address = start(clone, FIRST_START, port)
    try:
        visit(run, address)
    finally:
        run.stop()
    expect_nothing_left(clone)
    start(clone, SECOND_START, port)[0].stop()
    expect_nothing_left(clone)


def clone_to(clone: Path) -> None:
    """Clone what is committed here, whoever owns the files."""
    trust = clone.with_name("gitconfig")
    trust.write_text("[safe]\n\tdirectory = *\n", "utf-8")
    environment = os.environ | {"GIT_CONFIG_GLOBAL": str(trust)}
    command = ["git", "clone", "--quiet", str(ROOT), str(clone)]
    subprocess.run(command, check=True, env=environment)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="newcomer") as folder:
        # Everybody may pass: for root, the database server runs as another user.
        Path(folder).chmod(0o755)
        clone = Path(folder) / "clusterwerk"
        clone_to(clone)
        try:
            walk_the_path(clone)
        except (BrokenPromise, OSError) as error:
            print(f"The newcomer's path is broken: {error}", file=sys.stderr)
            return 1
    print("The newcomer's path holds.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
