"""Words become HTML and plain text, and nothing in a name becomes a tag, a link or a head."""

import pytest

from clusterwerk.activities.mailings.texts import (
    as_html,
    as_line,
    as_plain,
    check,
    clean_value,
)
from clusterwerk.platform.errors import DomainError

LENA = {"first_name": "Lena", "organisation": "Éclair & Co", "link": "https://example.org/a?b=1&c"}
TEXT = """## News of {organisation}

Dear {first_name},
this is **bold**.

- one
- [two]({link})

https://example.org/x."""


def test_headings_lists_links_and_names() -> None:
    assert as_html(TEXT, LENA) == (
        "<h2>News of Éclair &amp; Co</h2>\n"
        "<p>Dear Lena,<br>this is <strong>bold</strong>.</p>\n"
        '<ul><li>one</li><li><a href="https://example.org/a?b=1&amp;c">two</a></li></ul>\n'
        '<p><a href="https://example.org/x">https://example.org/x</a>.</p>'
    )
    assert as_plain(TEXT, LENA) == (
        "News of Éclair & Co\n-------------------\n\n"
        "Dear Lena,\nthis is bold.\n\n"
        "- one\n- two: https://example.org/a?b=1&c\n\n"
        "https://example.org/x."
    )


def test_what_is_not_known_leaves_no_gap() -> None:
    assert as_plain("Dear {first_name},", {}) == "Dear,"
    assert as_html("[Here]({link})", {}) == "<p>Here</p>"


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        "**bold**",
        "[click](https://evil.example)",
        "{link}",
        'x" onmouseover="y',
        "Lena\r\nBcc: all@example.org",
    ],
)
def test_a_hostile_name_is_words_alone(name: str) -> None:
    values = {**LENA, "first_name": clean_value(name)}
    html = as_html("Dear {first_name}, [here]({link})", values)
    assert html.count("<a ") == 1
    assert "<script" not in html
    assert "<strong" not in html
    assert 'onmouseover="' not in html
    assert "evil.example" not in html
    assert "\n" not in as_line("Dear {first_name}", values)
    assert "\r" not in as_line("Dear {first_name}", values)


def test_hostile_words_of_the_team_stay_words() -> None:
    html = as_html("<img src=x onerror=alert(1)> [a](javascript:alert(1)) [b](data:x)", {})
    assert "<img" not in html
    assert "href" not in html


@pytest.mark.parametrize("text", ["{nobody}", "{first_name.__class__}", "[a](ftp://x)"])
def test_what_cannot_be_filled_in_is_refused(text: str) -> None:
    with pytest.raises(DomainError):
        check(text)


def test_long_hostile_text_is_read_quickly() -> None:
    for text in ("[" * 20_000, "**" * 15_000, "{" * 30_000, "https://" * 4_000, "- " * 15_000):
        check(text) if "{" not in text else None
        as_html(text, LENA)
        as_plain(text, LENA)
