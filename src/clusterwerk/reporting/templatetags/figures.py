"""How pages say figures: value, place, qualifying words, in the reader's language."""

from django import template

from clusterwerk.reporting.figures import words
from clusterwerk.reporting.indicators import indicator_name
from clusterwerk.reporting.models import CountedReading, PublishedReading

register = template.Library()
register.filter("indicator", indicator_name)
register.filter("place", words.said_place)


@register.filter
def printed(reading: PublishedReading) -> str:
    """The value of a published reading with the word printed before it: "almost 1,200"."""
    value = words.said_value(reading.value, reading.unit)
    return f"{words.spoken(reading.qualifier)} {value}".strip()


@register.filter
def counted(reading: CountedReading) -> str:
    """The value of a counted reading; empty when the records gave none."""
    return words.said_number(reading.number, reading.unit)


@register.filter
def said(text: str, kind: str) -> str:
    """A word of a figure in the reader's language: `reading.basis|said:"basis"`."""
    return words.said(kind, text)


@register.filter
def part(reading: PublishedReading) -> str:
    """The segment a reading speaks of; empty for the whole."""
    return words.said_segment(reading.dimension, reading.segment) if reading.dimension else ""
