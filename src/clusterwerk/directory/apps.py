from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "clusterwerk.directory"
    label = "directory"

    def ready(self) -> None:
        from clusterwerk.directory.past import register_past  # noqa: PLC0415 - models load first

        register_past()
