from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "clusterwerk.platform"
    label = "platform"
