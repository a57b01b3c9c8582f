from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "clusterwerk.programme"
    label = "programme"

    def ready(self) -> None:
        from clusterwerk.platform.kinds import register_kinds  # noqa: PLC0415 - models load first
        from clusterwerk.programme.kinds import PROGRAMME_KINDS  # noqa: PLC0415
        from clusterwerk.programme.past import register_past  # noqa: PLC0415 - models load first

        register_kinds(*PROGRAMME_KINDS)
        register_past()
