"""What the website of a cluster shows inside its own pages, and how its team puts it there.

A frame holds no script and sets no cookie, which browsers refuse in a frame of another site; it
asks nothing that a cookie would have to prove, so that its form needs no token of one either.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from clusterwerk.activities.queries.agenda import Asked, Shown, agenda_page, published_activity
from clusterwerk.activities.queries.embeds import offers_of
from clusterwerk.activities.queries.versions import agenda_version
from clusterwerk.activities.views.own import own_cluster
from clusterwerk.activities.views.visitors import READ_OR_SEND, try_to_register
from clusterwerk.clusters.models import PublicProfile
from clusterwerk.platform.access.replica import published
from clusterwerk.platform.ui.kept import page_for

More = ParamSpec("More")
FrameView = Callable[Concatenate[HttpRequest, PublicProfile, More], HttpResponse]
Framed = Callable[Concatenate[HttpRequest, str, str, More], HttpResponse]
ANYWHERE = {"frame-ancestors": ["*"], "script-src": [NONE]}


def framed(view: FrameView[More]) -> Framed[More]:
    """In the language of the address, for the cluster of the address, on any website."""

    @wraps(view)
    def answer(
        request: HttpRequest, /, language: str, slug: str, *args: More.args, **more: More.kwargs
    ) -> HttpResponse:
        if language not in dict(settings.LANGUAGES):
            raise Http404(_("There is no page in this language."))
        with translation.override(language):
            profile = PublicProfile.objects.filter(slug=slug).first()
            if profile is None:
                raise Http404(_("There is no published cluster with this address."))
            response = view(request, profile, *args, **more)
        response.headers["Content-Language"] = language
        return response

    opened: Framed[More] = xframe_options_exempt(csp_replace(ANYWHERE)(answer))  # type: ignore[arg-type, assignment]  # its types know views of one argument
    return opened


@dataclass(frozen=True, slots=True)
class AskedFrame:
    """The calendar of one cluster, from its first activity or after one."""

    slug: str
    language: str
    after: str
    template: str = "activities/frame_agenda.html"

    @property
    def address(self) -> str:
        return reverse("embeds:frame_agenda", args=[self.language, self.slug])

    @property
    def may_be_kept(self) -> bool:
        return not self.after

    def context(self, version: str) -> dict[str, Any]:  # noqa: ARG002 - as of any kept page
        profile = PublicProfile.objects.get(slug=self.slug)
        asked = Asked(cluster=profile.pk)
        rows, next_key = agenda_page(asked, timezone.now(), self.after)
        return {"profile": profile, "activities": rows, "next_key": next_key}


@login_not_required
@published
@require_safe
@framed
def frame_agenda(request: HttpRequest, profile: PublicProfile) -> HttpResponse:
    """What the cluster has to come, nearest first."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    asked = AskedFrame(profile.slug, language, request.GET.get("after", ""))
    return page_for(request, asked, agenda_version())


@login_not_required
@published
@require_safe
@framed
def frame_activity(request: HttpRequest, profile: PublicProfile, uid: uuid.UUID) -> HttpResponse:
    context = _context(profile, _held_by(profile, uid))
    return render(request, "activities/frame_activity.html", context)


@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(READ_OR_SEND)
@framed
def frame_register(request: HttpRequest, profile: PublicProfile, uid: uuid.UUID) -> HttpResponse:
    """The same as on the platform itself; the mail's link opens there."""
    found = _held_by(profile, uid)
    tried = try_to_register(request, found)
    context = _context(profile, found) | {"form": tried.form, "is_asked": tried.is_asked}
    return render(request, "activities/frame_register.html", context, status=tried.status)


@require_GET
def website(request: HttpRequest, cluster: str) -> HttpResponse:
    """What the team gives to who keeps its website: lines to paste, and addresses to read."""
    own = own_cluster(request, cluster)
    profile = PublicProfile.objects.filter(cluster=own).first()
    offers = offers_of(profile) if profile else ()
    context = {"cluster": own, "profile": profile, "offers": offers}
    return render(request, "activities/website.html", context)


def _held_by(profile: PublicProfile, uid: uuid.UUID) -> Shown:
    """Of this cluster alone: a frame shows nothing of others under its name."""
    found = published_activity(uid)
    if found is None or profile.pk not in {each.pk for each in found.clusters}:
        raise Http404(_("There is no published activity with this address."))
    return found


def _context(profile: PublicProfile, found: Shown) -> dict[str, Any]:
    now = timezone.now()
    return {
        "profile": profile,
        "shown": found,
        "activity": found.activity,
        "registers": found.activity.registers(now),
        "is_past": found.activity.is_past(now),
        "is_frame": True,
    }
