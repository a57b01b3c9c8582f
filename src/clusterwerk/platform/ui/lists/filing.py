"""A list as a file: the columns that are shown, for every row that is selected."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from clusterwerk.platform.ui import export
from clusterwerk.platform.ui.lists.asking import Asked
from clusterwerk.platform.ui.lists.declaring import Listing, Row
from clusterwerk.platform.ui.lists.reading import every_row
from clusterwerk.platform.ui.lists.showing import value_label


def list_table(
    listing: Listing[Row], asked: Asked, name: str, about: export.About
) -> export.Table[Row]:
    """Everything the address selects; the sheet `about` also tells the words and choices."""
    columns = [
        export.Column(column.label, column.value, column.format, column.width)
        for column in listing.columns
        if column.key in asked.columns
    ]
    lines = (*about.lines, *_choices(listing, asked))
    return export.Table(name, columns, every_row(listing, asked), export.About(about.title, lines))


def _choices(listing: Listing[Any], asked: Asked) -> Iterable[tuple[export.Words, export.Cell]]:
    if asked.typed:
        yield _("Words"), asked.typed
    for facet in listing.facets:
        if values := asked.holding.get(facet.key):
            yield facet.label, ", ".join(str(value_label(facet, value)) for value in values)
