"""Classes of the tables that come with libraries and cannot declare one themselves."""

from clusterwerk.platform.access.classes import IDENTITY, READ_ONLY, TECHNICAL, TableAccess

FOREIGN_TABLES: dict[str, TableAccess] = {
    "account_emailaddress": IDENTITY,
    "account_emailconfirmation": IDENTITY,
    "auth_group": READ_ONLY,
    "auth_group_permissions": READ_ONLY,
    "auth_permission": READ_ONLY,
    "django_content_type": READ_ONLY,
    "django_migrations": READ_ONLY,
    "django_session": IDENTITY,
    "mfa_authenticator": IDENTITY,
    "platform_cache": IDENTITY,
    "pghistory_context": READ_ONLY,  # always empty: our events carry their context themselves
    # The worker reads its queue before any actor is known; arguments hold ids only.
    "procrastinate_events": TECHNICAL,
    "procrastinate_jobs": TECHNICAL,
    "procrastinate_periodic_defers": TECHNICAL,
    "procrastinate_workers": TECHNICAL,
    "socialaccount_socialaccount": IDENTITY,
    "socialaccount_socialapp": IDENTITY,
    "socialaccount_socialtoken": IDENTITY,
    "usersessions_usersession": IDENTITY,
}
