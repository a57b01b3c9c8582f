"""Every printed figure leads to its place."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from clusterwerk.reporting.models import PublishedReading

register = template.Library()


@register.simple_tag
def at_place(reading: PublishedReading, text: str) -> SafeString:
    """The text of a figure as a link to the page of its reading."""
    address = reverse("reporting:reading_detail", args=[reading.pk])
    return format_html('<a href="{}">{}</a>', address, text)
