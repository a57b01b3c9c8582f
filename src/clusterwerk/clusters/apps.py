from django.apps import AppConfig


class ClustersConfig(AppConfig):
    name = "clusterwerk.clusters"
    label = "clusters"

    def ready(self) -> None:
        from clusterwerk.clusters.access import seats_held  # noqa: PLC0415 - models load first
        from clusterwerk.platform.access.seats import register_seats  # noqa: PLC0415

        register_seats(seats_held)
