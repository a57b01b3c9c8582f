"""The list of members as a file: the columns of the screen, for every row it holds."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.members.queries import MemberRow
from clusterwerk.members.wording import SHORT_SIZE_NAMES
from clusterwerk.platform.ui.export import About, Column, Format, Table

COLUMNS: tuple[Column[MemberRow], ...] = (
    Column(_("Member"), lambda row: row.organisation.name, width=40),
    Column(_("Municipality"), lambda row: row.place, width=24),
    Column(_("Category"), lambda row: row.category.name if row.category else None, width=20),
    Column(_("Member since"), lambda row: row.membership.period.lower, Format.DAY),
    Column(_("First day without"), lambda row: row.membership.period.upper, Format.DAY),
    Column(_("Pays a contribution"), lambda row: row.membership.is_paying),
    Column(_("Headcount"), lambda row: row.size.headcount if row.size else None, Format.COUNT),
    Column(_("Headcount of year"), lambda row: row.size.year if row.size else None, Format.TEXT),
    Column(
        _("Headcount class"),
        lambda row: SHORT_SIZE_NAMES[row.size_class] if row.size_class else None,
    ),
    Column(_("Contribution of the working year"), lambda row: row.contribution, Format.EURO, 20),
    Column(_("Source"), lambda row: row.membership.source, width=24),
    Column(_("Demo data"), lambda row: row.membership.is_demo),
)


def member_table(
    cluster: Cluster, day: date, working_year: int | None, rows: Iterable[MemberRow]
) -> Table[MemberRow]:
    """All rows with where they come from."""
    return Table(
        name=f"{cluster.key}-members",
        columns=COLUMNS,
        rows=rows,
        about=About(
            title=_("Members"),
            lines=(
                (_("Cluster"), cluster.name),
                (_("Members on"), day),
                (_("Working year"), working_year),
                (_("Source"), _("Counted from the memberships that the cluster keeps.")),
            ),
        ),
    )
