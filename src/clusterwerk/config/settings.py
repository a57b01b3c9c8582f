"""Settings of one installation, all from the environment, safe when nothing is set.

Every variable is named in docs/operate/settings.md. The database role is chosen by the command:
`serve`, the worker and the shell work as the application role, which row policies bind;
`migrate` and `access_apply` work as the owner of the tables (CLUSTERWERK_ROLE=owner).
"""

from pathlib import Path
from typing import Any

import django_stubs_ext
import pghistory
from csp.constants import NONE, SELF

from clusterwerk.config import environment
from clusterwerk.config.origin import public_origin
from clusterwerk.platform.postgres.address import connection_settings, replica_settings

# Classes of Django become generic at run time too, so that forms can name their model.
django_stubs_ext.monkeypatch()

SOURCE = Path(__file__).resolve().parent.parent
VAR = environment.var_folder()

FILES = environment.files_folder(VAR)

DEBUG = environment.flag("CLUSTERWERK_DEBUG", default=False)
SECRET_KEY = environment.secret_key(VAR)
ALLOWED_HOSTS = environment.listed("CLUSTERWERK_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
BEHIND_TLS = environment.flag("CLUSTERWERK_TLS", default=False)
DEMO = environment.flag("CLUSTERWERK_DEMO", default=False)
TESTING = environment.flag("CLUSTERWERK_TESTING", default=False)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if BEHIND_TLS]
# What links in mails begin with; pages take the name that the visitor came by.
PUBLIC_ORIGIN = public_origin()

INSTALLED_APPS = [
    "clusterwerk.platform",
    "clusterwerk.directory",
    "clusterwerk.clusters",
    "clusterwerk.programme",
    "clusterwerk.members",
    "clusterwerk.activities",
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
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
]

# Monitors are answered before all else: while the database is away, and without the site's name.
# The transaction of a request is opened outside the session, because sessions and accounts stand
# behind row policies too; the seats are entered once the person is known.
MIDDLEWARE = [
    "clusterwerk.platform.observing.middleware.observing",
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
    "clusterwerk.platform.accounts.middleware.Refusals",
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
            "builtins": [
                "clusterwerk.platform.ui.templatetags.ui",
                "clusterwerk.platform.ui.templatetags.components",
                "django.templatetags.i18n",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "clusterwerk.platform.ui.context.page",
            ],
        },
    }
]

FORM_RENDERER = "clusterwerk.platform.ui.widgets.Renderer"

DATABASES = {"default": connection_settings(environment.database_role(), VAR)}
if (_replica := replica_settings(VAR)) and environment.database_role() == "app":
    DATABASES["replica"] = _replica
DATABASE_ROUTERS = ["clusterwerk.platform.access.reading.Router"]
# How far the replica may lag behind before public pages are read from the primary instead.
REPLICA_LAG_SECONDS = environment.number("CLUSTERWERK_REPLICA_LAG", default=30)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "platform_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

AUTH_USER_MODEL = "platform.User"
# An address is unique without regard to case, by a constraint that this check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
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

