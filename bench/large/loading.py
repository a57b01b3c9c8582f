"""`python -m bench.large.loading SCALE`: fill the database of BENCH_DATABASE as the owner.

A scale of 0 adds nothing and settles the database as a load does.
"""

import subprocess
import sys
from collections.abc import Callable, Mapping

import django

from bench.server import ROOT


def load_into(
    environment: Mapping[str, str], database: str, scale: float, tell: Callable[[str], None]
) -> None:
    """Load in a process of its own, because this one is no owner of tables."""
    with subprocess.Popen(
        [sys.executable, "-m", "bench.large.loading", str(scale)],
        cwd=ROOT,
        env={**environment, "BENCH_DATABASE": database, "CLUSTERWERK_ROLE": "owner"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            tell(line.rstrip())
    if process.returncode:
        raise RuntimeError(f"loading {database} ended with {process.returncode}")


def main(scale: float) -> None:
    django.setup()
    from bench.large.load import load, settle  # noqa: PLC0415 - models load first
    from bench.large.shape import shape_of  # noqa: PLC0415

    if not scale:
        settle()
        return
    load(shape_of(scale), progress=lambda step: print(step, flush=True))


if __name__ == "__main__":
    main(float(sys.argv[1]))
