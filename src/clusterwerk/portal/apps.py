from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "clusterwerk.portal"
    label = "portal"
