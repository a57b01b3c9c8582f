"""Mailings as their team writes, looks at and sends them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clusterwerk.activities.mailings import access, newsletters, sending, starting, writing
from clusterwerk.activities.mailings.audiences import reached
from clusterwerk.activities.mailings.forms import (
    TO,
    MailingForm,
    PartsForm,
    WordsForm,
    activities_for,
    views_for,
)
from clusterwerk.activities.mailings.messages import shown_to
from clusterwerk.activities.mailings.previewing import example, example_of, send_test
from clusterwerk.activities.mailings.recipients import recipient_listing
from clusterwerk.activities.mailings.showing import (
    PAGE_SIZE,
    counted,
    mailing_page,
    recipients_of,
    state_words,
)
from clusterwerk.activities.models import (
    Activity,
    ActivityState,
    Mailing,
    MailingAudience,
    MailingKind,
    MailingRecipient,
    MailingState,
    PublishedNewsletter,
)
from clusterwerk.activities.views.own import done, own_cluster, sent, status_of
from clusterwerk.clusters.models import Cluster, PublicProfile
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.access.replica import download
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.text import row_number
from clusterwerk.platform.ui.export import KINDS, About, FileKind, table_response
from clusterwerk.platform.ui.lists import Asked, Listing, asked_of, read_list
from clusterwerk.platform.ui.lists.answering import panel_of, part_asked
from clusterwerk.platform.ui.lists.filing import list_table
from clusterwerk.platform.ui.lists.showing import shown_list

READ_OR_SEND = ["GET", "HEAD", "POST"]


def own_mailing(request: HttpRequest, cluster: Cluster, number: int) -> Mailing:
    """What is sent holds it until the answer."""
    rows: QuerySet[Mailing] = Mailing.objects.filter(cluster=cluster, pk=number)
    if request.method == "POST":
        access.may_write(seats_of(request), cluster.pk).require()
        rows = rows.select_for_update(of=("self",))
    found = rows.select_related("cluster", "activity").first()
    if found is None:
        raise Http404(_("This mailing is not there, or was thrown away."))
    return found


@require_GET
def own_mailings(request: HttpRequest) -> HttpResponse:
    """The mailings of the cluster that the person works in."""
    return redirect("activities:mailing_list", cluster=own_cluster(request, "").key)


@require_GET
def mailing_list(request: HttpRequest, cluster: str) -> HttpResponse:
    own = own_cluster(request, cluster)
    rows = mailing_page(own.pk, row_number(request.GET.get("after", "")))
    context = {
        "cluster": own,
        "mailings": rows[:PAGE_SIZE],
        "next_key": str(rows[PAGE_SIZE - 1].pk) if len(rows) > PAGE_SIZE else "",
        "has_demo": any(row.is_demo for row in rows),
        "may_write": access.may_write(seats_of(request), own.pk),
        "profile": PublicProfile.objects.filter(pk=own.pk).first(),
    }
    return render(request, "activities/mailing_list.html", context)


@require_http_methods(READ_OR_SEND)
def mailing_add(request: HttpRequest, cluster: str) -> HttpResponse:
    """A draft; with `activity` in the address it is about that activity, for who registered."""
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    access.may_write(seats, own.pk).require()
    form = _form(request, own, None, initial=_begun(request, own))
    made: list[Mailing] = []
    if request.method == "POST" and done(
        form,
        lambda: made.append(writing.write_mailing(seats=seats, cluster=own, letter=form.letter())),
    ):
        messages.success(request, _("The draft is kept. Look at it before you send it."))
        return redirect("activities:mailing_detail", own.key, made[0].pk)
    return _form_page(request, own, None, form)


@require_http_methods(READ_OR_SEND)
def mailing_change(request: HttpRequest, cluster: str, mailing: int) -> HttpResponse:
    own = own_cluster(request, cluster)
    found = own_mailing(request, own, mailing)
    seats = seats_of(request)
    access.may_change(seats, found).require()
    form = _form(request, own, found)
    if request.method == "POST" and done(
        form,
        lambda: writing.change_mailing(seats=seats, mailing=found, letter=form.letter()),
    ):
        messages.success(request, _("The mailing was saved."))
        return redirect("activities:mailing_detail", own.key, found.pk)
    return _form_page(request, own, found, form)


def _form(request: HttpRequest, own: Cluster, mailing: Mailing | None, **more: Any) -> MailingForm:
    lists: dict[str, Any] = {"views": views_for(own), "activities": activities_for(own)}
    return MailingForm(sent(request), mailing=mailing, **lists, **more)


def _form_page(
    request: HttpRequest, own: Cluster, mailing: Mailing | None, form: MailingForm
) -> HttpResponse:
    context = {"cluster": own, "mailing": mailing, "form": form}
    return render(request, "activities/mailing_form.html", context, status=status_of(form))


def _begun(request: HttpRequest, own: Cluster) -> dict[str, Any]:
    profile = PublicProfile.objects.filter(pk=own.pk).first()
    begun: dict[str, Any] = {"sender_name": (profile.name if profile else own.name)[:100]}
    about = row_number(request.GET.get("activity", ""))
    activity = Activity.objects.filter(cluster=own, pk=about).first()
    if activity is not None:
        is_held = activity.state == ActivityState.HELD
        people = MailingAudience.ATTENDED if is_held else MailingAudience.REGISTERED
        begun |= {"activity": str(about), "to": f"{people}{TO}", "kind": MailingKind.PRACTICAL}
    return begun


@require_GET
def mailing_detail(request: HttpRequest, cluster: str, mailing: int) -> HttpResponse:
    """What it says, whom it reaches, and how far it is."""
    own = own_cluster(request, cluster)
    found = own_mailing(request, own, mailing)
    is_draft = found.state == MailingState.DRAFT
    numbers = counted(found)
    context = {
        "cluster": own,
        "mailing": found,
        "is_draft": is_draft,
        "is_open": found.state in (MailingState.PREPARING, MailingState.SENDING),
        "may_write": access.may_write(seats_of(request), own.pk),
        "counted": numbers,
        "states": [(state_words(found, state), number) for state, number in numbers.states],
        "published": PublishedNewsletter.objects.filter(pk=found.pk).first(),
        "previews": [_preview(found, language) for language in found.languages],
    }
    part = request.headers.get("HX-Target") == "progress"
    template = "_mailing_progress" if part else "mailing_detail"
    return render(request, f"activities/{template}.html", context)


def _preview(mailing: Mailing, language: str) -> dict[str, Any]:
    return shown_to(mailing, example(mailing, language))


@require_GET
def mailing_audience(request: HttpRequest, cluster: str, mailing: int) -> HttpResponse:
    """Counted now, by the rules that will freeze it; a part of the page of a draft."""
    own = own_cluster(request, cluster)
    found = own_mailing(request, own, mailing)
    context = {"cluster": own, "mailing": found, "reached": reached(found, timezone.localdate())}
    template = "_mailing_audience" if request.headers.get("HX-Request") else "mailing_audience"
    return render(request, f"activities/{template}.html", context)


@require_GET
def mailing_preview(request: HttpRequest, cluster: str, mailing: int) -> HttpResponse:
    """As somebody of the audience reads it; `who` is the number of a row of it."""
    own = own_cluster(request, cluster)
    found = own_mailing(request, own, mailing)
    people = example_of(found, row_number(request.GET.get("after", "")), timezone.localdate())
    person = people[0] if people else example(found, get_language() or "")
    context = {
        "cluster": own,
        "mailing": found,
        "person": person,
        "is_invented": not people,
        "next": person.person if len(people) > 1 else 0,
        "shown": shown_to(found, person),
    }
    return render(request, "activities/mailing_preview.html", context)


@require_POST
def mailing_test(request: HttpRequest, cluster: str, mailing: int) -> HttpResponse:
    """To the address of who asks, in each language."""
    own = own_cluster(request, cluster)
    found = own_mailing(request, own, mailing)
    address = request.user.email  # type: ignore[union-attr] # signed in
    send_test(seats=seats_of(request), mailing=found, address=address)
    messages.success(request, _("The test is on its way to %(address)s.") % {"address": address})
    return redirect("activities:mailing_detail", own.key, found.pk)


@require_http_methods(READ_OR_SEND)
def mailing_send(request: HttpRequest, cluster: str, mailing: int) -> HttpResponse:
    """The last look before it goes: to how many, and who is left out."""
    own = own_cluster(request, cluster)
    found = own_mailing(request, own, mailing)
    seats = seats_of(request)
    access.may_write(seats, own.pk).require()
    refusal = ""
    if request.method == "POST":
        try:
            starting.start(seats=seats, mailing=found, now=timezone.now())
        except DomainError as error:
            refusal = str(error)
        else:
            messages.success(request, _("It is being prepared, and goes out after that."))
            return redirect("activities:mailing_detail", own.key, found.pk)
    if found.state != MailingState.DRAFT:
        return redirect("activities:mailing_detail", own.key, found.pk)
    numbers = reached(found, timezone.localdate())
    context = {"cluster": own, "mailing": found, "reached": numbers, "refusal": refusal}
    status = 409 if refusal else 200
    return render(request, "activities/mailing_send.html", context, status=status)


@require_POST
def mailing_again(request: HttpRequest, cluster: str, mailing: int) -> HttpResponse:
    """Prepare on, after a job that failed or was cancelled."""
    return _act(
        request,
        (cluster, mailing),
        lambda found: starting.prepare_again(seats=seats_of(request), mailing=found),
        _("It is being prepared."),
    )


@require_POST
def mailing_pause(request: HttpRequest, cluster: str, mailing: int) -> HttpResponse:
    return _act(
        request,
        (cluster, mailing),
        lambda found: sending.pause_mailing(seats=seats_of(request), mailing=found),
        _("It is paused. What the mail server has already goes out."),
    )


@require_POST
def mailing_resume(request: HttpRequest, cluster: str, mailing: int) -> HttpResponse:
    return _act(
        request,
        (cluster, mailing),
        lambda found: sending.resume_mailing(seats=seats_of(request), mailing=found),
        _("It goes on within a minute."),
    )


@require_POST
def mailing_stop(request: HttpRequest, cluster: str, mailing: int) -> HttpResponse:
    return _act(
        request,
        (cluster, mailing),
        lambda found: sending.stop_mailing(
            seats=seats_of(request), mailing=found, now=timezone.now()
        ),
        _("It is stopped. Who was still waiting gets nothing."),
    )


@require_POST
def mailing_unpublish(request: HttpRequest, cluster: str, mailing: int) -> HttpResponse:
    return _act(
        request,
        (cluster, mailing),
        lambda found: newsletters.take_off(seats=seats_of(request), mailing=found),
        _("It no longer stands on the public site."),
    )


@require_POST
def mailing_copy(request: HttpRequest, cluster: str, mailing: int) -> HttpResponse:
    own = own_cluster(request, cluster)
    found = own_mailing(request, own, mailing)
    made = writing.copy_mailing(seats=seats_of(request), mailing=found)
    messages.success(request, _("This is a copy. Nobody has it yet."))
    return redirect("activities:mailing_change", own.key, made.pk)


@require_POST
def mailing_drop(request: HttpRequest, cluster: str, mailing: int) -> HttpResponse:
    own = own_cluster(request, cluster)
    found = own_mailing(request, own, mailing)
    try:
        writing.drop_mailing(seats=seats_of(request), mailing=found)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("activities:mailing_detail", own.key, mailing)
    messages.success(request, _("The draft was thrown away."))
    return redirect("activities:mailing_list", own.key)


@require_http_methods(READ_OR_SEND)
def mailing_parts(request: HttpRequest, cluster: str, mailing: int) -> HttpResponse:
    """Put activities, calls and news into the text of a draft."""
    own = own_cluster(request, cluster)
    found = own_mailing(request, own, mailing)
    seats = seats_of(request)
    access.may_change(seats, found).require()
    form = PartsForm(sent(request), offered=newsletters.to_come(own.pk, timezone.now()))
    if request.method == "POST" and done(
        form,
        lambda: newsletters.put_in(
            seats=seats, mailing=found, activities=form.chosen, news=form.told
        ),
    ):
        messages.success(request, _("They stand below the text. Change the words as you like."))
        return redirect("activities:mailing_change", own.key, found.pk)
    context = {"cluster": own, "mailing": found, "form": form}
    return render(request, "activities/mailing_parts.html", context, status=status_of(form))


def _act(
    request: HttpRequest, place: tuple[str, int], act: Callable[[Mailing], object], told: str
) -> HttpResponse:
    own = own_cluster(request, place[0])
    found = own_mailing(request, own, place[1])
    try:
        act(found)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, told)
    return redirect("activities:mailing_detail", own.key, found.pk)


@require_GET
def recipient_list(request: HttpRequest, cluster: str, mailing: int) -> HttpResponse:
    """Who gets it, who does not and why, and what became of each mail."""
    own = own_cluster(request, cluster)
    found = own_mailing(request, own, mailing)
    listing = recipient_listing(found, own.key)
    asked = asked_of(request.GET, listing)
    if kind := KINDS.get(request.GET.get("file", "")):
        return _recipient_file(request, (own, found), listing, asked, kind)
    part = part_asked(request)
    context = {"cluster": own, "mailing": found, **_panel(request, found, asked)}
    if part == "panel":
        return render(request, "activities/_recipient_panel.html", context)
    read = read_list(listing, asked)
    context |= {
        "find": WordsForm(request.GET),
        "list": shown_list(listing, asked, read, request.GET, ()),
        "is_narrow": asked.is_narrow,
    }
    template = "_recipient_rows" if part else "recipient_list"
    return render(request, f"activities/{template}.html", context)


@require_GET
def recipient_detail(
    request: HttpRequest, cluster: str, mailing: int, recipient: int
) -> HttpResponse:
    own = own_cluster(request, cluster)
    found = own_mailing(request, own, mailing)
    row = get_object_or_404(recipients_of(found), pk=recipient)
    context = {"cluster": own, "mailing": found, "row": row, "state": state_words(found, row.state)}
    return render(request, "activities/recipient_detail.html", context)


def _panel(request: HttpRequest, mailing: Mailing, asked: Asked) -> dict[str, Any]:
    row = recipients_of(mailing).filter(pk=asked.open).first() if asked.open else None
    return {
        "row": row,
        "state": state_words(mailing, row.state) if row else "",
        "panel": panel_of(asked, request.GET) if row else None,
    }


@download
def _recipient_file(
    request: HttpRequest,  # noqa: ARG001 - names who asks
    place: tuple[Cluster, Mailing],
    listing: Listing[MailingRecipient],
    asked: Asked,
    kind: FileKind,
) -> HttpResponse:
    cluster, mailing = place
    about = About(_("Recipients"), ((_("Mailing"), str(mailing)),))
    table = list_table(listing, asked, f"{cluster.key}-recipients", about)
    return table_response(table, kind, timezone.localdate())
