from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "clusterwerk.desk"
    label = "desk"
