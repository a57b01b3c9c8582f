"""The past of the members' own words, of periods of keeping and of suppressed addresses."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.members.models import MemberProfile, NeedOrOffer, RetentionRule, Suppression
from clusterwerk.platform.history.records import Record

PRIVACY_RECORDS = (
    Record(
        MemberProfile,
        _("Profile of a member"),
        {
            "summary": _("What we do"),
            "description_nl": _("Description in Dutch"),
            "description_en": _("Description in English"),
            "website": _("Website"),
        },
    ),
    Record(
        NeedOrOffer,
        _("Need or offer"),
        {
            "entry": _("Told to several clusters as"),
            "kind": _("Kind"),
            "title": _("In short"),
            "text": _("More about it"),
            "tags": _("Tags"),
            "audience": _("May be matched with"),
            "told_on": _("Told on"),
            "open_until": _("Open until"),
            "closed_on": _("Closed on"),
            "outcome": _("What became of it"),
        },
    ),
    Record(
        RetentionRule,
        _("Period of keeping"),
        {"kind": _("Kind"), "months": _("Months"), "is_on": _("In force")},
    ),
    Record(
        Suppression,
        _("Address not to bring back"),
        {
            "digest": _("Digest"),
            "cause": _("Cause"),
            "purposes": _("No consent for"),
            "since": _("Since"),
        },
    ),
)
