"""Prospects: noted from the list of who is not reached, kept, and made members."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.identifiers import shown
from clusterwerk.directory.queries import enterprise_numbers
from clusterwerk.directory.queries.register import enterprises
from clusterwerk.members import access
from clusterwerk.members.actions.prospects import (
    drop_prospects,
    join_from_register,
    note_prospects,
)
from clusterwerk.members.forms.prospects import ManyJoiningForm
from clusterwerk.members.models import MembershipCategory
from clusterwerk.members.queries.prospects import prospects_of
from clusterwerk.members.views.choosing import own_cluster
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.text import row_number
from clusterwerk.platform.ui.templatetags.ui import count

MOST = 200  # enterprises at once
DIGITS = 10  # of an enterprise number
LONGEST_KEY = len(str(2**63))
UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


@require_http_methods(["GET", "HEAD", "POST"])
def prospect_list(request: HttpRequest, cluster: str) -> HttpResponse:
    """Everybody whom the cluster hopes to reach; a click takes somebody off."""
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    if request.method == "POST":
        ticked = [row_number(key) for key in request.POST.getlist("organisation")]
        number = drop_prospects(seats=seats, cluster=own, organisations=ticked[:MOST])
        told = ngettext("%(number)s is no prospect any more.",
                        "%(number)s are no prospects any more.", number)  # fmt: skip
        messages.success(request, told % {"number": count(number)})
        return redirect("members:prospect_list", own.key)
    found = prospects_of(own.pk, timezone.localdate())
    rows = [(each, next(iter(enterprise_numbers(each)), "")) for each in found[: MOST + 1]]
    may_keep = bool(access.may_keep_members(seats, own.pk))
    context = {"cluster": own, "rows": rows[:MOST], "is_more": len(rows) > MOST, "most": MOST,
               "may_keep": may_keep}  # fmt: skip
    return render(request, "members/prospect_list.html", context)


@require_POST
def prospect_note(request: HttpRequest, cluster: str) -> HttpResponse:
    """Note the ticked enterprises, or make them members, which asks for the category first."""
    own = own_cluster(request, cluster)
    access.may_keep_members(seats_of(request), own.pk).require()
    numbers = _ticked(request)
    if request.POST.get("do") == "join":
        return _join(request, own, numbers)
    try:
        number = note_prospects(seats=seats_of(request), cluster=own, numbers=numbers)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        told = ngettext("%(number)s enterprise was noted as prospect.",
                        "%(number)s enterprises were noted as prospects.", number)  # fmt: skip
        messages.success(request, told % {"number": count(number)})
    return redirect(_back(request, own))


def _join(request: HttpRequest, own: Cluster, numbers: list[str]) -> HttpResponse:
    """The form first; what was sent with it is saved."""
    if not numbers:
        messages.error(request, _("Tick the enterprises that you mean first."))
        return redirect(_back(request, own))
    categories = MembershipCategory.objects.filter(cluster=own, is_offered=True)
    is_sent = "first_day" in request.POST
    only = next(iter(categories), None) if len(categories) == 1 else None
    form = ManyJoiningForm(
        request.POST if is_sent else None,
        initial={"first_day": timezone.localdate(), "category": only},
        categories=categories,
    )
    if is_sent and form.is_valid() and _joined(request, own, numbers, form):
        return redirect(_back(request, own))
    names = dict(enterprises().filter(number__in=numbers).values_list("number", "name"))
    context = {
        "cluster": own,
        "form": form,
        "rows": [(each, names.get(each) or shown(each)) for each in numbers],
        "back": _back(request, own),
        "kept": [(key, request.POST.get(key, "")) for key in ("group", "find", "who")],
        "has_categories": bool(categories),
    }
    status = UNPROCESSABLE if form.errors else HTTPStatus.OK
    return render(request, "members/prospect_join.html", context, status=status)


def _joined(request: HttpRequest, own: Cluster, numbers: list[str], form: ManyJoiningForm) -> bool:
    """Whether they are members now; the form says why not."""
    try:
        made = join_from_register(
            seats=seats_of(request), cluster=own, numbers=numbers, joining=form.joining()
        )
    except DomainError as error:
        form.add_error(None, str(error))
        return False
    told = ngettext("%(number)s enterprise is a member now.",
                    "%(number)s enterprises are members now.", len(made))  # fmt: skip
    messages.success(request, told % {"number": count(len(made))})
    return True


def _ticked(request: HttpRequest) -> list[str]:
    """Enterprise numbers, each once, as many as one page shows."""
    sent = request.POST.getlist("number")
    known = (each for each in sent if each.isascii() and each.isdigit() and len(each) <= DIGITS)
    return list(dict.fromkeys(known))[:MOST]


def _back(request: HttpRequest, own: Cluster) -> str:
    """To the page of who is not reached from which it was sent, or to the prospects."""
    group = request.POST.get("group", "")
    if not (group.isascii() and group.isdigit() and len(group) < LONGEST_KEY):
        return reverse("members:prospect_list", args=[own.key])
    address = reverse("members:target_group_missing", args=[own.key, int(group)])
    query = urlencode({key: request.POST[key] for key in ("find", "who") if request.POST.get(key)})
    return f"{address}?{query}" if query else address
