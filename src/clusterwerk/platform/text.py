"""Sorting and searching text the same way everywhere: without accents and without case."""

import unicodedata

from django.db import models


class SortKey(models.Func):
    """Database function `sort_key(text)`: lower case, accents folded; leakproof to compare."""

    function = "sort_key"
    output_field = models.TextField()


def name_sort_field(source: str = "name") -> models.GeneratedField:
    """Stored key by which names sort well on every server, whatever its collations."""
    return models.GeneratedField(
        expression=SortKey(models.F(source)), output_field=models.TextField(), db_persist=True
    )


def folded(text: str) -> str:
    """The key a person's search words are compared by: lower case, accents folded."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


LONGEST_NUMBER = len(str(2**63)) - 1


def row_number(text: str) -> int:
    """A number of a row as an address or a form says it; 0, which no row has, for anything else."""
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if is_number else 0
