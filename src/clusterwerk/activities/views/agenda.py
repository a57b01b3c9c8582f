"""What everybody reads of activities: the calendar of all clusters, and one of them."""

import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwerk.activities.forms.agenda import AgendaForm
from clusterwerk.activities.handouts import open_handouts
from clusterwerk.activities.queries.agenda import agenda_page, published_activity
from clusterwerk.activities.queries.versions import activity_version, agenda_version
from clusterwerk.platform.access.replica import published
from clusterwerk.platform.site import public_address
from clusterwerk.platform.ui.context import page_language
from clusterwerk.platform.ui.kept import page_for


@dataclass(frozen=True, slots=True)
class AskedAgenda:
    """The calendar, by what a visitor asks; only without a question it is kept."""

    query: str
    language: str
    template: str = "activities/agenda.html"

    @property
    def address(self) -> str:
        return reverse("agenda:agenda") + (f"?{self.query}" if self.query else "")

    @property
    def may_be_kept(self) -> bool:
        return not self.query

    def context(self, version: str) -> dict[str, Any]:  # noqa: ARG002 - as of any kept page
        question = QueryDict(self.query)
        form = AgendaForm(question or None)
        asked = form.asked()
        rows, next_key = agenda_page(asked, timezone.now(), question.get("after") or "")
        context = {"form": form, "activities": rows, "next_key": next_key}
        return context | {"asked": asked, "follow": _follow(question)}


@dataclass(frozen=True, slots=True)
class AskedActivity:
    """One published activity; raises `Http404` for one that is not."""

    uid: uuid.UUID
    language: str
    template: str = "activities/agenda_detail.html"
    may_be_kept: bool = True

    @property
    def address(self) -> str:
        return reverse("agenda:agenda_detail", args=[self.uid])

    def context(self, version: str) -> dict[str, Any]:  # noqa: ARG002 - as of any kept page
        found = published_activity(self.uid)
        if found is None:
            raise Http404(_("There is no published activity with this address."))
        now = timezone.now()
        return {
            "shown": found,
            "activity": found.activity,
            "registers": found.activity.registers(now),
            "is_past": found.activity.is_past(now),
            "handouts": open_handouts(found.activity.handouts),
        }


@login_not_required
@published
@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """Activities to come, over all clusters, by what the visitor asks."""
    asked = AskedAgenda(request.META.get("QUERY_STRING", ""), page_language().code)
    return page_for(request, asked, agenda_version())


@login_not_required
@published
@require_safe
def agenda_detail(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    return page_for(request, AskedActivity(uid, page_language().code), activity_version(uid))


def _follow(question: QueryDict) -> dict[str, str]:
    """Where the same question is answered for calendars; of a page that is turned its first."""
    kept = question.copy()
    kept.pop("after", None)
    asked = "&".join(urlencode({key: value}) for key, value in kept.items() if value)
    query = f"?{asked}" if asked else ""
    file = reverse("agenda:agenda_calendar") + query
    address = public_address(file)
    return {
        "file": file,
        "address": address,
        "webcal": f"webcal:{address.partition(':')[2]}",
        "feed": reverse("agenda:agenda_feed") + query,
        "news": reverse("agenda:agenda_news") + query,
    }
