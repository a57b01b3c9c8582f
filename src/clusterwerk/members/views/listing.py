"""The list of members, with the file of one of them beside it."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clusterwerk.clusters.choosing import own_clusters
from clusterwerk.clusters.models import Cluster
from clusterwerk.clusters.saved_views.showing import ShownViews, shown_views
from clusterwerk.members.forms.listing import MemberFilter
from clusterwerk.members.lists import MEMBERS, MemberScope, member_listing, member_words
from clusterwerk.members.models import Membership
from clusterwerk.members.queries import MemberFile, MemberRow, member_file
from clusterwerk.members.queries.listing import last_talks
from clusterwerk.members.queries.people import open_tasks, people_at
from clusterwerk.members.views.choosing import own_cluster
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.access.replica import download
from clusterwerk.platform.ui.export import KINDS, About, FileKind, table_response
from clusterwerk.platform.ui.lists import Asked, Listing, asked_of, bulk_actions, read_list
from clusterwerk.platform.ui.lists.answering import Panel, panel_of, part_asked
from clusterwerk.platform.ui.lists.doing import Frame, answer_bulk
from clusterwerk.platform.ui.lists.filing import list_table
from clusterwerk.platform.ui.lists.showing import shown_list
from clusterwerk.programme.queries import term_of_cluster

UNPROCESSABLE = 422


def membership_list(request: HttpRequest, cluster: str) -> HttpResponse:
    own = own_cluster(request, cluster)
    views = shown_views(request, own, MEMBERS)
    if views.opens_with and not request.GET:
        return redirect(f"{request.path}?{views.opens_with}")
    form = MemberFilter(request.GET)
    is_valid = form.is_valid()
    scope = _scope(form, own)
    listing = member_listing(scope, member_words(own.pk))
    asked = asked_of(request.GET, listing)
    if is_valid and (kind := KINDS.get(request.GET.get("file", ""))):
        return _member_file(request, scope, listing, asked, kind)
    if part_asked(request) == "panel":
        return render(request, "members/_member_panel.html", _panel(own, asked, request))
    return render(
        request,
        "members/_member_rows.html" if part_asked(request) else "members/membership_list.html",
        {"form": form, "scope": scope, **_context(request, scope, listing, asked, views)},
        status=200 if is_valid else UNPROCESSABLE,
    )


@require_POST
def membership_bulk(request: HttpRequest, cluster: str) -> HttpResponse:
    """Something done with the ticked members, or with all that the address selects."""
    own = own_cluster(request, cluster)
    form = MemberFilter(request.GET)
    form.is_valid()
    listing = member_listing(_scope(form, own), member_words(own.pk))
    address = reverse("members:membership_list", args=[own.key])
    back = f"{address}?{request.GET.urlencode()}" if request.GET else address
    frame = Frame(_("Members"), back, {"cluster": own})
    return answer_bulk(request, listing, asked_of(request.GET, listing), own.pk, frame)


def _scope(form: MemberFilter, cluster: Cluster) -> MemberScope:
    day = form.day_asked(timezone.localdate())
    term, ends_by = term_of_cluster(cluster.pk), form.ends_by(day)
    return MemberScope(cluster, day, term, ends_by, form.since_asked())


@download
def _member_file(
    request: HttpRequest,  # noqa: ARG001 - names who asks
    scope: MemberScope,
    listing: Listing[MemberRow],
    asked: Asked,
    kind: FileKind,
) -> HttpResponse:
    about = About(
        _("Members"),
        (
            (_("Cluster"), scope.cluster.name),
            (_("Members on"), scope.day),
            (_("Working year"), scope.working_year),
            (_("Source"), _("Counted from the memberships that the cluster keeps.")),
        ),
    )
    table = list_table(listing, asked, f"{scope.cluster.key}-members", about)
    return table_response(table, kind, scope.day)


def _context(
    request: HttpRequest,
    scope: MemberScope,
    listing: Listing[MemberRow],
    asked: Asked,
    views: ShownViews,
) -> dict[str, Any]:
    cluster, seats = scope.cluster, seats_of(request)
    read = read_list(listing, asked)
    actions = bulk_actions(MEMBERS, seats, cluster.pk)
    return {
        "cluster": cluster,
        "clusters": own_clusters(request) if len(seats.clusters) > 1 else [],
        "views": views,
        "list": shown_list(listing, asked, read, request.GET, actions),
        "bulk_address": reverse("members:membership_bulk", args=[cluster.key]),
        "is_narrow": asked.is_narrow or scope.ends_by is not None,
        "has_demo": any(row.membership.is_demo for row in read.page.rows),
        "is_empty": not read.page.rows and not Membership.objects.filter(cluster=cluster).exists(),
        **_panel(cluster, asked, request),
    }


def _panel(cluster: Cluster, asked: Asked, request: HttpRequest) -> dict[str, Any]:
    """The file of the row that is open beside the list; a row that is gone leaves no panel."""
    file: MemberFile | None = member_file(cluster.pk, asked.open) if asked.open else None
    panel: Panel | None = panel_of(asked, request.GET) if file else None
    today = timezone.localdate()
    return {
        "cluster": cluster,
        "file": file,
        "panel": panel,
        "today": today,
        **(_people_of(cluster.pk, file.membership.organisation_id, today) if file else {}),
    }


def _people_of(cluster: int, organisation: int, today: date) -> dict[str, Any]:
    """Whom to call, when somebody did last, and what is still owed to them."""
    people = people_at(cluster, organisation, today)
    return {
        "main_contact": next((place for place in people if place.is_main), None),
        "talked_at": last_talks(cluster, [organisation]).get(organisation),
        "tasks": open_tasks(cluster, organisation=organisation)[:4],
    }
