"""Files and feeds for calendars and readers of others; whoever has them asks for them anew."""

import uuid
from collections.abc import Callable
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwerk.activities.calendars.feeds import Feed, feed_page, news_page
from clusterwerk.activities.calendars.files import CONTENT_TYPE, calendar_file
from clusterwerk.activities.forms.agenda import AgendaForm
from clusterwerk.activities.queries.agenda import Asked, published_activity
from clusterwerk.activities.queries.versions import activity_version
from clusterwerk.clusters.models import PublicProfile
from clusterwerk.platform.access.replica import published


@login_not_required
@published
@require_safe
def activity_calendar(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One activity, to put into a calendar of one's own."""
    found = published_activity(uid)
    if found is None:
        raise Http404(_("There is no published activity with this address."))

    def written() -> HttpResponse:
        file = calendar_file(found.activity, holders=found.holders)
        named = {"Content-Disposition": 'attachment; filename="activity.ics"'}
        return HttpResponse(file, content_type=CONTENT_TYPE, headers=named)

    return _unless_known(request, _etag(activity_version(uid)), written)


@login_not_required
@published
@require_safe
def agenda_calendar(request: HttpRequest) -> HttpResponse:
    """What the calendar page shows to who asks the same."""
    return _calendar(request, _asked_feed(request))


@login_not_required
@published
@require_safe
def cluster_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    return _calendar(request, _feed_of(slug))


@login_not_required
@published
@require_safe
def agenda_feed(request: HttpRequest) -> HttpResponse:
    """For readers of news, and for other websites."""
    feed = _asked_feed(request)

    def written() -> HttpResponse:
        page = feed_page(feed, request.build_absolute_uri())
        return JsonResponse(
            page,
            content_type="application/feed+json",
            json_dumps_params={"ensure_ascii": False},
            headers={"Access-Control-Allow-Origin": "*"},
        )

    return _unless_known(request, feed.version(), written)


@login_not_required
@published
@require_safe
def agenda_news(request: HttpRequest) -> HttpResponse:
    """The same for readers that know RSS alone."""
    feed = _asked_feed(request)

    def written() -> HttpResponse:
        return HttpResponse(
            news_page(feed, request.build_absolute_uri()),
            content_type="application/rss+xml; charset=utf-8",
            headers={"Access-Control-Allow-Origin": "*"},
        )

    return _unless_known(request, feed.version(), written)


def _calendar(request: HttpRequest, feed: Feed) -> HttpResponse:
    version = feed.version()
    return _unless_known(
        request, version, lambda: HttpResponse(feed.calendar(version), content_type=CONTENT_TYPE)
    )


def _unless_known(
    request: HttpRequest, version: str, written: Callable[[], HttpResponse]
) -> HttpResponse:
    """Nothing is written for who has this version already; the version costs little."""
    response = get_conditional_response(request, etag=version)
    if response is None:
        response = written()
    response["ETag"] = version
    patch_vary_headers(response, ["Accept-Language"])
    assert isinstance(response, HttpResponse)
    return response


def _etag(version: str) -> str:
    facts = (version, settings.PUBLIC_ORIGIN)
    return f'W/"{sha256(repr(facts).encode()).hexdigest()[:32]}"'


def _asked_feed(request: HttpRequest) -> Feed:
    """Refuses what the page would leave out: who follows a calendar never sees a remark."""
    form = AgendaForm(request.GET or None)
    if form.is_bound and not form.is_valid():
        raise BadRequest(_("This calendar asks for something that does not exist. Follow it anew."))
    if request.GET.get("cluster") and form.profile is None:
        raise Http404(_("There is no published cluster with this address."))
    return Feed(form.asked(), timezone.now(), form.profile if form.is_bound else None)


def _feed_of(slug: str) -> Feed:
    profile = PublicProfile.objects.filter(slug=slug).first()
    if profile is None:
        raise Http404(_("There is no published cluster with this address."))
    return Feed(Asked(cluster=profile.pk), timezone.now(), profile)
