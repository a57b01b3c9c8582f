"""What somebody without an account sees: the form, and the page of the link in the mail."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from allauth.core import ratelimit
from allauth.core.internal.ratelimit import get_ip
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from clusterwerk.activities import access, actions
from clusterwerk.activities.actions.handouts import has_handouts
from clusterwerk.activities.actions.wishes import has_matching
from clusterwerk.activities.forms.registering import VisitorForm
from clusterwerk.activities.models import PublishedActivity, Registration, RegistrationState
from clusterwerk.activities.queries.agenda import Shown, published_activity
from clusterwerk.activities.questions import answers_in, asked_now
from clusterwerk.activities.tickets import AT_THE_DOOR, ticket
from clusterwerk.activities.views.own import done, sent
from clusterwerk.clusters.models import Cluster
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError, NotHereError

TOO_MANY = gettext_noop(
    "Many people registered from your network, or with this address, in a short time. What you "
    "typed is still here: wait ten minutes and press the button again, or ask the organisers to "
    "write you down."
)
READ_OR_SEND = ["GET", "HEAD", "POST"]


@login_not_required
@never_cache
@require_http_methods(READ_OR_SEND)
def register(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The same answer to everybody: only the mail to the address tells who is registered."""
    found = published_activity(uid)
    if found is None:
        raise Http404(_("There is no published activity with this address."))
    tried = try_to_register(request, found)
    if tried.is_asked:
        return _asked_page(request, found)
    return _form_page(request, found, tried)


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of the form: still to fill in, refused, or sent."""

    form: VisitorForm
    status: HTTPStatus = HTTPStatus.OK
    is_asked: bool = False


def try_to_register(request: HttpRequest, found: Shown) -> Tried:
    shown = found.activity
    form = VisitorForm(sent(request), activity=shown.uid, questions=asked_now(shown.questions))
    if request.method != "POST":
        return Tried(form)
    if form.is_by_program:
        return Tried(form, is_asked=True)
    if not form.is_valid():
        return Tried(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if not _may_ask(request, found, form.cleaned_data["email"]):
        form.add_error(None, _(TOO_MANY))
        return Tried(form, HTTPStatus.TOO_MANY_REQUESTS)
    is_done = done(
        form,
        lambda: actions.register(
            seats=seats_of(request),
            activity=found.activity.pk,
            who=form.registrant(),
            now=timezone.now(),
        ),
    )
    return Tried(form, is_asked=True) if is_done else Tried(form, HTTPStatus.UNPROCESSABLE_ENTITY)


def _may_ask(request: HttpRequest, found: Shown, email: str) -> bool:
    """Not too often for the address, from the network, and from the network for this activity."""
    here = f"{get_ip(request)}:{found.activity.pk}"
    return bool(
        ratelimit.consume(request, action="register", key=email.lower())
        and ratelimit.consume(request, action="register_activity", key=here)
    )


def _form_page(request: HttpRequest, found: Shown, tried: Tried) -> HttpResponse:
    context = {
        "shown": found,
        "activity": found.activity,
        "form": tried.form,
        "registers": found.activity.registers(timezone.now()),
    }
    return render(request, "activities/register.html", context, status=tried.status)


def _asked_page(request: HttpRequest, found: Shown) -> HttpResponse:
    context = {"shown": found, "activity": found.activity}
    return render(request, "activities/register_asked.html", context)


@login_not_required
@never_cache
@require_http_methods(READ_OR_SEND)
def registration_link(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing, so that no mail scanner confirms; its buttons do."""
    seats = seats_of(request)
    try:
        if request.method == "POST":
            return _press(request, token)
        own, activity = actions.registration_by_link(seats=seats, token=token)
    except actions.UnknownLinkError as error:
        raise NotHereError(str(error)) from error
    now = timezone.now()
    if request.GET.get("at") == AT_THE_DOOR and (led := _led_by(request, activity)):
        address = reverse("activities:door", args=[led.key, activity.pk])
        return redirect(f"{address}?{urlencode({'who': own.pk})}")
    context = {
        "registration": own,
        "ticket": ticket(own) if _has_ticket(own, activity, now) else "",
        "activity": activity,
        "answers": answers_in(own.answers),
        "state": actions.state_shown(own, now),
        "is_past": activity.is_past(now),
        "is_asked_how": activity.is_past(now) and actions.is_asked(own, activity, now),
        "has_handouts": has_handouts(seats=seats, shown=activity),
        "has_matching": has_matching(seats=seats, activity=activity),
    }
    return render(request, "activities/registration_link.html", context)


def _has_ticket(own: Registration, activity: PublishedActivity, now: datetime) -> bool:
    """Whoever has a place where there is a door."""
    has_place = own.state == RegistrationState.CONFIRMED and activity.state == "published"
    has_door = bool(activity.venue) or not activity.is_online
    return has_place and has_door and not activity.is_past(now)


def _led_by(request: HttpRequest, activity: PublishedActivity) -> Cluster | None:
    """The cluster whose team reads the code, if that is who is signed in."""
    if not request.user.is_authenticated or activity.cluster_id is None:
        return None
    allowed = access.may_keep_activities(seats_of(request), activity.cluster_id)
    return Cluster.objects.get(pk=activity.cluster_id) if allowed else None


def _press(request: HttpRequest, token: str) -> HttpResponse:
    pressed: dict[str, Callable[..., object]] = {
        "confirm": actions.confirm_registration,
        "withdraw": actions.withdraw_registration,
    }
    act = pressed.get(request.POST.get("do", ""))
    try:
        if act is not None:
            act(seats=seats_of(request), token=token, now=timezone.now())
    except actions.UnknownLinkError:
        raise
    except DomainError as error:
        messages.error(request, str(error))
    return redirect("agenda:registration_link", token)
