from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "clusterwerk.config"
    label = "config"
