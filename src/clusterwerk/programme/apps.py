from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "clusterwerk.programme"
    label = "programme"
