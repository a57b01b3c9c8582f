"""What clusters keep of the person who is signed in; who it is, the proven address says."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clusterwerk.members import actions
from clusterwerk.members.forms.telling import OwnPersonForm
from clusterwerk.members.models import ConsentPurpose, ConsentState
from clusterwerk.members.queries.own_person import (
    OwnContact,
    held_own_contact,
    own_contact,
    own_contacts,
)
from clusterwerk.members.views.about import saved, say_saved
from clusterwerk.platform.errors import DomainError

STATES = {"give": ConsentState.GIVEN, "withdraw": ConsentState.WITHDRAWN}


@require_GET
def own_person(request: HttpRequest) -> HttpResponse:
    """One card for each cluster that keeps the person as a contact."""
    context = {"found": own_contacts(), "today": timezone.localdate()}
    return render(request, "members/own_person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def own_person_change(request: HttpRequest, contact: int) -> HttpResponse:
    own = _own(contact, is_held=request.method == "POST")
    form = OwnPersonForm(request.POST or None, present=own.facts)
    if request.method == "POST" and saved(form, lambda: _change(own, form)):
        say_saved(request, form, _("It is changed, and the team of the cluster is told."))
        return redirect("members:own_person")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"own": own, "form": form}
    return render(request, "members/own_person_change.html", context, status=status)


def _change(own: OwnContact, form: OwnPersonForm) -> None:
    actions.change_own_contact(contact=own.pk, facts=form.facts(), on=timezone.localdate())


@require_POST
def own_consent_say(request: HttpRequest, contact: int) -> HttpResponse:
    """Give or withdraw one consent; a second click finds it said."""
    own = _own(contact, is_held=True)
    purpose, state = request.POST.get("purpose", ""), STATES.get(request.POST.get("say", ""))
    if purpose not in ConsentPurpose.values or state is None:
        messages.error(request, _("Choose what you allow, or allow no more, with the buttons."))
        return redirect("members:own_person")
    try:
        actions.say_own_consent(
            contact=own.pk, purpose=ConsentPurpose(purpose), state=state, on=timezone.localdate()
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        told = _("%(cluster)s knows it: the team is told.")
        messages.success(request, told % {"cluster": own.cluster_name})
    return redirect("members:own_person")


def _own(contact: int, *, is_held: bool) -> OwnContact:
    """404 for a contact that is somebody else, whether or not it exists; held to be changed."""
    found = held_own_contact(contact) if is_held else own_contact(contact)
    if found is None:
        raise Http404
    return found
