"""Parts of the desk that are drawn once for as long as its figures are kept."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from clusterwerk.desk.queries.cluster import ClusterDesk

register = template.Library()


@register.simple_tag
def drawn_once(name: str, desk: ClusterDesk) -> SafeString:
    """A template that shows nothing but the desk: nothing of the request and of the person.

    The desk is kept under the version of its rows, the day and the language; so is its drawing.
    """
    if name not in desk.drawn:
        desk.drawn[name] = render_to_string(name, {"desk": desk, "money": desk.money})
    return desk.drawn[name]
