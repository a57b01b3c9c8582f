"""The program as processes of its own, on a database of an earlier release."""

import os
import subprocess
import sys
from pathlib import Path

from factories.releases import Old

SITE = Path(__file__).resolve().parents[1] / "upgrade" / "site"
PREPARE = ("clusterwerk.config.supervisor.preparing", "database", "established")


def environment(old: Old, var: Path, **more: str) -> dict[str, str]:
    """Of the program on this database; the modules of tests/upgrade/site can be imported."""
    found = old.environment(var, **more)
    return found | {"PYTHONPATH": os.pathsep.join([str(SITE), found["PYTHONPATH"]])}


def start(old: Old, var: Path, *words: str, **more: str) -> subprocess.Popen[str]:
    """Run `python -m words`; what it says is one text."""
    return subprocess.Popen(
        [sys.executable, "-m", *words],
        env=environment(old, var, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def run(old: Old, var: Path, *words: str, **more: str) -> tuple[int, str]:
    """Exit code and what was said."""
    process = start(old, var, *words, **more)
    said = process.communicate(timeout=120)[0]
    return process.returncode, said


def prepare(old: Old, var: Path, **more: str) -> None:
    """Migrate and write the access rules, as the supervisor does."""
    code, said = run(old, var, *PREPARE, **{"CLUSTERWERK_ROLE": "owner", **more})
    assert code == 0, said
