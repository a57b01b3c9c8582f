"""The panel that a page of one row shows of its past."""

from typing import Any

from django import template
from django.db import models

from clusterwerk.platform.history.queries import Change, newest_row
from clusterwerk.platform.history.queries import last_change as last_change_of
from clusterwerk.platform.history.records import record_of

register = template.Library()


@register.inclusion_tag("history/panel.html")
def history_panel(row: models.Model) -> dict[str, Any]:
    """The newest changes of a row and its file, with the way to all of them.

    They are fetched when the panel comes into view, so that a page costs one question more and no
    longer answer; without script the way to them remains. Nothing for who may not see its past.
    """
    record = record_of(type(row))
    assert record is not None, type(row)
    return {"record": record if newest_row(record, row.pk) else None, "row": row.pk}


@register.simple_tag
def last_change(row: models.Model | None) -> Change | None:
    """Who changed a row last, and when; none where its past is not for the reader."""
    record = record_of(type(row)) if row else None
    return last_change_of(record, row.pk) if record and row else None


@register.filter
def reason_in_words(reason: str) -> str:
    """What the past keeps as reason: a sentence of a person, or the name of a screen."""
    return "" if ":" in reason and " " not in reason else reason
