from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "clusterwerk.members"
    label = "members"
