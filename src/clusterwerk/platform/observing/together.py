"""One folder in which all web processes of a machine keep their counts, so that each can tell all.

Whichever process is asked for the figures adds up the files of all. Counts of a process that died
stay, or the sums would fall; when none lives any more, the next start begins anew.

The folder belongs in memory (RUNTIME_DIRECTORY, set by systemd): the library maps its files, and
a mapped file on a full disk ends the process that writes to it.
"""

import os
import re
from pathlib import Path

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"  # read by the library when it is imported
OURS = re.compile(r"\w+_(\d+)\.(?:db|alive)")


def count_in(folder: Path) -> None:
    """Let this process count in `folder`; before anything imports the library."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = {path: int(match[1]) for path in folder.iterdir() if (match := _ours(path))}
    # Listed first and looked at afterwards: what another start writes meanwhile is not touched.
    if not any(_lives(number) for number in found.values()):
        for path in found:
            path.unlink(missing_ok=True)
    # A process that has counted nothing yet speaks for its dead neighbours as well.
    (folder / f"process_{os.getpid()}.alive").touch()
    os.environ[VARIABLE] = str(folder)


def _ours(path: Path) -> re.Match[str] | None:
    return OURS.fullmatch(path.name)


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