# --- Sign-in (django-allauth); docs/operate/sign-in.md tells why each is as it is ----------------
ACCOUNT_ADAPTER = "clusterwerk.platform.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    action: f"clusterwerk.platform.accounts.forms.{form}"
    for action, form in {
        "add_email": "AddAddressForm",
        "change_password": "ChangePasswordForm",
        "confirm_email_verification_code": "ConfirmAddressForm",
        "confirm_login_code": "SignInCodeForm",
        "login": "SignInForm",
        "reauthenticate": "ConfirmPersonForm",
        "request_login_code": "RequestLinkForm",
        "reset_password": "ResetPasswordForm",
        "reset_password_from_key": "NewPasswordForm",
        "set_password": "SetPasswordForm",
    }.items()
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# With a code an address is stored only once it is confirmed: nobody can park a stranger's address.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "request_login_code": "20/m/ip,3/m/key",
    "reset_password": "20/m/ip,3/m/key",
    "register": "60/m/ip,4/10m/key",  # for an activity: a room full of people shares a network
    "register_activity": "240/h/key",  # from one network for one activity
}
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("CLUSTERWERK_PROXIES", default=0)
MFA_ADAPTER = "clusterwerk.platform.accounts.second_step.SecondStepAdapter"
MFA_FORMS = {
    "activate_totp": "clusterwerk.platform.accounts.forms.ActivateAppForm",
    "authenticate": "clusterwerk.platform.accounts.forms.SecondStepForm",
    "reauthenticate": "clusterwerk.platform.accounts.forms.ConfirmBySecondStepForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Clusterwerk"
MFA_TOTP_TOLERANCE = 1
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
PASSWORD_RESET_TIMEOUT = 60 * 60
SOCIALACCOUNT_ADAPTER = "clusterwerk.platform.accounts.openid.OpenIdAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
# A form that leads to the provider would be stopped by form-action of the content security policy.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": environment.openid_providers()}}

# How long a public page may show what was published before: a busy front page then asks the
# database once in this time, and not for every visitor.
PUBLIC_LAG_SECONDS = 1.0

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [SOURCE / "platform" / "locale"]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
# Keys stand in addresses and in names of fields: a number is grouped only where a filter of
# platform/ui asks for it. With grouping everywhere, row 1539 would be posted as "1,539".
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [SOURCE / "platform" / "ui" / "static"]

_STATIC_STORAGE = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEBUG
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC_STORAGE},
}

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
FILE_UPLOAD_HANDLERS = [
    "clusterwerk.platform.files.uploads.Limited",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
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
EMAIL_TIMEOUT = 10  # seconds; a mail server that does not answer must not hold a page
MAIL_SERVER = environment.mail_server()
EMAIL_HOST = MAIL_SERVER.host
EMAIL_PORT = MAIL_SERVER.port
EMAIL_HOST_USER = MAIL_SERVER.user
EMAIL_HOST_PASSWORD = MAIL_SERVER.password
EMAIL_USE_TLS = MAIL_SERVER.security == "starttls"
EMAIL_USE_SSL = MAIL_SERVER.security == "tls"
# Mails of mailings that are handed to the mail server in a minute, of all clusters together.
MAILS_A_MINUTE = environment.number("CLUSTERWERK_MAILS_A_MINUTE", default=120)

# --- Mail that comes in: docs/operate/mail-in.md -------------------------------------------------
MAIL_IN_DOMAIN = environment.text("CLUSTERWERK_MAIL_IN_DOMAIN")
MAIL_IN_FOLDER = environment.text("CLUSTERWERK_MAIL_IN_FOLDER")

# --- History: events are written by triggers; access/session.py tells actor and reason ------------
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)

# Reads figures and reasons at /metrics and /readyz; without one only this machine may.
METRICS_TOKEN = environment.token("CLUSTERWERK_METRICS_TOKEN")

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
# Jobs that one worker does at the same time, so that a long one does not keep mail waiting.
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 3}

# --- Legal pack: what the installation answers about itself; else legal.toml in VAR -------------
LEGAL_FILE = environment.text("CLUSTERWERK_LEGAL")

# --- Log: to the error stream of the process, with the traceback of what went wrong ---------------
LOG_REQUESTS = environment.flag("CLUSTERWERK_LOG_REQUESTS", default=False)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {
            "()": "clusterwerk.platform.observing.logs.LineFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
        "json": {"()": "clusterwerk.platform.observing.logs.JsonFormatter"},
    },
    "handlers": {
        "stream": {
            "class": "logging.StreamHandler",
            "formatter": environment.choice("CLUSTERWERK_LOG", options=("text", "json")),
        }
    },
    "root": {"handlers": ["stream"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stream"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["stream"], "level": "ERROR", "propagate": False},
        "clusterwerk": {"handlers": ["stream"], "level": "INFO", "propagate": False},
    },
}
