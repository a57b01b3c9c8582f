"""Writes the locks anew: exact versions and hashes for every platform, and no index address."""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("pyproject.toml", "requirements/build.in")
OPTIONS = (
    "--quiet",
    "--universal",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-header",
    "--python-version=3.11",
    "--upgrade",
)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([f"{folder}/bin/pip", "install", "--quiet", "uv"], check=True)
        lock(f"{folder}/bin/uv", "requirements/run.txt")
        lock(f"{folder}/bin/uv", "requirements/test.txt", "--extra=test")
    return 0


def lock(uv: str, target: str, *more: str) -> None:
    command = [uv, "pip", "compile", *OPTIONS, *more, *SOURCES, "--output-file", target]
    subprocess.run(command, check=True, cwd=ROOT)
    print(f"Wrote {target}.")


if __name__ == "__main__":
    sys.exit(main())
