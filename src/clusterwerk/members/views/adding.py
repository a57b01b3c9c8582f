"""Adding a contact: warned of somebody who looks the same, with the organisation proposed."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clusterwerk.directory.models import Organisation
from clusterwerk.members import access, actions
from clusterwerk.members.duplicates.warning import Warned, warned
from clusterwerk.members.forms.contacts import ContactForm
from clusterwerk.members.models import Contact
from clusterwerk.members.views.about import (
    About,
    asked_about,
    back_to,
    made_of,
    new_once,
    saved,
    was_saved,
)
from clusterwerk.members.views.choosing import own_cluster
from clusterwerk.platform.access.middleware import seats_of


@require_http_methods(["GET", "HEAD", "POST"])
def contact_add(request: HttpRequest, cluster: str) -> HttpResponse:
    """A new contact, at the organisation that the address names or that somebody chose.

    Nothing is saved before a warning was shown; with a script it stands there while one types.
    """
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    access.may_keep_people(seats, own.pk).require()
    about = asked_about(request, own)
    form = ContactForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, form, about, Warned())
    is_valid = form.is_valid()
    told = warned(own, form.cleaned_data, about.organisation)
    if "check" in request.POST:
        return render(request, "members/_contact_alike.html", _told(request, about, told))
    place = about.organisation or _chosen(request, told)

    def save() -> Contact:
        added = actions.add_contact(seats=seats, cluster=own, new=form.new())
        if place:
            actions.add_position(seats=seats, new=actions.NewPosition(added, place))
        return added

    is_told = not told.key or request.POST.get("warned") == told.key
    if is_valid and (is_told or was_saved(form)) and saved(form, save):
        messages.success(request, _("The contact was added."))
        return _made(request, form, about)
    return _page(request, form, about, told)


def _chosen(request: HttpRequest, told: Warned) -> Organisation | None:
    """One of those proposed, if somebody took it."""
    key = request.POST.get("works_at", "")
    proposed = (each.organisation for each in told.organisations)
    return next((each for each in proposed if str(each.pk) == key), None)


def _made(request: HttpRequest, form: ContactForm, about: About) -> HttpResponse:
    """The second of two clicks leads to the contact that the first one made."""
    made = made_of(form)
    if made is None:
        return redirect(back_to(request, about.address))
    return redirect("members:contact_detail", about.cluster.key, made)


def _told(request: HttpRequest, about: About, told: Warned) -> dict[str, object]:
    works_at = request.POST.get("works_at", "")
    return {"cluster": about.cluster, "warned": told, "works_at": works_at}


def _page(request: HttpRequest, form: ContactForm, about: About, told: Warned) -> HttpResponse:
    context = {
        "form": form,
        "about": about,
        **_told(request, about, told),
        "once": request.POST.get("once") or new_once(),
        "back": back_to(request, about.address),
        "known": getattr(form, "known", None),
    }
    is_refused = request.method == "POST"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK
    return render(request, "members/contact_add.html", context, status=status)
