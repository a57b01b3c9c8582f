"""The breach log as a file: every entry, corrections among them."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.legal.forms import FACTS
from clusterwerk.platform.legal.models import BreachEntry
from clusterwerk.platform.legal.queries import BreachFile
from clusterwerk.platform.ui.export import About, Cell, Column, Format, Table


def breach_table(files: list[BreachFile]) -> Table[BreachEntry]:
    """One row for each entry, breaches by number, entries in the order they were noted."""
    rows = [entry for file in reversed(files) for entry in reversed(file.entries)]
    columns: list[Column[BreachEntry]] = [
        Column(_("Breach"), lambda row: row.breach_id, Format.COUNT),
        Column(_("Entry"), lambda row: row.revision, Format.COUNT),
        Column(_("Noted at"), lambda row: row.noted_at.isoformat(timespec="minutes"), width=24),
        Column(_("Noted by"), lambda row: str(row.noted_by or "")),
        Column(_("What is new or corrected"), lambda row: row.reason, width=40),
        *(_column(name) for name in FACTS),
    ]
    about = About(_("Breach log"), ((_("Rows"), len(rows)),))
    return Table("breaches", columns, rows, about)


def _column(name: str) -> Column[BreachEntry]:
    field = BreachEntry._meta.get_field(name)

    def value(row: BreachEntry) -> Cell:
        found = getattr(row, name)
        if hasattr(found, "isoformat"):
            return str(found.isoformat(timespec="minutes"))
        return None if found is None else str(found)

    return Column(str(getattr(field, "verbose_name", name)), value, width=24)
