"""What the search box of a form finds while somebody types."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwerk.directory import access
from clusterwerk.directory.forms.picking import NAME, OrganisationPicker, Picked
from clusterwerk.platform.access.middleware import seats_of


@require_safe
def picker(request: HttpRequest) -> HttpResponse:
    """Results for the field `name`, as its form shows them; names of others are never found."""
    seats = seats_of(request)
    access.may_register(seats).require()
    name = request.GET.get("name", "")
    if not NAME.fullmatch(name):
        raise BadRequest(_("The search does not say for which field."))
    widget = OrganisationPicker()
    asked = request.GET.get("cluster", "")
    widget.cluster = next((own for own in seats.clusters if str(own) == asked), None)
    widget.with_register = request.GET.get("register") != "0"
    typed = widget.value_from_datadict(request.GET, None, name).typed
    context = widget.get_context(name, Picked("", typed), {"id": f"id_{name}"})
    return render(request, "directory/_picker_answer.html", context)
