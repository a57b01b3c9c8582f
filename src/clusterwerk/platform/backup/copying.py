"""A copy of a back-up elsewhere: into a folder, or by a command such as rclone or scp.

A folder's copy is read again and compared. What a command did cannot be seen from here: its exit
code is believed.
"""

import shlex
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from clusterwerk.platform.backup import work
from clusterwerk.platform.backup.errors import BackupError
from clusterwerk.platform.postgres.errors import ServerError

PLACEHOLDERS = ("{file}", "{name}")
PAUSES = (5.0, 60.0)
LAST_CHARACTERS = 400


@dataclass(frozen=True, slots=True)
class Destination:
    """A folder, or a command with `{file}` and `{name}`.

    limit: seconds for the command; pauses: seconds before the second attempt and those after it.
    """

    text: str
    limit: float = 3600.0
    pauses: tuple[float, ...] = PAUSES

    @property
    def folder(self) -> Path | None:
        """The folder, when it is one."""
        is_command = any(word in self.text for word in PLACEHOLDERS)
        return None if is_command else Path(self.text).expanduser()

    @property
    def shown(self) -> str:
        """Where copies go; of a command its program alone, for words may be secret."""
        return str(self.folder or shlex.split(self.text)[0])


def copy(made: Path, destination: Destination) -> None:
    """Copy a back-up, three attempts; BackupError with the last reason."""
    for wait in (*destination.pauses, None):
        try:
            _once(made, destination)
        except BackupError:
            if wait is None:
                raise
            time.sleep(wait)
        else:
            return


def _once(made: Path, destination: Destination) -> None:
    if destination.folder is None:
        _by_command(made, destination)
    else:
        _to_folder(made, destination.folder)


def _to_folder(made: Path, folder: Path) -> None:
    target = folder / made.name
    if target.exists() and work.digest_of(target) == work.digest_of(made):
        return
    try:
        with work.written(target) as file, made.open("rb") as source:
            shutil.copyfileobj(source, file, work.CHUNK)
        equal = work.digest_of(target) == work.digest_of(made)
    except (OSError, ServerError) as error:
        message = f"The copy to {folder} failed: {error}"
        raise BackupError(message) from error
    if not equal:
        target.unlink(missing_ok=True)
        message = f"The copy in {folder} is not what was copied; it was removed."
        raise BackupError(message)


def _by_command(made: Path, destination: Destination) -> None:
    words = [
        word.replace("{file}", str(made)).replace("{name}", made.name)
        for word in shlex.split(destination.text)
    ]
    try:
        answer = subprocess.run(  # noqa: S603 - the operator's own command, without a shell
            words,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=destination.limit,
            check=False,
        )
    except subprocess.TimeoutExpired:
        message = f"{destination.shown} did not end within {destination.limit:.0f} s."
        raise BackupError(message) from None
    except OSError as error:
        message = f"{destination.shown} cannot be started: {error.strerror}."
        raise BackupError(message) from None
    if answer.returncode:
        said = answer.stderr.decode("utf-8", "replace").strip()[-LAST_CHARACTERS:]
        message = f"{destination.shown} ended with {answer.returncode}: {said}"
        raise BackupError(message)
