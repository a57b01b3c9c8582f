from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "clusterwerk.reporting"
    label = "reporting"
