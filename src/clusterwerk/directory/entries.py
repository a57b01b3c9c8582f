"""Lines of the menus."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.ui.navigation import Entry

DIRECTORY_ENTRIES = (
    Entry(
        "home",
        82,
        _("Enterprise register"),
        "directory:register_overview",
        "search",
        lambda seats: seats.is_steward,
    ),
    Entry(
        "data",
        10,
        _("Organisations"),
        "directory:organisation_find",
        "building",
        lambda seats: bool(seats.clusters),
        leads_to=(
            "directory:organisation_detail",
            "directory:organisation_add",
            "directory:organisation_correct",
            "directory:organisation_match",
            "directory:organisation_publish",
        ),
    ),
    Entry(
        "data",
        30,
        _("Duplicates"),
        "directory:duplicate_list",
        "copy",
        lambda seats: bool(seats.clusters),
        leads_to=("directory:duplicate_compare",),
    ),
    Entry(
        "home",
        84,
        _("Duplicates"),
        "directory:duplicate_list",
        "copy",
        lambda seats: seats.is_steward and not seats.clusters,
        leads_to=("directory:duplicate_compare",),
    ),
)
