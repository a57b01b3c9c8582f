"""The list of contacts, with one of them beside it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clusterwerk.clusters.choosing import own_clusters
from clusterwerk.clusters.saved_views.showing import ShownViews, shown_views
from clusterwerk.members import access
from clusterwerk.members.forms.contacts import consent_lines
from clusterwerk.members.forms.listing import ContactFilter
from clusterwerk.members.lists import CONTACTS, ContactScope, contact_listing
from clusterwerk.members.models import Contact
from clusterwerk.members.queries.contact_rows import ContactRow, places_on
from clusterwerk.members.queries.people import consents_of, open_tasks
from clusterwerk.members.views.choosing import own_cluster
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.access.replica import download
from clusterwerk.platform.ui.export import KINDS, About, FileKind, table_response
from clusterwerk.platform.ui.lists import Asked, Listing, asked_of, bulk_actions, read_list
from clusterwerk.platform.ui.lists.answering import panel_of, part_asked
from clusterwerk.platform.ui.lists.doing import Frame, answer_bulk
from clusterwerk.platform.ui.lists.filing import list_table
from clusterwerk.platform.ui.lists.showing import shown_list


@require_GET
def contact_list(request: HttpRequest, cluster: str) -> HttpResponse:
    own = own_cluster(request, cluster)
    views = shown_views(request, own, CONTACTS)
    if views.opens_with and not request.GET:
        return redirect(f"{request.path}?{views.opens_with}")
    scope = ContactScope(own, timezone.localdate())
    listing = contact_listing(scope)
    asked = asked_of(request.GET, listing)
    if kind := KINDS.get(request.GET.get("file", "")):
        return _contact_file(request, scope, listing, asked, kind)
    if part_asked(request) == "panel":
        return render(request, "members/_contact_panel.html", _panel(scope, asked, request))
    return render(
        request,
        "members/_contact_rows.html" if part_asked(request) else "members/contact_list.html",
        _context(request, scope, listing, asked, views),
    )


@require_POST
def contact_bulk(request: HttpRequest, cluster: str) -> HttpResponse:
    """Something done with the ticked contacts, or with all that the address selects."""
    own = own_cluster(request, cluster)
    listing = contact_listing(ContactScope(own, timezone.localdate()))
    address = reverse("members:contact_list", args=[own.key])
    back = f"{address}?{request.GET.urlencode()}" if request.GET else address
    frame = Frame(_("Contacts"), back, {"cluster": own})
    return answer_bulk(request, listing, asked_of(request.GET, listing), own.pk, frame)


@download
def _contact_file(
    request: HttpRequest,  # noqa: ARG001 - names who asks
    scope: ContactScope,
    listing: Listing[ContactRow],
    asked: Asked,
    kind: FileKind,
) -> HttpResponse:
    about = About(
        _("Contacts"),
        (
            (_("Cluster"), scope.cluster.name),
            (_("Positions on"), scope.day),
            (_("Source"), _("From the contacts that the cluster keeps.")),
        ),
    )
    table = list_table(listing, asked, f"{scope.cluster.key}-contacts", about)
    return table_response(table, kind, scope.day)


def _context(
    request: HttpRequest,
    scope: ContactScope,
    listing: Listing[ContactRow],
    asked: Asked,
    views: ShownViews,
) -> dict[str, Any]:
    cluster, seats = scope.cluster, seats_of(request)
    read = read_list(listing, asked)
    actions = bulk_actions(CONTACTS, seats, cluster.pk)
    return {
        "cluster": cluster,
        "clusters": own_clusters(request) if len(seats.clusters) > 1 else [],
        "form": ContactFilter(request.GET),
        "views": views,
        "list": shown_list(listing, asked, read, request.GET, actions),
        "bulk_address": reverse("members:contact_bulk", args=[cluster.key]),
        "is_narrow": asked.is_narrow,
        "has_demo": any(row.contact.is_demo for row in read.page.rows),
        **_panel(scope, asked, request),
    }


def _panel(scope: ContactScope, asked: Asked, request: HttpRequest) -> dict[str, Any]:
    """The contact of the row that is open beside the list; one who is gone leaves no panel."""
    cluster = scope.cluster
    opened = Contact.objects.filter(cluster=cluster, pk=asked.open) if asked.open else []
    contact = next(iter(opened), None)
    shared = {"cluster": cluster, "may_keep": access.may_keep_people(seats_of(request), cluster.pk)}
    if contact is None:
        return {**shared, "contact": None, "panel": None}
    return {
        **shared,
        "contact": contact,
        "panel": panel_of(asked, request.GET),
        "places": places_on(cluster.pk, scope.day, [contact.pk]).get(contact.pk, []),
        "consents": consent_lines(consents_of(cluster.pk, contact.pk)),
        "tasks": open_tasks(cluster.pk).filter(contact=contact),
        "today": scope.day,
    }
