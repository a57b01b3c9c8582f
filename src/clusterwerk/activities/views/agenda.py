"""What everybody reads of activities: the calendar of all clusters, and one of them."""

import uuid
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwerk.activities.forms.agenda import AgendaForm
from clusterwerk.activities.queries.agenda import agenda_page, published_activity
from clusterwerk.platform.access.replica import published


@login_not_required
@published
@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """Activities to come, over all clusters, by what the visitor asks."""
    form = AgendaForm(request.GET or None)
    asked = form.asked()
    rows, next_key = agenda_page(asked, timezone.now(), request.GET.get("after", ""))
    context = {"form": form, "activities": rows, "next_key": next_key}
    context |= {"asked": asked, "follow": _follow(request)}
    return render(request, "activities/agenda.html", context)


def _follow(request: HttpRequest) -> dict[str, str]:
    """Where the same question is answered for calendars; of a page that is turned its first."""
    kept = request.GET.copy()
    kept.pop("after", None)
    asked = "&".join(urlencode({key: value}) for key, value in kept.items() if value)
    query = f"?{asked}" if asked else ""
    address = request.build_absolute_uri(reverse("agenda:agenda_calendar")) + query
    return {
        "address": address,
        "webcal": "webcal" + address.removeprefix(request.scheme or ""),
        "feed": reverse("agenda:agenda_feed") + query,
        "news": reverse("agenda:agenda_news") + query,
    }


@login_not_required
@published
@require_safe
def agenda_detail(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    found = published_activity(uid)
    if found is None:
        raise Http404(_("There is no published activity with this address."))
    now = timezone.now()
    context = {
        "shown": found,
        "activity": found.activity,
        "registers": found.activity.registers(now),
        "is_past": found.activity.is_past(now),
    }
    return render(request, "activities/agenda_detail.html", context)
