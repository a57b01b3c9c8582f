"""When a start may change tables that hold data, and what the database says of its release."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from clusterwerk.config.upgrading import policy, written


@pytest.mark.parametrize(
    ("url", "setting", "way"),
    [
        ("", "", "automatic"),
        ("postgresql://a@b/c", "", "asked"),
        ("", "asked", "asked"),
        ("postgresql://a@b/c", "Automatic", "automatic"),
    ],
)
def test_the_kind_of_database_decides_unless_the_setting_does(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str, setting: str, way: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("CLUSTERWERK_UPGRADE", setting)
    assert policy.way() == way
    words = policy.allowed(tmp_path)
    if way == "asked":
        assert words == ()
    else:
        assert words[0] == "established"
        assert words[1].startswith(f"copy={tmp_path}/backups/before-")


def test_another_word_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLUSTERWERK_UPGRADE", "yes")
    with pytest.raises(ImproperlyConfigured, match="expected automatic or asked"):
        policy.way()


@pytest.mark.parametrize(
    ("comment", "release"),
    [
        (None, ""),
        ("our own words", ""),
        ("clusterwerk {broken", ""),
        ('clusterwerk {"release": "0.2.0"}', "0.2.0"),
    ],
)
def test_the_release_is_read_out_of_the_comment(comment: str | None, release: str) -> None:
    assert written.release_in(comment) == release


def test_the_statement_and_the_reading_agree() -> None:
    statement = written.statement("0.3.0")
    comment = statement.partition(" is '")[2].removesuffix("'")
    assert written.release_in(comment) == "0.3.0"
