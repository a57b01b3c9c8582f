"""Contacts of a cluster: the page of one, and what is written down of them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.members import access, actions
from clusterwerk.members.duplicates.finding import alike
from clusterwerk.members.duplicates.merging import survivor_of
from clusterwerk.members.forms.contacts import (
    ConsentForm,
    ContactForm,
    PositionForm,
    consent_lines,
)
from clusterwerk.members.models import Contact, Membership, Position
from clusterwerk.members.privacy.erasing import may_erase_people
from clusterwerk.members.queries.people import (
    consents_of,
    contact_of,
    own_values,
    tasks_about,
    work_places,
)
from clusterwerk.members.views.about import (
    About,
    GoneError,
    edit_page,
    go_back,
    locked,
    saved,
    say_saved,
    tells_gone,
)
from clusterwerk.members.views.choosing import own_cluster
from clusterwerk.members.views.talks import timeline_context, timeline_part
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError

READ_OR_SEND = ["GET", "HEAD", "POST"]


@require_GET
def own_contacts(request: HttpRequest) -> HttpResponse:
    """The contacts of the cluster that the person works in."""
    return redirect("members:contact_list", cluster=own_cluster(request, "").key)


@require_GET
def contact_detail(request: HttpRequest, cluster: str, contact: int) -> HttpResponse:
    own = own_cluster(request, cluster)
    shown = contact_of(own.pk, contact)
    if shown is None:
        return _merged_into(own, contact)
    part = timeline_part(request, own, contact=shown.pk)
    if part:
        return part
    today = timezone.localdate()
    places = work_places(own.pk, shown.pk, today)
    here = next((place.position.organisation for place in places if not place.is_over), None)
    at = {place.position.organisation_id for place in places}
    context = {
        "cluster": own,
        "contact": shown,
        "places": places,
        "here": here,
        "consents": consent_lines(consents_of(own.pk, shown.pk)),
        "tasks": tasks_about(own.pk, shown.pk),
        "alike": alike(own.pk, shown, at) if shown.archived_on is None else [],
        "values": own_values(own.pk, contact=shown.pk),
        "may_keep": access.may_keep_people(seats_of(request), own.pk),
        "may_erase": may_erase_people(seats_of(request), own.pk),
        "today": today,
        **timeline_context(request, own, contact=shown, organisation=here, is_contact=True),
    }
    return render(request, "members/contact_detail.html", context)


def _contact(cluster: Cluster, pk: int) -> Contact:
    return get_object_or_404(Contact, cluster=cluster, pk=pk)


def _merged_into(cluster: Cluster, pk: int) -> HttpResponse:
    """Who went up in another contact is found there."""
    kept = survivor_of(cluster.pk, pk)
    if kept is None:
        raise Http404
    return redirect("members:contact_detail", cluster.key, kept)


def _held(cluster: Cluster, request: HttpRequest, pk: int) -> Contact:
    """As `locked`; who was merged while somebody typed is told where."""
    try:
        found: Contact = locked(Contact.objects.filter(cluster=cluster), request, pk)
    except GoneError:
        kept = survivor_of(cluster.pk, pk)
        address = reverse("members:contact_detail", args=[cluster.key, kept]) if kept else ""
        raise GoneError(address) from None
    return found


@require_http_methods(READ_OR_SEND)
@tells_gone
def contact_change(request: HttpRequest, cluster: str, contact: int) -> HttpResponse:
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    access.may_keep_people(seats, own.pk).require()
    row = _held(own, request, contact)
    form = ContactForm(request.POST or None, contact=row)
    about = About(own, contact=row)
    if request.method == "POST" and saved(
        form, lambda: actions.change_contact(seats=seats, contact=row, **form.facts())
    ):
        say_saved(request, form, _("The contact was saved."))
        return go_back(request, about)
    return edit_page(request, form, about, title=str(row), row=row)


@require_POST
def contact_archive(request: HttpRequest, cluster: str, contact: int) -> HttpResponse:
    """Take a contact out of the lists, or back into them."""
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    row = locked(Contact.objects.filter(cluster=own), request, contact)
    try:
        if row.archived_on:
            actions.restore_contact(seats=seats, contact=row)
            messages.success(request, _("The contact is in the lists again."))
        else:
            actions.archive_contact(seats=seats, contact=row, on=timezone.localdate())
            messages.success(request, _("The contact left the lists; what was said stays."))
    except actions.KnownAddressError as error:
        messages.error(request, str(error))
    return redirect("members:contact_detail", own.key, row.pk)


@require_http_methods(READ_OR_SEND)
def position_add(request: HttpRequest, cluster: str, contact: int) -> HttpResponse:
    """At one of the cluster's members, or where another contact works."""
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    access.may_keep_people(seats, own.pk).require()
    person = _contact(own, contact)
    about = About(own, contact=person)
    initial = {"first_day": timezone.localdate(), "organisation": request.GET.get("organisation")}
    form = PositionForm(request.POST or None, organisations=_organisations(own), initial=initial)

    def save() -> None:
        typed = form.cleaned_data
        new = actions.NewPosition(
            contact=person,
            organisation=typed["organisation"],
            title=typed["title"],
            role=typed["role"],
            is_main=typed["is_main"],
            first_day=typed["first_day"],
            last_day=typed["last_day"],
        )
        actions.add_position(seats=seats, new=new)

    if request.method == "POST" and saved(form, save):
        messages.success(request, _("The position was added."))
        return go_back(request, about)
    return edit_page(
        request, form, about, title=_("Add a position"), lead=str(person), submit=_("Add")
    )


