"""Every finding has its reason and its row in the documentation."""

import re
from pathlib import Path

from clusterwerk.config.doctor.reasons import WHY

ROOT = Path(__file__).resolve().parents[3]
DOCTOR = ROOT / "src" / "clusterwerk" / "config" / "doctor"
MADE = re.compile(r'\b(?:ok|unknown|warn|fail|wrong|_asked)\(\s*"([a-z -]+)"')
ROW = re.compile(r"^\| ((?:`[a-z -]+`(?:, )?)+) \|", re.MULTILINE)


def test_each_finding_has_one_reason_and_one_row() -> None:
    code = "\n".join(path.read_text("utf-8") for path in DOCTOR.glob("*.py"))
    made = set(MADE.findall(code)) | {"settings"}  # that one is made by the command
    text = (ROOT / "docs" / "operate" / "doctor.md").read_text("utf-8")
    rows = {name for row in ROW.findall(text) for name in re.findall(r"`([^`]+)`", row)}
    assert made == set(WHY)
    assert rows - {"ok", "unknown", "warn", "fail"} == set(WHY)
