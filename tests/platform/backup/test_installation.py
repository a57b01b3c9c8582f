"""What PostgreSQL's own programs are told, and by which way."""

from pathlib import Path

import pytest

from clusterwerk.platform.backup.installation import Installation


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://owner:hush@db.example.org/crm",
        "postgresql://owner@db.example.org/crm?password=hush",
    ],
)
def test_no_password_stands_on_a_command_line_wherever_the_address_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    monkeypatch.setenv("DATABASE_OWNER_URL", address)
    installation = Installation(tmp_path, tmp_path / "files", "0.2.0")
    assert "hush" not in installation.address("clusterwerk backup")
    assert installation.password() == {"PGPASSWORD": "hush"}
