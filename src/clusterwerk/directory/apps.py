from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "clusterwerk.directory"
    label = "directory"
