"""Where an invitation leads: opening the link changes nothing, its button accepts."""

from http import HTTPStatus

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from clusterwerk.clusters.inviting import actions
from clusterwerk.clusters.inviting.actions import Offer
from clusterwerk.clusters.inviting.forms import NewPersonForm
from clusterwerk.clusters.wording import role_name
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.models import User


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """A mail scanner that follows the link uses nothing up.

    Who has an account signs in first, second step included; who has none gets one with the button,
    because they read the mail of the address.
    """
    offer = actions.offer(token)
    current = request.user if isinstance(request.user, User) else None
    if offer.ended or offer.invitation is None:
        return _refused(request, offer, current)
    form = _form(request, offer)
    if request.method == "POST" and (offer.account or form.is_valid()):
        try:
            return _accept(request, token, offer, current, form)
        except DomainError as error:
            messages.error(request, str(error))
            return redirect("people:invitation_accept", token)
    context = {
        "offer": offer,
        "invitation": offer.invitation,
        "role": role_name(offer.invitation.role),
        "current": current,
        "form": form,
        "here": request.path,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "clusters/invitation_accept.html", context, status=status)


def _form(request: HttpRequest, offer: Offer) -> NewPersonForm:
    """Asked of who has no account yet; filled with what the invitation says for the others."""
    assert offer.invitation is not None
    facts = {"name": offer.invitation.name, "language": offer.invitation.language}
    if request.method == "POST" and offer.account is None:
        return NewPersonForm(request.POST)
    return NewPersonForm(initial=facts)


def _refused(request: HttpRequest, offer: Offer, current: User | None) -> HttpResponse:
    """The page that says why; whoever accepted already and is signed in goes on to the desk."""
    if offer.invitation and current and offer.invitation.settled_by_id == current.pk:
        messages.info(request, _("You accepted this invitation already."))
        return redirect("desk:home")
    context = {"ended": offer.ended, "invitation": offer.invitation, "current": current}
    template = "clusters/invitation_ended.html"
    return render(request, template, context, status=HTTPStatus.NOT_FOUND)


def _accept(
    request: HttpRequest, token: str, offer: Offer, current: User | None, form: NewPersonForm
) -> HttpResponse:
    assert offer.invitation is not None
    facts = form.cleaned_data if offer.account is None else {}
    person = actions.accept(token=token, account=current, **facts)
    messages.success(request, _("Welcome to %(place)s.") % {"place": offer.invitation.place_name})
    if current is not None:
        return redirect("desk:home")
    response: HttpResponse = perform_login(
        request, person, email=offer.invitation.email, redirect_url=reverse("desk:home")
    )
    return response
