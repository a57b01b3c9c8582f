"""Addresses of the whole installation; each room brings its own."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

handler400 = "clusterwerk.platform.ui.errors.bad_request"
handler403 = "clusterwerk.platform.ui.errors.permission_denied"
handler404 = "clusterwerk.platform.ui.errors.not_found"
handler429 = "clusterwerk.platform.accounts.views.too_many_requests"  # asked for by allauth
handler500 = "clusterwerk.platform.ui.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("clusterwerk.portal.urls")),
    path("", include("clusterwerk.platform.ui.urls")),
    path("", include("clusterwerk.platform.observing.urls")),
    path("account/", include("clusterwerk.platform.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("files/", include("clusterwerk.platform.files.urls")),
    path("jobs/", include("clusterwerk.platform.jobs.urls")),
    path("desk/", include("clusterwerk.desk.urls")),
    path("programme/", include("clusterwerk.reporting.urls")),
    path("sharing/", include("clusterwerk.clusters.urls")),
    path("people/", include("clusterwerk.clusters.inviting.urls")),
    path("directory/", include("clusterwerk.directory.urls")),
    path("health/", include("clusterwerk.platform.health.urls")),
    path("history/", include("clusterwerk.platform.history.urls")),
    path("legal/", include("clusterwerk.platform.legal.urls")),
    path("members/", include("clusterwerk.members.urls")),
    path("activities/", include("clusterwerk.activities.urls")),
    path("agenda/", include("clusterwerk.activities.urls.agenda")),
    path("embed/", include("clusterwerk.activities.urls.embeds")),
]

if settings.MAIL_PAGE:
    urlpatterns.append(path("mail/", include("clusterwerk.platform.mail.urls")))
