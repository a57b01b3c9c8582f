"""Why two organisations look like one, in words."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.measure.duplicates.scoring import Reason
from clusterwerk.members.moving_in.fields import Words

_WORDS: dict[Reason, Words] = {
    Reason.SAME_NUMBER: _("same number"),
    Reason.SAME_NAME: _("same name"),
    Reason.ONE_LETTER: _("one letter differs"),
    Reason.TWO_LETTERS: _("two letters differ"),
    Reason.SHORTENED: _("shortened name"),
    Reason.PART: _("one name is part of the other"),
    Reason.ALIKE: _("names look alike"),
    Reason.INITIALS: _("initials of the name"),
    Reason.OTHER_NAME: _("another name"),
    Reason.SAME_WEBSITE: _("same website"),
    Reason.SAME_MAIL: _("same mail domain"),
    Reason.SAME_STREET: _("same street"),
    Reason.SAME_POSTCODE: _("same postcode"),
    Reason.SAME_PLACE: _("same municipality"),
    Reason.COMMON_NAME: _("many have this name"),
    Reason.OTHER_PLACE: _("another place"),
    Reason.OTHER_WEBSITE: _("another website"),
    Reason.OTHER_COUNTRY: _("another country"),
    Reason.OTHER_NUMBER: _("another number"),
    Reason.NUMBER_ENDED: _("the other has stopped"),
}


def reason_words(reason: Reason) -> Words:
    return _WORDS.get(reason, reason.value)
