"""A note after a visit, on the telephone, with or without a connection.

The page works as a plain form. With script a note is first kept in the browser and then sent; a
worker of the browser keeps an empty page at hand for when there is no connection. The empty page
holds nothing of anybody. docs/decisions/0022-mail-and-notes.md says what stays on a telephone.
"""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from clusterwerk.clusters.models import Cluster
from clusterwerk.members import access, actions
from clusterwerk.members.forms.correspondence import NOTE_KINDS, QuickNoteForm
from clusterwerk.members.models import Interaction
from clusterwerk.members.queries.correspondence import member_names, recent_members
from clusterwerk.members.views.choosing import own_cluster
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError

SHORT = 80  # signs of a subject


@require_http_methods(["GET", "HEAD", "POST"])
def note_quick(request: HttpRequest) -> HttpResponse:
    """Three taps: member, text, save. A script that sends what it kept asks for JSON."""
    wants_json = request.headers.get("Accept", "").startswith("application/json")
    own = own_cluster(request, request.POST.get("cluster", "") or request.GET.get("cluster", ""))
    seats = seats_of(request)
    access.may_keep_people(seats, own.pk).require()
    form = QuickNoteForm(request.POST or None, cluster=own.pk, asked=request.GET)
    if request.method == "POST" and _is_kept(form, seats, own):
        if wants_json:
            return JsonResponse({"kept": True})
        messages.success(request, _("The note is on the timeline."))
        return redirect("members:note_quick")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    if wants_json:
        told = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"kept": False, "problem": told}, status=status)
    return render(request, "members/note_quick.html", _context(form, seats, own), status=status)


def _context(form: QuickNoteForm, seats: Seats, own: Cluster) -> dict[str, Any]:
    return {
        "cluster": own,
        "form": form,
        "kinds": NOTE_KINDS,
        "recent": recent_members(own.pk, seats.actor),
        "names": member_names(own.pk, timezone.localdate()),
        "owner": _owner(seats),
    }


def _owner(seats: Seats) -> str:
    """Tells the notes of one person apart in a browser, and says nothing of who it is."""
    return salted_hmac("owner of kept notes", str(seats.actor)).hexdigest()[:24]


def _is_kept(form: QuickNoteForm, seats: Seats, own: Cluster) -> bool:
    """A note that came in before counts as kept, so that a lost answer does no harm."""
    if not form.is_valid():
        return False
    typed = form.cleaned_data
    identity = f"note:{seats.actor}:{typed['number']}"
    if Interaction.objects.filter(cluster=own, external_id=identity).exists():
        return True
    subject, body = _in_short(typed["body"])
    new = actions.NewInteraction(
        kind=typed["kind"],
        parties=(actions.Party(typed["organisation"]),),
        subject=subject,
        body=body,
        happened_at=typed["at"],
        source=_("quick note"),
        external_id=identity,
        is_demo=typed["organisation"].is_demo,
    )
    try:
        actions.log_interaction(seats=seats, cluster=own, new=new)
    except DomainError as error:
        if Interaction.objects.filter(cluster=own, external_id=identity).exists():
            return True  # sent from two places in one moment
        form.add_error(None, str(error))
        return False
    return True


def _in_short(text: str) -> tuple[str, str]:
    """A short note is its own subject; of a longer one the beginning is, so that it is found."""
    line = " ".join(text.split())
    if len(line) <= SHORT and "\n" not in text.strip():
        return line, ""
    return Truncator(line).chars(SHORT), text


@require_GET
def note_shell(request: HttpRequest) -> HttpResponse:
    """The empty page that a telephone keeps: no name, no member, no key to any form."""
    access.may_keep_people(seats_of(request), own_cluster(request, "").pk).require()
    context = {"is_shell": True, "kinds": NOTE_KINDS, "recent": [], "names": []}
    return render(request, "members/note_quick.html", context)


@require_GET
def note_worker(request: HttpRequest) -> HttpResponse:
    """The script that answers for the page of the note alone; its folder is its reach."""
    access.may_keep_people(seats_of(request), own_cluster(request, "").pk).require()
    response = render(request, "members/note_worker.js", content_type="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response
