from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from clusterwerk.platform.health.findings import Told


class ConfigConfig(AppConfig):
    name = "clusterwerk.config"
    label = "config"

    def ready(self) -> None:
        from clusterwerk.platform.health.findings import register_doctor  # noqa: PLC0415

        register_doctor(_doctor)


def _doctor() -> "Iterable[Told]":
    """The checks import much, and only a steward asks for them."""
    from clusterwerk.config.doctor.everything import told  # noqa: PLC0415

    return told()
