"""Who registered for an activity, for its team: the list, a file of it, and what the team does."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clusterwerk.activities import access, actions
from clusterwerk.activities.forms.registering import AddForm
from clusterwerk.activities.models import Activity, Registration
from clusterwerk.activities.queries.registrations import counts_of, registrations_of
from clusterwerk.activities.views.own import done, own_activity, own_cluster, sent, status_of
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.ui.export import KINDS, About, Column, Format, Table, table_response

COLUMNS: tuple[Column[Registration], ...] = (
    Column(gettext_lazy("Name"), lambda row: row.name, width=28),
    Column(
        gettext_lazy("Organisation"),
        lambda row: str(row.organisation) if row.organisation else row.printed_organisation,
        width=32,
    ),
    Column(gettext_lazy("E-mail address"), lambda row: row.email, width=32),
    Column(gettext_lazy("Telephone"), lambda row: row.telephone),
    Column(gettext_lazy("Guests"), lambda row: row.guests, Format.COUNT),
    Column(gettext_lazy("State"), lambda row: row.get_state_display()),
    Column(gettext_lazy("Price"), lambda row: row.price, Format.EURO),
    Column(gettext_lazy("Remark"), lambda row: row.remark, width=40),
    Column(gettext_lazy("Asked"), lambda row: timezone.localdate(row.asked_at), Format.DAY),
)


@require_http_methods(["GET", "HEAD", "POST"])
def registration_list(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    """Who comes, who waits and who withdrew; a form writes somebody down."""
    own = own_cluster(request, cluster)
    found = own_activity(request, own, activity)
    seats = seats_of(request)
    may_change = access.may_change(seats, found)
    form = AddForm(sent(request))
    if request.method == "POST":
        may_change.require()
        if done(
            form,
            lambda: actions.add_registration(
                seats=seats, activity=found, who=form.registrant(), now=timezone.now()
            ),
        ):
            messages.success(request, _("The registration is kept."))
            return redirect("activities:registration_list", own.key, found.pk)
    context = {
        "cluster": own,
        "activity": found,
        "registrations": registrations_of(found),
        "counts": counts_of(found),
        "may_change": may_change,
        "form": form,
    }
    return render(request, "activities/registration_list.html", context, status=status_of(form))


@require_GET
def registration_download(
    request: HttpRequest, cluster: str, activity: int, ending: str
) -> HttpResponse:
    own = own_cluster(request, cluster)
    found = own_activity(request, own, activity)
    if ending not in KINDS:
        raise BadRequest(_("Choose CSV or Excel."))
    about = About(_("Registrations"), ((_("Activity"), found.name), (_("Day"), found.day)))
    table = Table("registrations", COLUMNS, registrations_of(found), about)
    return table_response(table, KINDS[ending], timezone.localdate())


@require_POST
def registration_approve(
    request: HttpRequest, cluster: str, activity: int, registration: int
) -> HttpResponse:
    """Let somebody come who is not known as a member."""
    return _act(request, (cluster, activity, registration), actions.approve_registration)


@require_POST
def registration_cancel(
    request: HttpRequest, cluster: str, activity: int, registration: int
) -> HttpResponse:
    return _act(request, (cluster, activity, registration), actions.cancel_registration)


def _act(
    request: HttpRequest, place: tuple[str, int, int], act: Callable[..., Registration]
) -> HttpResponse:
    own = own_cluster(request, place[0])
    found: Activity = own_activity(request, own, place[1])
    try:
        row = act(
            seats=seats_of(request), activity=found, registration=place[2], now=timezone.now()
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        told = _("%(name)s: %(state)s")
        messages.success(request, told % {"name": row, "state": row.get_state_display()})
    return redirect("activities:registration_list", own.key, found.pk)
