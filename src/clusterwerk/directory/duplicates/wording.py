"""Reasons for and against, in words."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clusterwerk.measure.duplicates import Reason

REASONS: Mapping[str, str | Promise] = {
    Reason.SAME_NUMBER: _("same number in a register"),
    Reason.SAME_NAME: _("same name"),
    Reason.ONE_LETTER: _("names differ by one letter"),
    Reason.TWO_LETTERS: _("names differ by two letters"),
    Reason.SHORTENED: _("one name is written in short"),
    Reason.PART: _("one name holds the other"),
    Reason.ALIKE: _("names are alike"),
    Reason.INITIALS: _("one name is the initials of the other"),
    Reason.OTHER_NAME: _("different names"),
    Reason.SAME_WEBSITE: _("same website"),
    Reason.SAME_MAIL: _("same domain of e-mail"),
    Reason.SAME_STREET: _("same street and number"),
    Reason.SAME_POSTCODE: _("same postcode"),
    Reason.SAME_PLACE: _("same municipality"),
    Reason.COMMON_NAME: _("but many are called so"),
    Reason.OTHER_PLACE: _("but in different places"),
    Reason.OTHER_WEBSITE: _("but with different websites"),
    Reason.OTHER_COUNTRY: _("but in different countries"),
    Reason.OTHER_NUMBER: _("different numbers in one register"),
    Reason.NUMBER_ENDED: _("different numbers, of which one has ended"),
}


def in_words(
    keys: Iterable[str], reasons: Mapping[str, str | Promise] = REASONS
) -> tuple[str, ...]:
    """Reasons as they were kept; one of an earlier version is left out."""
    return tuple(str(reasons[key]) for key in keys if key in reasons)
