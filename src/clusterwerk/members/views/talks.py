"""The timeline of a member or contact, and the talks on it."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.members import access, actions
from clusterwerk.members.forms.work import InteractionForm
from clusterwerk.members.models import Contact, Interaction
from clusterwerk.members.timeline import timeline_page, timeline_sources
from clusterwerk.members.views.about import (
    About,
    asked_about,
    edit_page,
    go_back,
    locked,
    new_once,
    saved,
    say_saved,
    tells_gone,
)
from clusterwerk.members.views.choosing import own_cluster
from clusterwerk.platform.access.middleware import seats_of


def timeline_context(
    request: HttpRequest,
    cluster: Cluster,
    *,
    organisation: Organisation | None = None,
    contact: Contact | None = None,
    is_contact: bool = False,
) -> dict[str, Any]:
    """The first page of a timeline, its filter, and the quick form, for the page of a file.

    The page of a contact shows what was said with them, wherever they worked; what is written
    there is also about the organisation they work at.
    """
    seats = seats_of(request)
    about = About(cluster, organisation, contact)
    asked = (None, contact.pk) if contact and is_contact else (_pk(organisation), None)
    return {
        **_page(request, cluster, *asked),
        "quick": InteractionForm(
            contacts=Contact.objects.none(), initial={"happened_at": timezone.now()}
        ),
        "quick_people": about.people,
        "about": about,
        "once": new_once(),
        "may_log": access.may_keep_people(seats, cluster.pk),
    }


def _pk(row: Organisation | None) -> int | None:
    return row.pk if row else None


def _page(
    request: HttpRequest, cluster: Cluster, organisation: int | None, contact: int | None
) -> dict[str, Any]:
    sources = timeline_sources(organisation, contact)
    kind = request.GET.get("kind", "")
    known = kind if any(source.key == kind for source in sources) else ""
    page = timeline_page(
        cluster=cluster.pk,
        organisation=organisation,
        contact=contact,
        kind=known,
        before=_before(request),
    )
    return {"timeline": page, "timeline_sources": sources, "timeline_kind": known}


def _before(request: HttpRequest) -> datetime | None:
    asked = request.GET.get("before", "")
    if not asked:
        return None
    try:
        moment = parse_datetime(asked)
    except ValueError:
        moment = None
    if moment is None or timezone.is_naive(moment):
        raise BadRequest(_("This page of the timeline does not exist. Begin at its first."))
    return moment


def timeline_part(
    request: HttpRequest,
    cluster: Cluster,
    *,
    organisation: int | None = None,
    contact: int | None = None,
) -> HttpResponse | None:
    """The timeline alone, where the page asks for more of it or for another kind."""
    is_part = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined] # set by its middleware
    if not is_part or not {"kind", "before"} & set(request.GET):
        return None
    context = {"cluster": cluster, **_page(request, cluster, organisation, contact)}
    name = "members/_timeline_more.html" if "before" in request.GET else "members/_timeline.html"
    return render(request, name, context)


@require_http_methods(["GET", "HEAD", "POST"])
def interaction_add(request: HttpRequest, cluster: str) -> HttpResponse:
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    access.may_keep_people(seats, own.pk).require()
    about = asked_about(request, own)
    form = InteractionForm(
        request.POST or None,
        contacts=about.contacts,
        initial={
            "happened_at": timezone.now(),
            "kind": request.GET.get("kind") or "call",
            "subject": request.GET.get("subject", "")[:200],
        },
    )
    if request.method == "POST" and saved(
        form,
        lambda: actions.log_interaction(
            seats=seats, cluster=own, new=form.new(about.organisation, about.contact)
        ),
    ):
        messages.success(request, _("It is on the timeline."))
        return go_back(request, about)
    return edit_page(request, form, about, title=_("Write down what was said"), lead=about.name)


@require_http_methods(["GET", "HEAD", "POST"])
@tells_gone
def interaction_change(request: HttpRequest, cluster: str, interaction: int) -> HttpResponse:
    """Mend a talk or take it away; who may not sees it and why not."""
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    row: Interaction = locked(Interaction.objects.filter(cluster=own), request, interaction)
    about = _about(own, row)
    decision = access.may_change_interaction(seats, own.pk, row.author_id)
    if request.method == "POST":
        decision.require()
    if "delete" in request.POST:
        actions.delete_interaction(seats=seats, interaction=row)
        messages.success(request, _("It left the timeline; the history keeps it."))
        return go_back(request, about)
    form = InteractionForm(
        request.POST or None,
        contacts=_contacts(about, row),
        interaction=row,
    )
    if request.method == "POST" and _is_saved(request, form, row, about):
        return go_back(request, about)
    if not decision:
        context = {"cluster": own, "about": about, "row": row, "reason": decision.reason}
        return render(request, "members/interaction_read.html", context, status=HTTPStatus.OK)
    title = row.get_kind_display().capitalize()
    remove = _("Delete")
    return edit_page(request, form, about, title=title, lead=about.name, remove=remove, row=row)


def _is_saved(request: HttpRequest, form: InteractionForm, row: Interaction, about: About) -> bool:
    def save() -> None:
        others = row.parties.exclude(organisation=about.organisation)
        parties = list(form.new(about.organisation, None).parties)
        parties += [actions.Party(each.organisation, each.contact) for each in others]
        actions.change_interaction(
            seats=seats_of(request), interaction=row, parties=parties, **form.facts()
        )

    if not saved(form, save):
        return False
    say_saved(request, form, _("It was saved."))
    return True


def _about(cluster: Cluster, row: Interaction) -> About:
    """The organisation it was with first, else the contact."""
    parties = list(row.parties.select_related("organisation", "contact"))
    organisation = next((each.organisation for each in parties if each.organisation), None)
    contact = next((each.contact for each in parties if each.contact), None)
    return About(cluster, organisation, contact)


def _contacts(about: About, row: Interaction) -> Any:  # noqa: ANN401 - a set of rows
    """Who works there now, and who took part."""
    there = about.contacts.values("pk")
    took_part = row.parties.exclude(contact=None).values("contact_id")
    return Contact.objects.filter(cluster=about.cluster, pk__in=there.union(took_part))
