"""Values of own fields as screens write them."""

from datetime import date
from decimal import Decimal

from django import template
from django.utils.translation import gettext as _

from clusterwerk.members.models import CustomField, FieldKind
from clusterwerk.platform.ui.templatetags.ui import day, typed

register = template.Library()


@register.filter
def own_value(field: CustomField, value: str) -> str:
    """A kept value in the reader's way of writing."""
    match FieldKind(field.kind):
        case FieldKind.NUMBER:
            return typed(Decimal(value))
        case FieldKind.DAY:
            return day(date.fromisoformat(value))
        case FieldKind.YES_NO:
            return _("yes") if value == "yes" else _("no")
        case _:
            return value
