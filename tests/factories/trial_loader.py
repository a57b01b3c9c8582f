"""A process that loads a register into the database of the tests, for the test to kill.

Run as `python -m factories.trial_loader FILE NOTES`; it notes how far it is in the file NOTES and
takes its time, so that it can be killed in the middle.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from django.db import connection

from factories.trial_worker import DATABASE, ROOT

BUCKET = 40
BLOCK = 8192


def begun(file: Path, notes: Path) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}",
        "DJANGO_SETTINGS_MODULE": "trial_settings",
        DATABASE: str(connection.settings_dict["NAME"]),
    }
    command = [sys.executable, "-m", "factories.trial_loader", str(file), str(notes)]
    return subprocess.Popen(command, env=environment, cwd=ROOT)


def furthest(notes: Path) -> int:
    return (
        max((int(line) for line in notes.read_text().split()), default=0) if notes.exists() else 0
    )


def main() -> None:
    import django  # noqa: PLC0415 - the test names the settings

    django.setup()
    connection.settings_dict["NAME"] = os.environ[DATABASE]
    from clusterwerk.directory.actions.register import load_register  # noqa: PLC0415 - as above
    from clusterwerk.directory.register import archive, pieces  # noqa: PLC0415 - as above
    from factories.register_extracts import CommandSteps  # noqa: PLC0415 - as above

    pieces.BUCKET, archive.BLOCK = BUCKET, BLOCK

    class Slowly(CommandSteps):
        def tell(self, done: int, note: str) -> None:
            super().tell(done, note)
            with Path(sys.argv[2]).open("a") as notes:
                notes.write(f"{done}\n")
            time.sleep(0.05)

    load_register(steps=Slowly(), path=Path(sys.argv[1]))


if __name__ == "__main__":
    main()
