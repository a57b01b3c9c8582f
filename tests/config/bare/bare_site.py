"""The product's settings with one page that needs nothing but the database.

The supervisor is tested with it, so that its tests say something about the supervisor alone.
"""

from clusterwerk.config.settings import *  # noqa: F403

ROOT_URLCONF = "bare_urls"
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]
TEMPLATES = []
STATICFILES_DIRS = []
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
