"""The past of organisations and places in words."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.directory.models import Organisation, OrganisationIdentifier, Place
from clusterwerk.platform.history.records import Record

ORGANISATION_RECORDS = (
    Record(
        Organisation,
        _("Organisation"),
        {
            "name": _("Name"),
            "kind": _("Kind"),
            "legal_form": _("Legal form"),
            "country": _("Country"),
            "street": _("Street and number"),
            "postcode": _("Postcode"),
            "municipality": _("Municipality as written"),
            "place": _("Municipality"),
            "website": _("Website"),
            "started_on": _("Started on"),
            "ceased_on": _("Stopped on"),
            "source": _("Source"),
            "as_of": _("As of"),
            "is_kept_by_register": _("Kept by a register"),
            "cluster_id": _("Private to the cluster"),
            "agency_id": _("Shown to the agency"),
            "merged_into": _("Merged into"),
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
