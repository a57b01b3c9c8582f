"""`serve` from the first line to the last: who comes after whom, and who goes before whom.

Up: place in `var`, port, database, roles, migrations and access rules, static files, demo, worker,
web server, first page. Down: web server, worker, database, place.
"""

import time
from dataclasses import dataclass
from pathlib import Path

from clusterwerk.config import exits
from clusterwerk.config.supervisor import budget, children, notify, ports, steps
from clusterwerk.config.supervisor.child import Child
from clusterwerk.config.supervisor.database import Database, chosen
from clusterwerk.config.supervisor.once import Place, Serving
from clusterwerk.config.supervisor.ports import Port
from clusterwerk.config.supervisor.screen import Screen
from clusterwerk.config.supervisor.stopping import Stopped, Wish
from clusterwerk.config.supervisor.warden import Warden
from clusterwerk.platform.postgres.errors import ServerError

WAIT_FOR_OTHER = 90.0  # seconds for another serve to become ready, or to be cleared away
ROUND = 0.2  # seconds between two looks at the children


@dataclass(frozen=True)
class Options:
    """What the command line asks for.

    is_port_named: somebody asks for this very port, so that another one would not be found.
    """

    var: Path
    host: str
    port: int
    is_port_named: bool
    workers: int
    threads: int
    job_workers: int
    demo: bool

    @property
    def need(self) -> budget.Need:
        return budget.of_web(self.workers, self.threads) + budget.of_workers(self.job_workers)


def serve(options: Options, screen: Screen) -> int:
    """Serve until a signal; returns the exit code of the command."""
    wish = Wish()
    wish.listen()
    place = Place(options.var)
    try:
        other = _taken_by(place, wish, screen)
        if other:
            screen.say(f"Clusterwerk already runs at {other.address} (process {other.pid}).")
            return exits.OK
        return Supervisor(options, screen, wish, place).run()
    except Stopped:
        return exits.OK


def _taken_by(place: Place, wish: Wish, screen: Screen) -> Serving | None:
    """Take the place, waiting for one who starts or is cleared away; the one who keeps it."""
    end = time.monotonic() + WAIT_FOR_OTHER
    told = False
    while not place.take():
        other = place.other()
        if other or time.monotonic() > end:
            return other or _never(place)
        if not told:
            screen.say("Another start is under way in the same folder; waiting for it.")
            told = True
        wish.pause(0.1)
    return None


def _never(place: Place) -> Serving:
    message = (
        f"Another start holds {place.lock.path} for {WAIT_FOR_OTHER:.0f} s and does not get ready. "
        "End its process, or choose another folder with CLUSTERWERK_VAR."
    )
    raise ServerError(message)


class Supervisor:
    """Everything that one serve has started."""

    def __init__(self, options: Options, screen: Screen, wish: Wish, place: Place) -> None:
        self._options = options
        self._screen = screen
        self._wish = wish
        self._place = place
        self._database: Database = chosen(options.var)
        self._children: list[Child] = []  # in the order of stopping
        assert place.lock.handle is not None, "the place was taken"
        self._warden = Warden(options.var, place.lock.handle)

    def run(self) -> int:
        try:
            self._up()
            while True:
                self._wish.pause(ROUND)
                self._tend()
        except Stopped:
            return exits.OK
        finally:
            self._down()

    def _up(self) -> None:
        port = self._reserve()
        self._tell()
        with self._screen.step("Starting the database", "Database"):
            self._database.up()
        steps.prepare(self._options.var, self._screen, self._wish, self._tell_task)
        budget.check(self._options.var, self._options.need)
        if self._options.demo:
            steps.load_demo(self._options.var, self._screen, self._wish, self._tell_task)
        self._start_children(port)
        address = f"http://{_readable(self._options.host)}:{port.number}/"
        self._place.announce(address)
        notify.ready(address)
        self._screen.welcome(address, *steps.sign_ins(demo=self._options.demo))

    def _reserve(self) -> Port:
        options = self._options
        try:
            port = ports.reserve(options.host, options.port, or_another=not options.is_port_named)
        except OSError as error:
            message = f"Cannot listen on {options.host}: {error.strerror or error}"
            raise ServerError(message) from None
        if port.number != options.port:
            self._screen.warn(f"Port {options.port} is taken; using {port.number}.")
        return port

    def _start_children(self, port: Port) -> None:
        options = self._options
        settings = children.environment(options.var, demo=options.demo)
        settings["CLUSTERWERK_PORT"] = str(port.number)  # links in mails lead to where it listens
        web = children.web(options.host, port.number, options.workers, options.threads, settings)
        workers = [children.worker(settings, number) for number in range(options.job_workers)]
        with self._screen.step("Starting the web server", "Web server and worker"):
            for child in (web, *workers):
                child.start()
                self._children.append(child)
                self._tell()
            status = steps.wait_for_page(_reachable(options.host), port.number, web, self._wish)
        if status >= steps.SERVER_ERROR:
            self._screen.warn(f"The home page answers {status}; what went wrong is written above.")

    def _tend(self) -> None:
        for sentence in (self._database.tend(), *(child.tend() for child in self._children)):
            if sentence:
                self._screen.warn(sentence)
        self._tell()

    def _tell(self) -> None:
        found = [[child.group, child.patience] for child in self._children if child.group]
        self._warden.tell(groups=found, database=self._database.ours)

    def _tell_task(self, group: int) -> None:
        self._warden.tell(groups=[[group, steps.PATIENCE]], database=self._database.ours)

    def _down(self) -> None:
        notify.stopping()
        for child in self._children:
            child.stop(lambda: self._wish.urgent)
        self._database.down()
        self._warden.dismiss()
        self._place.leave()
        if self._wish.stop:
            self._screen.say("Everything is stopped.")


def _readable(host: str) -> str:
    """The host as a person would type it."""
    if host in {"127.0.0.1", "0.0.0.0", "::", "::1"}:  # noqa: S104 - compared, not bound
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _reachable(host: str) -> str:
    """Where this machine reaches a server that listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
