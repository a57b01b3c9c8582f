"""The panel that a page of one row shows of its past."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.db import models

from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.history.actions import undo_of
from clusterwerk.platform.history.queries import changes
from clusterwerk.platform.history.records import record_of

register = template.Library()
MOST = 5


@register.inclusion_tag("history/panel.html", takes_context=True)
def history_panel(context: Mapping[str, Any], row: models.Model) -> dict[str, Any]:
    """The newest changes of a row and its file, with the way to all of them."""
    record = record_of(type(row))
    assert record is not None, type(row)
    page = changes(record, row.pk, most=MOST)
    return {
        "request": context["request"],
        "record": record,
        "row": row.pk,
        "page": page,
        "undo": undo_of(seats_of(context["request"]), record, row.pk),
    }


@register.filter
def reason_in_words(reason: str) -> str:
    """What the past keeps as reason: a sentence of a person, or the name of a screen."""
    return "" if ":" in reason and " " not in reason else reason
