"""Settings of one installation, all from the environment, safe when nothing is set.

Every variable is named in docs/operate/settings.md. The database role is chosen by the command:
`serve`, the worker and the shell work as the application role, which row policies bind;
`migrate` and `access_apply` work as the owner of the tables (CLUSTERWERK_ROLE=owner).
"""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from clusterwerk.config import environment
from clusterwerk.platform.postgres.address import connection_settings

SOURCE = Path(__file__).resolve().parent.parent
VAR = environment.var_folder()

DEBUG = environment.flag("CLUSTERWERK_DEBUG", default=False)
SECRET_KEY = environment.secret_key(VAR)
ALLOWED_HOSTS = environment.listed("CLUSTERWERK_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
BEHIND_TLS = environment.flag("CLUSTERWERK_TLS", default=False)
DEMO = environment.flag("CLUSTERWERK_DEMO", default=False)
TESTING = environment.flag("CLUSTERWERK_TESTING", default=False)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if BEHIND_TLS]

INSTALLED_APPS = [
    "clusterwerk.platform",
    "clusterwerk.directory",
    "clusterwerk.clusters",
    "clusterwerk.programme",
    "clusterwerk.members",
    "clusterwerk.reporting",
    "clusterwerk.portal",
    "clusterwerk.desk",
    "clusterwerk.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
]

# The transaction of a request is opened outside the session, because sessions and accounts stand
# behind row policies too; the seats are entered once the person is known.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clusterwerk.platform.access.middleware.transaction",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "clusterwerk.platform.ui.middleware.language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "clusterwerk.platform.access.middleware.seats",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "clusterwerk.config.urls"
WSGI_APPLICATION = "clusterwerk.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SOURCE / "platform" / "ui" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["clusterwerk.platform.ui.templatetags.ui", "django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "clusterwerk.platform.ui.context.page",
            ],
        },
    }
]

DATABASES = {"default": connection_settings(environment.database_role(), VAR)}
DATABASE_ROUTERS: list[str] = []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "platform_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

AUTH_USER_MODEL = "platform.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 10}  # type: ignore[assignment]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [SOURCE / "platform" / "locale"]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [SOURCE / "platform" / "ui" / "static"]

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_SECURE = BEHIND_TLS
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "clusterwerk.platform.ui.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

EMAIL_BACKEND = environment.mail_backend()
MAIL_IS_CAUGHT = EMAIL_BACKEND.endswith("CatcherBackend")
MAIL_CATCHER_FOLDER = VAR / "mail"
# Caught mail holds sign-in links, so its page exists only where nobody real signs in.
MAIL_PAGE = MAIL_IS_CAUGHT and (DEBUG or DEMO)
DEFAULT_FROM_EMAIL = environment.text("CLUSTERWERK_MAIL_FROM", default="clusterwerk@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
