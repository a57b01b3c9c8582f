"""Scheme files: what they say, and what a file that does not fit is told."""

from decimal import Decimal
from pathlib import Path

import pytest

from clusterwerk.programme.schemes import FOLDER, SchemeFileError, read_scheme, scheme_rules


def test_the_two_flemish_schemes_are_shipped_with_their_ceilings() -> None:
    network, spearhead = scheme_rules()["flanders-ibn"], scheme_rules()["flanders-spc"]
    assert (network.duration.months, network.subsidy_maximum_eur) == (36, Decimal(450_000))
    assert (spearhead.duration.months, spearhead.subsidy_maximum_eur) == (120, Decimal(5_000_000))
    assert [indicator.key for indicator in network.indicator] == [
        "members.paying",
        "members.new",
        "collaborations.started",
    ]


def test_every_rule_says_where_it_comes_from() -> None:
    for rules in scheme_rules().values():
        for rule in (rules.duration, rules.subsidy, *rules.indicator):
            assert rule.source


def test_a_file_that_does_not_fit_names_every_place(tmp_path: Path) -> None:
    text = (FOLDER / "flanders-ibn.toml").read_text("utf-8")
    path = tmp_path / "wrong.toml"
    path.write_text(text.replace("\nmonths = 36", "\nmonths = 0").replace("rate_pct", "rate"))
    with pytest.raises(SchemeFileError) as caught:
        read_scheme(path)
    lines = str(caught.value).splitlines()
    assert len(lines) == 3
    assert any("duration.months" in line for line in lines)
    assert any("subsidy.rate_pct" in line for line in lines)


def test_a_file_that_is_no_toml_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text("key = ")
    with pytest.raises(SchemeFileError, match=r"broken\.toml: not readable as TOML"):
        read_scheme(path)
