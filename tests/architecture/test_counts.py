"""Counts in sentences have the reader's thousands sign: 1.234 and not 1234."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import override

from clusterwerk.clusters.handover.steps import Done

SOURCE = Path(__file__).parents[2] / "src" / "clusterwerk"

SENTENCE = re.compile(r"\{% blocktranslate ([^%]*)%\}(.*?)\{% endblocktranslate %\}", re.DOTALL)
COUNTER = re.compile(r"(?<![\w.|])count (\w+)=")
LENGTH = re.compile(r"(\w+)=[\w.]+\|length(?!\|count)(?= |$)")
BARE = re.compile(r"\{\{ [\w.]+\|length \}\}")


def bare_counts(template: str) -> Iterator[str]:
    """Counters and lengths that are printed as they are."""
    yield from BARE.findall(template)
    for told, words in SENTENCE.findall(template):
        chosen = COUNTER.findall(told)
        printed = [*chosen, *(name for name in LENGTH.findall(told) if name not in chosen)]
        yield from (f"{{{{ {name} }}}}" for name in printed if f"{{{{ {name} }}}}" in words)


def test_the_check_finds_a_bare_count_and_leaves_one_with_a_sign() -> None:
    bare = "{% blocktranslate count n=rows %}{{ n }} rows{% endblocktranslate %}"
    signed = bare.replace("count n=rows", "count rows=rows with n=rows|count")
    assert list(bare_counts(bare)) == ["{{ n }}"]
    assert list(bare_counts(signed)) == []
    assert list(bare_counts("{{ rows|length }} of {{ all|length|count }}")) == ["{{ rows|length }}"]


def test_no_sentence_prints_a_count_without_its_sign() -> None:
    found = {
        str(path.relative_to(SOURCE)): bare
        for path in sorted(SOURCE.rglob("*.html"))
        if (bare := list(bare_counts(path.read_text())))
    }
    assert found == {}


def hidden_counters(template: str) -> Iterator[str]:
    """What is counted has the name of a written number, which then is counted and is no number."""
    for told, _words in SENTENCE.findall(template):
        counted = re.search(r"count \w+=(\w+)", told)
        if counted and re.search(rf"(?<!count )\b{counted.group(1)}=", told):
            yield counted.group(0)


def test_no_written_number_hides_what_is_counted() -> None:
    hiding = (
        "{% blocktranslate count n=rows with rows=rows|count %}{{ rows }}{% endblocktranslate %}"
    )
    assert list(hidden_counters(hiding)) == ["count n=rows"]
    found = [
        str(path.relative_to(SOURCE))
        for path in sorted(SOURCE.rglob("*.html"))
        if list(hidden_counters(path.read_text()))
    ]
    assert found == []


def test_what_was_done_to_many_rows_is_told_with_the_sign_of_the_language() -> None:
    for language, told in (("nl", "1.234 rows"), ("en", "1,234 rows")):
        with override(language):
            assert Done("%(number)s rows", 1234).told == told
