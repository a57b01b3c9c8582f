"""What the tables of members hold, for "who can see what of us".

The organisations of the directory stand here, because it is a membership that makes one yours.
"""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from clusterwerk.directory.models import (
    Organisation,
    OrganisationIdentifier,
    OrganisationWords,
    Place,
)
from clusterwerk.members.models import Contribution, Membership, MembershipCategory, SizeStatement
from clusterwerk.platform.kinds import DataKind


def _own_organisations(cluster: int) -> "QuerySet[Any]":
    """Members, past ones too, and what was typed in; put together here, because an OR over both
    tables reads every organisation.
    """
    members = Membership.objects.filter(cluster=cluster).order_by().values("organisation")
    private = Organisation.objects.filter(cluster_id=cluster).order_by().values("pk")
    return members.union(private)


MEMBERSHIP_KINDS = (
    DataKind(
        Membership,
        10,
        _("Memberships"),
        _(
            "Which organisation is your member, from when until when, and whether it pays. The "
            "agency reads this as the evidence of your figures; what a member pays it does not."
        ),
        lambda cluster: Q(cluster_id=cluster),
        lambda membership: str(membership.organisation),
        ("organisation",),
    ),
    DataKind(
        Contribution,
        20,
        _("Amounts of contributions"),
        _("What each member promised to pay for a working year."),
        lambda cluster: Q(cluster_id=cluster),
        lambda contribution: str(contribution.organisation),
        ("organisation",),
    ),
    DataKind(
        SizeStatement,
        21,
        _("Sizes that members stated"),
        _("Headcount, turnover and balance total of a member in a year, as it told you."),
        lambda cluster: Q(cluster_id=cluster),
        lambda size: f"{size.organisation} ({size.year})",
        ("organisation",),
    ),
    DataKind(
        MembershipCategory,
        30,
        _("Categories of membership"),
        _("The kinds of membership that you offer."),
        lambda cluster: Q(cluster_id=cluster),
        str,
    ),
    DataKind(
        Organisation,
        95,
        _("Your members in the directory, and organisations that you typed in"),
        _(
            "That an organisation exists, its name, kind and address; the directory is "
            "everybody's. That it is your member stands in the memberships and not here. One that "
            "you typed in is yours alone until you match or publish it; the agency reads it once "
            "it is your member."
        ),
        lambda cluster: Q(pk__in=_own_organisations(cluster)),
        str,
    ),
    DataKind(
        OrganisationIdentifier,
        96,
        _("Numbers of your members"),
        _("Enterprise numbers and names in documents, from public registers and sources."),
        lambda cluster: Q(organisation__in=_own_organisations(cluster)),
        lambda identifier: identifier.value,
    ),
    DataKind(
        OrganisationWords,
        98,
        _("Search words of organisations"),
        _("Name and municipality of shared organisations once more, as the search compares them."),
        lambda cluster: Q(organisation__memberships__cluster=cluster),
        str,
    ),
    DataKind(
        Place,
        97,
        _("Municipalities"),
        _("Where your members are, by the public list of municipalities."),
        lambda cluster: Q(organisation__memberships__cluster=cluster),
        str,
    ),
)
