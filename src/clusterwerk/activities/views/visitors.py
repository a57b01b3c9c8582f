"""What somebody without an account sees: the form, and the page of the link in the mail."""

import uuid
from collections.abc import Callable
from http import HTTPStatus

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from clusterwerk.activities import actions
from clusterwerk.activities.forms.registering import RegisterForm
from clusterwerk.activities.queries.agenda import Shown, published_activity
from clusterwerk.activities.views.own import done, sent
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError

READ_OR_SEND = ["GET", "HEAD", "POST"]


@login_not_required
@never_cache
@require_http_methods(READ_OR_SEND)
def register(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The same answer to everybody: only the mail to the address tells who is registered."""
    found = published_activity(uid)
    if found is None:
        raise Http404(_("There is no published activity with this address."))
    form = RegisterForm(sent(request))
    if request.method != "POST":
        return _form_page(request, found, form)
    if form.is_by_program:
        return _asked_page(request, found)
    if not form.is_valid():
        return _form_page(request, found, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if not ratelimit.consume(request, action="register", key=form.cleaned_data["email"].lower()):
        form.add_error(None, _("Too many attempts. Wait a few minutes and try again."))
        return _form_page(request, found, form, HTTPStatus.TOO_MANY_REQUESTS)
    is_done = done(
        form,
        lambda: actions.register(
            seats=seats_of(request),
            activity=found.activity.pk,
            who=form.registrant(),
            now=timezone.now(),
        ),
    )
    if not is_done:
        return _form_page(request, found, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _asked_page(request, found)


def _form_page(
    request: HttpRequest, found: Shown, form: RegisterForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    context = {
        "shown": found,
        "activity": found.activity,
        "form": form,
        "registers": found.activity.registers(timezone.now()),
    }
    return render(request, "activities/register.html", context, status=status)


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
        raise Http404(str(error)) from error
    now = timezone.now()
    context = {
        "registration": own,
        "activity": activity,
        "state": actions.state_shown(own, now),
        "is_past": activity.is_past(now),
    }
    return render(request, "activities/registration_link.html", context)


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
