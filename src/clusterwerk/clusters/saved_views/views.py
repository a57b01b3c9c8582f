"""Keeping a view of a list under a name; the list itself shows them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clusterwerk.clusters.choosing import chosen_cluster
from clusterwerk.clusters.models import SavedView
from clusterwerk.clusters.saved_views import actions
from clusterwerk.clusters.saved_views.forms import SavedViewForm
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError


@require_POST
def saved_view_keep(request: HttpRequest, cluster: str) -> HttpResponse:
    own = chosen_cluster(request, cluster)
    if own is None:
        raise PermissionDenied
    form = SavedViewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("A view needs a name of at most 60 letters."))
        return _back(request, request.POST.get("query", ""))
    try:
        view = actions.keep_view(seats=seats_of(request), cluster=own, new=form.new_view())
    except DomainError as error:
        messages.error(request, str(error))
        return _back(request, form.cleaned_data["query"])
    messages.success(request, _("The view “%(name)s” was kept.") % {"name": view.name})
    return _back(request, f"view={view.pk}&{view.query}")


@require_POST
def saved_view_remove(request: HttpRequest, cluster: str, view: int) -> HttpResponse:
    own = chosen_cluster(request, cluster)
    if own is None:
        raise PermissionDenied
    kept = get_object_or_404(SavedView, pk=view, cluster=own)
    actions.take_view_away(seats=seats_of(request), view=kept)
    messages.success(request, _("The view “%(name)s” was removed.") % {"name": kept.name})
    return _back(request, "view=all")


def _back(request: HttpRequest, query: str) -> HttpResponse:
    """To the list that the form stands on."""
    path = request.POST.get("next", "/").split("?", maxsplit=1)[0]
    safe = url_has_allowed_host_and_scheme(
        path, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(f"{path if safe else '/'}?{query}")
