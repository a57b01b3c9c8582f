"""Everybody who sits or sat in a group, as a file."""

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clusterwerk.activities.models import VOTING, Mandate, StandingGroup
from clusterwerk.clusters.models import Cluster
from clusterwerk.platform.ui.export import About, Column, Format, Table


def mandates_table(
    group: StandingGroup, cluster: Cluster, rows: QuerySet[Mandate]
) -> Table[Mandate]:
    """Former and coming ones too; the last day is the first without."""
    return Table(
        name=f"{cluster.key}-group-{group.pk}",
        columns=(
            Column(
                _("Person"), lambda row: str(row.contact) if row.contact else row.name, width=28
            ),
            Column(_("Organisation"), _organisation, width=34),
            Column(_("Kind of organisation"), _kind, width=22),
            Column(_("Role"), lambda row: str(capfirst(row.get_role_display()))),
            Column(_("Votes"), lambda row: _("yes") if row.role in VOTING else _("no")),
            Column(_("Since"), lambda row: row.period.lower, Format.DAY),
            Column(_("First day without"), lambda row: row.period.upper, Format.DAY),
        ),
        rows=rows,
        about=About(
            group.name,
            (
                (_("Cluster"), cluster.name),
                (_("Kind"), str(capfirst(group.get_kind_display()))),
                (_("Source"), _("Mandates as the team of the cluster keeps them")),
            ),
        ),
    )


def _organisation(row: Mandate) -> str:
    return row.organisation.name if row.organisation else ""


def _kind(row: Mandate) -> str:
    return str(capfirst(row.organisation.get_kind_display())) if row.organisation else ""
