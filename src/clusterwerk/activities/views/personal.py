"""One's own calendar: the page that gives its secret address, and the calendar itself."""

from hashlib import sha256

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from clusterwerk.activities.calendars.files import CONTENT_TYPE
from clusterwerk.activities.calendars.personal import (
    BACK,
    MOST,
    PersonalFeed,
    account_behind,
    address_of,
)
from clusterwerk.activities.queries.personal import own_entries
from clusterwerk.platform.accounts.actions import renew_calendar_address
from clusterwerk.platform.models import User
from clusterwerk.platform.text import row_number

SHOWN = 20


@require_safe
@never_cache
def own_calendar(request: HttpRequest) -> HttpResponse:
    account = request.user
    assert isinstance(account, User)
    now = timezone.now()
    coming = [one for one in own_entries(account, now, MOST) if not one.activity.is_past(now)]
    address = address_of(account)
    context = {
        "account": account,
        "address": address,
        "to_follow": f"webcal:{address.partition(':')[2]}",
        "coming": coming[::-1][:SHOWN],
        "days": BACK.days,
        "now": now,
    }
    return render(request, "activities/own_calendar.html", context)


@require_POST
def own_calendar_renew(request: HttpRequest) -> HttpResponse:
    """Pressed twice it is renewed once."""
    account = request.user
    assert isinstance(account, User)
    renew_calendar_address(account=account, seen=row_number(request.POST.get("seen", "")))
    messages.success(request, _("Your calendar has another address; the earlier one ended."))
    return redirect("agenda:own_calendar")


@login_not_required
@require_safe
def personal_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever has the address is the person; nothing of it may be kept on the way."""
    account = account_behind(token)
    if account is None:
        raise Http404(_("This calendar is not there any more. Its owner finds the new address."))
    with override(account.language or None):
        file = PersonalFeed(account, timezone.now()).calendar()
    etag = f'"{sha256(file).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(file, content_type=CONTENT_TYPE)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Referrer-Policy"] = "no-referrer"
    assert isinstance(response, HttpResponse)
    return response
