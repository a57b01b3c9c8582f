"""The product's settings with a few pages and one job that tell where and as whom they run."""

from clusterwerk.config.settings import *  # noqa: F403

ROOT_URLCONF = "scaled.urls"
INSTALLED_APPS = [*INSTALLED_APPS, "scaled"]  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
