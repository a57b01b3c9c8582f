"""What target groups and the lists of places and sectors hold, for "who can see what of us"."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from clusterwerk.directory.models import (
    Ecosystem,
    EcosystemSector,
    OrganisationSector,
    Postcode,
    Sector,
    SectorLink,
)
from clusterwerk.members.models import TargetGroup, TargetGroupCount
from clusterwerk.platform.kinds import DataKind
from clusterwerk.platform.ui.templatetags.ui import day


def _of_nobody(_cluster: int) -> Q:
    """A list that is the same for everybody holds nothing about one cluster."""
    return Q(pk__lt=0)


def _codes_of_members(cluster: int) -> Q:
    activities: Any = OrganisationSector.objects.filter(
        organisation__memberships__cluster=cluster,
        nomenclature=OuterRef("nomenclature"),
        code=OuterRef("code"),
    )
    return Q(Exists(activities))


TARGET_GROUP_KINDS = (
    DataKind(
        TargetGroup,
        40,
        _("Target groups"),
        _("Which enterprises you want to reach, as you describe them."),
        lambda cluster: Q(cluster_id=cluster),
        str,
    ),
    DataKind(
        TargetGroupCount,
        41,
        _("Counts of target groups"),
        _("How many enterprises a target group held on a day, and how many were your members."),
        lambda cluster: Q(cluster_id=cluster),
        lambda count: f"{count.target_group} ({day(count.day)})",
        ("target_group",),
    ),
    DataKind(
        OrganisationSector,
        98,
        _("Activities of your members"),
        _("Activity codes of organisations, from the enterprise register and other sources."),
        lambda cluster: Q(organisation__memberships__cluster=cluster) | Q(cluster_id=cluster),
        str,
    ),
    DataKind(
        Postcode,
        98,
        _("Postcodes"),
        _("The public list of postcodes, of the municipalities where your members are."),
        lambda cluster: Q(place__organisation__memberships__cluster=cluster),
        str,
    ),
    DataKind(
        Sector,
        99,
        _("Activity codes"),
        _("The public lists of activity codes, as far as your members have them."),
        _codes_of_members,
        str,
    ),
    DataKind(
        SectorLink,
        99,
        _("How activity codes follow each other"),
        _("The public tables from one list of activity codes to the next; nothing about you."),
        _of_nobody,
        str,
    ),
    DataKind(
        Ecosystem,
        99,
        _("Industrial ecosystems"),
        _("The fourteen European ecosystems; nothing about you."),
        _of_nobody,
        str,
    ),
    DataKind(
        EcosystemSector,
        99,
        _("Activity codes of ecosystems"),
        _("Which activities an ecosystem holds; nothing about you."),
        _of_nobody,
        str,
    ),
)
