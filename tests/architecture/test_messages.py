"""Both catalogues say all that the sources say, and are compiled."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_catalogues_are_complete_in_dutch_and_english() -> None:
    checked = subprocess.run(
        [sys.executable, "tools/messages.py", "check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout
