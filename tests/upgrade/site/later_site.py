"""The product's settings with a room of a later release, which brings two changes of tables."""

from clusterwerk.config.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "later"]  # noqa: F405
