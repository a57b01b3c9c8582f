"""Addresses of the replica and of a pooler, as Django's connection settings."""

from pathlib import Path

import pytest

from clusterwerk.platform.postgres.address import from_url, is_pooled, replica_settings
from clusterwerk.platform.postgres.errors import ServerError


@pytest.fixture(autouse=True)
def primary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://clerk:secret@db.example:5433/work")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://boss:secret@db.example:5433/work")
    monkeypatch.delenv("CLUSTERWERK_REPLICA_URL", raising=False)
    monkeypatch.delenv("CLUSTERWERK_POOLER", raising=False)


def test_without_an_address_there_is_no_replica(tmp_path: Path) -> None:
    assert replica_settings(tmp_path) is None


def test_what_the_replicas_address_leaves_out_is_as_on_the_primary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLUSTERWERK_REPLICA_URL", "postgresql://copy.example?sslmode=require")
    found = replica_settings(tmp_path)
    assert found
    parts = [found[key] for key in ("HOST", "PORT", "USER", "PASSWORD", "NAME")]
    assert parts == ["copy.example", "5433", "clerk", "secret", "work"]
    assert found["OPTIONS"]["sslmode"] == "require"
    assert found["OPTIONS"]["connect_timeout"] == 2


def test_a_wrong_address_of_the_replica_names_its_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLUSTERWERK_REPLICA_URL", "mysql://copy.example")
    with pytest.raises(ServerError, match="CLUSTERWERK_REPLICA_URL starts with 'mysql'"):
        replica_settings(tmp_path)


def test_only_a_pooler_in_transaction_mode_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_pooled()
    monkeypatch.setenv("CLUSTERWERK_POOLER", "Transaction")
    assert is_pooled()
    monkeypatch.setenv("CLUSTERWERK_POOLER", "statement")
    with pytest.raises(ServerError, match="'statement'; expected transaction or none"):
        is_pooled()


@pytest.mark.parametrize("password", ["pa/ssword", "pa#ssword", "pa?ssword", "pa[ssword"])
def test_a_password_that_ends_the_address_early_is_told_of_and_not_shown(password: str) -> None:
    with pytest.raises(ServerError, match="DATABASE_URL cannot be read") as raised:
        from_url(f"postgresql://clerk:{password}@db.example/work")
    assert "clerk" not in str(raised.value)
    assert "'pa" not in str(raised.value)
    assert raised.value.__cause__ is None


def test_a_password_written_as_its_signs_are_is_read() -> None:
    found = from_url("postgresql://clerk:pa%2Fss%23w%40rd@db.example/work")
    assert (found["PASSWORD"], found["HOST"]) == ("pa/ss#w@rd", "db.example")
