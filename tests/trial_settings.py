"""Settings of the tests: the product's own, on a throw-away server that need not survive."""

import os
from pathlib import Path

# CLUSTERWERK_TEST_VAR: another folder, for a run on another version of PostgreSQL.
os.environ["CLUSTERWERK_VAR"] = os.environ.get("CLUSTERWERK_TEST_VAR") or str(
    Path(__file__).resolve().parent.parent / "var" / "test"
)
os.environ["CLUSTERWERK_TESTING"] = "yes"
os.environ["CLUSTERWERK_DEMO"] = "yes"
os.environ.pop("CLUSTERWERK_ROLE", None)
os.environ["DATABASE_URL"] = os.environ.get("CLUSTERWERK_TEST_DATABASE_URL", "")

from clusterwerk.config.settings import *  # noqa: F403

# Each run has a database of its own, so that two runs at once do not meet.
DATABASES["default"]["TEST"] = {"NAME": f"test_clusterwerk_{os.getpid()}"}  # noqa: F405
PUBLIC_LAG_SECONDS = 0.0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
