"""Web processes that count in one folder."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from clusterwerk.platform.observing import together

GONE = 2**22 + 1  # above the highest number that the system gives a process


@pytest.fixture(autouse=True)
def _variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(together.VARIABLE, raising=False)


def test_counts_of_a_former_start_are_cleared(tmp_path: Path) -> None:
    (tmp_path / f"counter_{GONE}.db").touch()
    (tmp_path / "note.txt").touch()
    together.count_in(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {
        "note.txt",
        f"process_{os.getpid()}.alive",
    }


def test_counts_of_a_dead_process_stay_while_another_lives(tmp_path: Path) -> None:
    together.count_in(tmp_path)  # a neighbour that has not counted anything yet
    (tmp_path / f"counter_{GONE}.db").touch()
    together.count_in(tmp_path)
    assert (tmp_path / f"counter_{GONE}.db").exists()


def test_two_processes_count_together(tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
from clusterwerk.platform.observing import together
together.count_in(Path(sys.argv[1]))
from clusterwerk.platform.observing.requests import ANSWERED
ANSWERED.labels("portal:home", "2xx").inc(int(sys.argv[2]))
if len(sys.argv) > 3:
    import subprocess
    subprocess.run([sys.executable, "-c", sys.argv[3], sys.argv[1], "5"], check=True)
    from prometheus_client import CollectorRegistry
    from prometheus_client.multiprocess import MultiProcessCollector
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    labels = {"view": "portal:home", "status": "2xx"}
    print(registry.get_sample_value("clusterwerk_requests_total", labels))
"""
    words = [sys.executable, "-c", program, str(tmp_path), "2", program]
    done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(done.stdout) == 7
