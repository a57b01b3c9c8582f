"""Makes `.venv` as the lock says, with nothing but Python's own library.

Run as `python3 tools/install.py run` or `test`. What was installed is stamped with the digest of
its lock, so that a second run takes a moment.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "clusterwerk.json"
OLDEST = (3, 11)
ENVIRONMENT = 3  # exit code: the machine is not as needed
LAST_LINES = 40

# A lock and what it covers: the tests' lock holds everything that running needs.
COVERS = {"run": ("run",), "test": ("test", "run")}


def main() -> int:
    wanted = sys.argv[1] if len(sys.argv) > 1 else "run"
    if wanted not in COVERS:
        return refuse(f"Unknown set {wanted!r}; expected run or test.")
    if sys.version_info < OLDEST:
        return refuse(f"Python {sys.version.split()[0]} is too old; needed is 3.11 or newer.")
    if stamped(wanted):
        return 0
    return make_environment() or install(wanted)


def digest(name: str) -> str:
    """Of the lock, of what the project declares, and of the Python that runs it."""
    files = (ROOT / "requirements" / f"{name}.txt", ROOT / "pyproject.toml", Path(__file__))
    total = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}".encode())
    for file in files:
        total.update(file.read_bytes())
    return total.hexdigest()


def stamped(wanted: str) -> bool:
    try:
        return bool(json.loads(STAMP.read_text("utf-8")).get(wanted) == digest(wanted))
    except (OSError, ValueError):
        return False


def make_environment() -> int:
    """A virtual environment that runs; one that does not is made anew."""
    if runs(PYTHON) and runs(VENV / "bin" / "pip"):
        return 0
    shutil.rmtree(VENV, ignore_errors=True)
    if subprocess.run(
        [sys.executable, "-c", "import ensurepip"], capture_output=True, check=False
    ).returncode:
        missing = install_venv_package()
        if missing:
            return missing
    return step("Making the environment", [sys.executable, "-m", "venv", str(VENV)])


def runs(program: Path) -> bool:
    try:
        return not subprocess.run(
            [program, "--version"], capture_output=True, check=False
        ).returncode
    except OSError:
        return False


def install_venv_package() -> int:
    """Debian keeps a part of Python in a package of its own; only root can install it."""
    package = "python3-venv"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return refuse(
            f"Python cannot make environments here. Install its package first:\n"
            f"    sudo apt-get install {package}\nand run make again."
        )
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    return step("Asking for the list of packages", ["apt-get", "update"]) or step(
        f"Installing {package}", ["apt-get", "install", "--yes", package]
    )


def install(wanted: str) -> int:
    lock = ROOT / "requirements" / f"{wanted}.txt"
    packages = sum(line[:1].isalnum() for line in lock.read_text("utf-8").splitlines())
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    # The lock is complete, so pip need not look for what a package wants.
    locked = [*pip, "--no-deps", "--require-hashes", "-r", str(lock)]
    project = [*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)]
    failed = step(f"Installing {packages} packages", locked, total=packages) or step(
        "Installing Clusterwerk", project
    )
    if not failed:
        stamps = {name: digest(name) for name in COVERS[wanted]}
        STAMP.write_text(json.dumps(stamps), "utf-8")
    return failed


def step(title: str, command: list[str], total: int = 0) -> int:
    """Run quietly, counting what pip has looked at; when it fails, show what it said last."""
    start = time.monotonic()
    said: list[str] = []
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout
        for line in process.stdout:
            said.append(line.rstrip())
            show(title, sum(one.startswith("Collecting") for one in said), total)
    if process.returncode:
        finish("✗", title, start)
        print("\n".join(said[-LAST_LINES:]), file=sys.stderr)
        return refuse(f"{title} failed; the lines above say why.")
    finish("✓", title, start)
    return 0


def show(title: str, done: int, total: int) -> None:
    if sys.stdout.isatty():
        count = f" {min(done, total)}/{total}" if total else ""
        print(f"\r\033[K… {title}{count}", end="", flush=True)


def finish(mark: str, title: str, start: float) -> None:
    back = "\r\033[K" if sys.stdout.isatty() else ""
    print(f"{back}{mark} {title} {time.monotonic() - start:.1f} s", flush=True)


def refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return ENVIRONMENT


if __name__ == "__main__":
    sys.exit(main())
