"""A process that loads a register into the database of the tests, for the test to kill.

It notes how far it is in a file, and takes its time, so that it can be killed in the middle.
"""

import time
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from django.db import connection

from factories.trial_worker import forked

BUCKET = 40
BLOCK = 8192


def begun(file: Path, notes: Path) -> ForkServerProcess:
    return forked(load_slowly, file, notes, str(connection.settings_dict["NAME"]))


def furthest(notes: Path) -> int:
    return (
        max((int(line) for line in notes.read_text().split()), default=0) if notes.exists() else 0
    )


def load_slowly(file: Path, notes: Path, database: str) -> None:
    connection.settings_dict["NAME"] = database
    import factories.trial_loaded  # noqa: PLC0415, F401 - loaded before, if all went well
    from clusterwerk.directory.actions.register import load_register  # noqa: PLC0415 - when loaded
    from clusterwerk.directory.register import archive, pieces  # noqa: PLC0415 - as above
    from factories.register_extracts import CommandSteps  # noqa: PLC0415 - as above

    pieces.BUCKET, archive.BLOCK = BUCKET, BLOCK

    class Slowly(CommandSteps):
        def tell(self, done: int, note: str) -> None:
            super().tell(done, note)
            with notes.open("a") as lines:
                lines.write(f"{done}\n")
            time.sleep(0.05)

    load_register(steps=Slowly(), path=file)
