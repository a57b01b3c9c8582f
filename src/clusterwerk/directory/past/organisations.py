"""The past of organisations and places in words."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.directory.models import Organisation, OrganisationIdentifier, Place
from clusterwerk.platform.history.records import Record, register_records


def register_organisations() -> None:
    register_records(
        Record(
            Organisation,
            _("Organisation"),
            {
                "name": _("Name"),
                "kind": _("Kind"),
                "country": _("Country"),
                "place": _("Municipality"),
                "started_on": _("Started on"),
                "source": _("Source"),
            },
            parts=lambda row: [(OrganisationIdentifier, {"organisation_id": row.pgh_obj_id})],
        ),
        Record(
            OrganisationIdentifier,
            _("Identifier"),
            {"scheme": _("Register"), "value": _("Number or name")},
        ),
        Record(
            Place,
            _("Municipality"),
            {
                "name": _("Name"),
                "nis_code": _("Code"),
                "province": _("Province"),
                "region": _("Region"),
                "name_fr": _("French name"),
                "latitude": _("Latitude"),
                "longitude": _("Longitude"),
            },
        ),
    )
