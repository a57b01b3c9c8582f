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
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
