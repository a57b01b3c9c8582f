"""Documents of an activity: what its team keeps, and what visitors fetch."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clusterwerk.activities import access
from clusterwerk.activities.actions import handouts as actions
from clusterwerk.activities.actions.visitors import UnknownLinkError
from clusterwerk.activities.forms.handouts import HandoutForm, HandoutsForm
from clusterwerk.activities.handouts import LARGEST, MOST_HANDOUTS
from clusterwerk.activities.jobs import tell_of_handouts
from clusterwerk.activities.models import Activity
from clusterwerk.activities.queries.agenda import published_activity
from clusterwerk.activities.queries.handouts import Fetched, content_of, handout_of, handouts_of
from clusterwerk.activities.views.own import done, own_activity, own_lead, sent, status_of
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError, NotHereError
from clusterwerk.platform.files.uploads import takes_uploads
from clusterwerk.platform.jobs import ask

READ_OR_SEND = ["GET", "HEAD", "POST"]
MOST_UPLOADED = 3 * LARGEST  # several files at once


@takes_uploads(most=MOST_UPLOADED)
@require_http_methods(READ_OR_SEND)
def handouts(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    """Those that are there, and a form for more; of several files each is taken that can be."""
    own = own_lead(request, cluster)
    found = own_activity(request, own, activity)
    may_change = access.may_change(seats_of(request), found)
    form = HandoutsForm(sent(request), request.FILES if request.method == "POST" else None)
    if request.method == "POST":
        may_change.require()
        refused = _add(request, form, found)
        if form.is_valid() and not refused:
            messages.success(request, _("The documents are there."))
            return redirect("activities:handouts", own.key, found.pk)
        for words in refused:
            form.add_error("uploaded", words)
    rows = handouts_of(found)
    context = {
        "cluster": own,
        "activity": found,
        "form": form,
        "handouts": rows,
        "may_change": may_change,
        "has_room": len(rows) < MOST_HANDOUTS,
        "untold": actions.untold(found).count() if rows and may_change else 0,
    }
    return render(request, "activities/handouts.html", context, status=status_of(form))


def _add(request: HttpRequest, form: HandoutsForm, activity: Activity) -> list[str]:
    """Sentences about files that were not taken."""
    refused = []
    for upload in form.cleaned_data["uploaded"] if form.is_valid() else ():
        try:
            actions.add_handout(
                seats=seats_of(request),
                activity=activity,
                name=upload.name,
                content=upload.read(LARGEST + 1),
                reach=form.cleaned_data["reach"],
                now=timezone.now(),
            )
        except DomainError as error:
            refused.append(str(error))
    return refused


@require_http_methods(READ_OR_SEND)
def handout_change(request: HttpRequest, cluster: str, activity: int, handout: int) -> HttpResponse:
    own = own_lead(request, cluster)
    found = own_activity(request, own, activity)
    seats = seats_of(request)
    access.may_change(seats, found).require()
    rows = handouts_of(found)
    row = next((each for each in rows if each.pk == handout), None)
    if row is None:
        raise Http404(_("This document is not here, or not any more."))
    form = HandoutForm(sent(request), handout=row, count=len(rows))
    if request.method == "POST" and done(
        form,
        lambda: actions.change_handout(
            seats=seats, activity=found, handout=handout, **form.cleaned_data
        ),
    ):
        messages.success(request, _("The document was saved."))
        return redirect("activities:handouts", own.key, found.pk)
    context = {"cluster": own, "activity": found, "form": form, "handout": row}
    return render(request, "activities/handout_change.html", context, status=status_of(form))


@require_POST
def handout_remove(request: HttpRequest, cluster: str, activity: int, handout: int) -> HttpResponse:
    own = own_lead(request, cluster)
    found = own_activity(request, own, activity)
    actions.remove_handout(seats=seats_of(request), activity=found, handout=handout)
    messages.success(request, _("The document is gone; nobody can fetch it any more."))
    return redirect("activities:handouts", own.key, found.pk)


@require_safe
def handout_file(request: HttpRequest, cluster: str, activity: int, handout: int) -> HttpResponse:
    """What the team itself looks at."""
    own = own_lead(request, cluster)
    found = own_activity(request, own, activity)
    return _download(content_of(handout_of(found, handout)))


@require_POST
def handouts_mail(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    """The link to who came, by a job that goes on where it was; its page shows how far it is."""
    own = own_lead(request, cluster)
    found = own_activity(request, own, activity)
    seats = seats_of(request)
    try:
        actions.require_something_to_tell(seats, found)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("activities:handouts", own.key, found.pk)
    with transaction.atomic():
        run = ask(
            tell_of_handouts,
            actor=seats.actor or 0,
            reason="activities:handouts_mail",
            activity=found.pk,
        )
    return redirect("jobs:job_detail", run.pk)


@login_not_required
@never_cache
@require_safe
def open_handout(request: HttpRequest, uid: uuid.UUID, handout: int) -> HttpResponse:
    """What is for everybody, from the public page."""
    shown = published_activity(uid)
    if shown is None:
        raise Http404(_("There is no published activity with this address."))
    return _download(
        actions.fetch_open(seats=seats_of(request), shown=shown.activity, handout=handout)
    )


@login_not_required
@never_cache
@require_safe
def own_handouts(request: HttpRequest, token: str) -> HttpResponse:
    """By the link of a registration: all of them for who came, what is for everybody for others."""
    try:
        found = actions.handouts_by_link(seats=seats_of(request), token=token)
    except UnknownLinkError as error:
        raise NotHereError(str(error)) from error
    context = {"found": found, "registration": found.registration, "activity": found.shown}
    return render(request, "activities/own_handouts.html", context)


@login_not_required
@never_cache
@require_safe
def own_handout(request: HttpRequest, token: str, handout: int) -> HttpResponse:
    """Whoever did not come is told so on the page that lists them."""
    try:
        fetched = actions.fetch_own(seats=seats_of(request), token=token, handout=handout)
    except (UnknownLinkError, NotHereError) as error:
        raise NotHereError(str(error)) from error
    except DomainError:
        return redirect("agenda:own_handouts", token)
    return _download(fetched)


def _download(fetched: Fetched) -> HttpResponse:
    """Always as a download, never shown: what it holds must not run as a page of ours."""
    response = HttpResponse(fetched.content, content_type=fetched.media_type)
    disposition = content_disposition_header(as_attachment=True, filename=fetched.name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
