"""The past of what organisations do, in words."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.directory.models import OrganisationSector
from clusterwerk.platform.history.records import Record

SECTOR_RECORDS = (
    Record(
        OrganisationSector,
        _("Activity"),
        {
            "nomenclature": _("Nomenclature"),
            "code": _("Activity code"),
            "is_main": _("Main activity"),
            "source": _("Source"),
        },
    ),
)
