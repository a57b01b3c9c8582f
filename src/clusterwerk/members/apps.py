from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "clusterwerk.members"
    label = "members"

    def ready(self) -> None:
        from clusterwerk.members.indicators import MEMBER_INDICATORS  # noqa: PLC0415 - models first
        from clusterwerk.platform.evidence import register_indicators  # noqa: PLC0415

        register_indicators(*MEMBER_INDICATORS)
