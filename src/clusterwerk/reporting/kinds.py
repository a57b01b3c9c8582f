"""What the tables of this room hold, for "who can see what of us"."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.kinds import DataKind
from clusterwerk.platform.ui.templatetags.ui import day
from clusterwerk.reporting.figures.words import said_place
from clusterwerk.reporting.indicators import indicator_name
from clusterwerk.reporting.models import (
    CountedReading,
    Document,
    PublishedProject,
    PublishedProjectCluster,
    PublishedReading,
    PublishedStamp,
    StatedReading,
)

REPORTING_KINDS = (
    DataKind(
        StatedReading,
        71,
        _("Stated figures"),
        _("Figures of earlier years that you wrote down yourselves, with who says so."),
        lambda cluster: Q(cluster_id=cluster),
        str,
    ),
    DataKind(
        CountedReading,
        70,
        _("Counted figures"),
        _(
            "What your own records counted to on a day. A figure tells the agency something of "
            "rows that it cannot see, and with few members that can be much."
        ),
        lambda cluster: Q(cluster_id=cluster),
        lambda reading: f"{indicator_name(reading.indicator)} ({day(reading.day)})",
    ),
    DataKind(
        PublishedReading,
        92,
        _("Published figures"),
        _("What a published document prints about your cluster."),
        lambda cluster: Q(cluster_id=cluster),
        lambda reading: f"{indicator_name(reading.indicator)} ({said_place(reading.place)})",
    ),
    DataKind(
        PublishedProject,
        93,
        _("Published projects"),
        _("Applications and collaborations in which a published document names you."),
        lambda cluster: Q(parts__cluster_id=cluster),
        str,
    ),
    DataKind(
        PublishedProjectCluster,
        94,
        _("Part in published projects"),
        _("That a published document names your cluster in such a project."),
        lambda cluster: Q(cluster_id=cluster),
        lambda part: str(part.project),
        ("project",),
    ),
    DataKind(
        PublishedStamp,
        97,
        _("Published stamp"),
        _("A drawn value that tells public pages of your agency that something changed."),
        lambda cluster: Q(agency__cluster=cluster),
        lambda _stamp: "",
    ),
    DataKind(
        Document,
        98,
        _("Documents"),
        _("The published documents that print something about your cluster."),
        lambda cluster: Q(readings__cluster_id=cluster),
        str,
    ),
)
