from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

PEOPLE_PAGES = ("people:seat_change", "people:seat_ask")


class ClustersConfig(AppConfig):
    name = "clusterwerk.clusters"
    label = "clusters"

    def ready(self) -> None:
        from clusterwerk.clusters.access import seats_held  # noqa: PLC0415 - models load first
        from clusterwerk.clusters.erasing import (  # noqa: PLC0415
            claims_of_invited,
            end_seats,
            objection_of_seats,
        )
        from clusterwerk.clusters.handover.steps import register_steps  # noqa: PLC0415
        from clusterwerk.clusters.handover.taking import CLUSTER_STEPS  # noqa: PLC0415
        from clusterwerk.clusters.kinds import CLUSTER_KINDS  # noqa: PLC0415
        from clusterwerk.clusters.merging import CLUSTER_MOVES  # noqa: PLC0415 - models load first
        from clusterwerk.clusters.naming import host_relations, own_clusters  # noqa: PLC0415
        from clusterwerk.clusters.past import register_past  # noqa: PLC0415 - models load first
        from clusterwerk.clusters.searching import CLUSTER_SOURCE  # noqa: PLC0415
        from clusterwerk.directory.duplicates import register_merging  # noqa: PLC0415
        from clusterwerk.directory.relations import (  # noqa: PLC0415
            register_clusters,
            register_relations,
        )
        from clusterwerk.platform.access.seats import register_seats  # noqa: PLC0415
        from clusterwerk.platform.history.personal import (  # noqa: PLC0415
            PersonalData,
            register_personal,
        )
        from clusterwerk.platform.kinds import register_kinds  # noqa: PLC0415
        from clusterwerk.platform.searching import register_search  # noqa: PLC0415
        from clusterwerk.platform.ui.navigation import Entry, register_entries  # noqa: PLC0415

        register_seats(seats_held)
        register_clusters(own_clusters)
        register_relations(host_relations)
        register_kinds(*CLUSTER_KINDS)
        register_merging(*CLUSTER_MOVES)
        register_entries(
            Entry(
                "data",
                90,
                _("Who sees what of us"),
                "clusters:own_sharing",
                "eye",
                shown=lambda seats: bool(seats.clusters),
                leads_to=("clusters:sharing", "reporting:cluster_as_agency"),
            ),
            Entry(
                "data",
                80,
                _("Who has access"),
                "people:own_people",
                "key",
                shown=lambda seats: bool(seats.clusters),
                leads_to=("people:cluster_people", *PEOPLE_PAGES),
            ),
            Entry(
                "programme",
                90,
                _("Who has access"),
                "people:own_people",
                "key",
                shown=lambda seats: bool(seats.agencies) and not seats.clusters,
                leads_to=("people:agency_people", *PEOPLE_PAGES),
            ),
            Entry(
                "home",
                20,
                _("Who has access"),
                "people:own_people",
                "key",
                shown=lambda seats: (
                    bool(seats.organisations) and not (seats.clusters or seats.agencies)
                ),
                leads_to=("people:organisation_people", *PEOPLE_PAGES),
            ),
            Entry(
                "home",
                79,
                _("People and access"),
                "people:installation_people",
                "key",
                shown=lambda seats: seats.is_steward,
                leads_to=("people:request_settle", "people:agency_people", *PEOPLE_PAGES),
            ),
        )
        register_search(CLUSTER_SOURCE)
        register_past()
        register_steps(*CLUSTER_STEPS)
        register_personal(
            PersonalData(
                "seats",
                claims=claims_of_invited,
                objection=objection_of_seats,
                before=end_seats,
            )
        )
