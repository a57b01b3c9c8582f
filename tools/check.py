"""Runs every check, whatever the others found, and ends with one table.

Run as `.venv/bin/python tools/check.py`; exit code 1 when one of them failed.
"""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LEFT_OUT = """
  ******************************************************************
  *  Browser tests were LEFT OUT: no Chromium on this machine.     *
  *  Install it (Debian: apt-get install chromium) and run again.  *
  ******************************************************************
"""


@dataclass(frozen=True)
class Check:
    """A command that ends with zero when all is well."""

    name: str
    words: tuple[str, ...]

    def run(self) -> bool:
        command = [str(BIN / self.words[0]), *self.words[1:]]
        return (
            subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode == 0
        )


CHECKS = (
    Check("lint", ("ruff", "check", ".")),
    Check("format", ("ruff", "format", "--check", ".")),
    Check("templates", ("djhtml", "--check", "--tabwidth", "2", "src")),
    Check("imports", ("lint-imports",)),
    Check("types", ("mypy",)),
)


# Tests that share a server stay together. The browser gets a run of its own: its library keeps an
# event loop running, in which other tests cannot start theirs.
PYTEST = ("pytest", "--quiet", "--numprocesses", "2")
TESTS = Check("tests", (*PYTEST, "--dist", "loadgroup", "-m", "not browser"))
BROWSER = Check("browser", (*PYTEST, "--dist", "loadfile", "-m", "browser", "tests/journeys"))


def main() -> int:
    browser = any(shutil.which(name) for name in BROWSERS)
    results = [timed(check) for check in (*CHECKS, TESTS, *([BROWSER] if browser else []))]
    print()
    for name, passed, seconds in results:
        print(f"  {'passed' if passed else 'FAILED':<8}{name:<12}{seconds:6.1f} s")
    if not browser:
        print(LEFT_OUT)
    return 0 if all(passed for _, passed, _ in results) else 1


def timed(check: Check) -> tuple[str, bool, float]:
    print(f"\n== {check.name}: {' '.join(check.words)}", flush=True)
    start = time.monotonic()
    return check.name, check.run(), time.monotonic() - start


if __name__ == "__main__":
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    sys.exit(main())
