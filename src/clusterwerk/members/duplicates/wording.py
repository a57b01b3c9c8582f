"""Reasons for and against two contacts being one person, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clusterwerk.measure.duplicates import PersonReason

REASONS: Mapping[str, str | Promise] = {
    PersonReason.SAME_ADDRESS: _("the same mailbox"),
    PersonReason.SAME_MAILBOX: _("one mailbox that several read"),
    PersonReason.SAME_PERSON_NAME: _("same name"),
    PersonReason.NAME_ONE_LETTER: _("names differ by one letter"),
    PersonReason.NAME_ALIKE: _("names are spelled alike"),
    PersonReason.NAME_VARIANT: _("first names that one person may go by"),
    PersonReason.NAME_LONGER: _("one name has a word more"),
    PersonReason.NAME_INITIAL: _("the first name is written in short"),
    PersonReason.NAME_PART: _("one name is a part of the other"),
    PersonReason.NAME_IN_ADDRESS: _("the address is written after the name"),
    PersonReason.OTHER_PERSON_NAME: _("but another name"),
    PersonReason.SAME_MOBILE: _("same mobile number"),
    PersonReason.SAME_PHONE: _("same telephone number"),
    PersonReason.SAME_ORGANISATION: _("same organisation"),
    PersonReason.SAME_COMPANY_MAIL: _("addresses of one company"),
    PersonReason.MANY_SO_NAMED: _("but many are called so"),
    PersonReason.OTHER_ADDRESS_THERE: _("but each has an address there"),
    PersonReason.OTHER_MOBILE: _("but each has another mobile number"),
    PersonReason.OTHER_GENERATION: _("but one is called senior or junior"),
}