def _organisations(cluster: Cluster) -> object:
    """Members of the cluster, past ones too, and where its contacts work."""
    members = Membership.objects.filter(cluster=cluster).values("organisation_id")
    places = Position.objects.filter(cluster=cluster).values("organisation_id")
    return Organisation.objects.filter(pk__in=members.union(places))


@require_http_methods(READ_OR_SEND)
@tells_gone
def position_change(request: HttpRequest, cluster: str, position: int) -> HttpResponse:
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    access.may_keep_people(seats, own.pk).require()
    rows = Position.objects.filter(cluster=own).select_related("contact", "organisation")
    row = locked(rows, request, position)
    about = About(own, contact=row.contact)
    form = PositionForm(request.POST or None, organisations=_organisations(own), position=row)
    if request.method == "POST" and saved(
        form, lambda: actions.change_position(seats=seats, position=row, **form.facts())
    ):
        say_saved(request, form, _("The position was saved."))
        return go_back(request, about)
    lead = f"{row.contact}, {row.organisation}"
    title = pgettext("at an organisation", "Position")
    return edit_page(request, form, about, title=title, lead=lead, row=row)


@require_POST
def position_end(request: HttpRequest, cluster: str, position: int) -> HttpResponse:
    """The contact left the organisation today."""
    own = own_cluster(request, cluster)
    rows = Position.objects.filter(cluster=own).select_related("contact", "organisation")
    row = locked(rows, request, position)
    try:
        actions.end_position(seats=seats_of(request), position=row, on=timezone.localdate())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The position was ended."))
    return go_back(request, About(own, contact=row.contact))


@require_http_methods(READ_OR_SEND)
def consent_record(request: HttpRequest, cluster: str, contact: int) -> HttpResponse:
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    access.may_keep_people(seats, own.pk).require()
    person = _contact(own, contact)
    about = About(own, contact=person)
    initial = {"said_on": timezone.localdate(), "purpose": request.GET.get("purpose")}
    form = ConsentForm(request.POST or None, initial=initial)
    if request.method == "POST" and saved(
        form, lambda: actions.record_consent(seats=seats, said=form.said(person))
    ):
        messages.success(request, _("The answer was recorded."))
        return go_back(request, about)
    return edit_page(request, form, about, title=_("Record consent"), lead=str(person))
