"""Names folded as `words.search_name` does, for whole columns.

Two million names go through here, most of them plain letters: the slower rules see only those that
need them.
"""

from collections.abc import Callable

import polars as pl

from clusterwerk.directory.register.words import LEGAL_FORMS

ODD = r"[^\x00-\x7f]"
FORM_APART = r"(?-u:\b)(?:comm|s) (?:v|va|comm)(?-u:\b)"
NOT_PLAIN = rf"[^a-z0-9 ]|^ | $|  |{FORM_APART}"
A_FORM = r"(?:^| )(?:" + "|".join(sorted(LEGAL_FORMS)) + r")\b"


def folded(names: pl.Series) -> pl.Series:
    plain = _of_some(names.str.to_lowercase(), NOT_PLAIN, _plain)
    return _of_some(plain, A_FORM, _without_forms)


def _of_some(texts: pl.Series, pattern: str, change: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """The texts, those changed that hold the pattern."""
    chosen = texts.str.contains(pattern)
    if not chosen.any():
        return texts
    return texts.clone().scatter(chosen.arg_true(), change(texts.filter(chosen)))


def _plain(texts: pl.Series) -> pl.Series:
    letters = _of_some(texts, rf"{ODD}|\.", _letters)
    known = _of_some(letters, ODD, lambda some: some.str.replace_all(r"[\W_]+", " "))
    spaced = known.str.replace_all(r"[\x00-/:-@\[-`{-\x7f]+", " ").str.strip_chars()
    return _of_some(
        spaced,
        FORM_APART,
        lambda some: some.str.replace_all(r"\b(comm|s) (v|va|comm)\b", "${1}${2}"),
    )


def _letters(texts: pl.Series) -> pl.Series:
    """Without accents, and initials with dots as one word."""
    return (
        texts.str.replace_all("ß", "ss", literal=True)
        .str.replace_all(
            "\N{GREEK SMALL LETTER FINAL SIGMA}", "\N{GREEK SMALL LETTER SIGMA}", literal=True
        )
        .str.normalize("NFKD")
        .str.replace_all(r"\p{M}", "")
        .str.replace_all(r"\b(\w)\.", "${1}")
    )


def _without_forms(texts: pl.Series) -> pl.Series:
    """A name that is a legal form and nothing else keeps it."""
    without = texts.str.replace_all(A_FORM, "").str.strip_chars()
    return texts.zip_with(without == "", without)
