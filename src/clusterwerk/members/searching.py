"""What quick search finds in a cluster: members, contacts, needs and offers, talks, tasks, tags.

Each source narrows to the clusters of the seats by equality, then searches inside them. A talk
or task opens the file of the member it is about.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from clusterwerk.members.models import (
    Contact,
    Interaction,
    Membership,
    NeedOrOffer,
    Position,
    Tag,
    Task,
)
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.searching import Hit, SearchSource
from clusterwerk.platform.text import SortKey

Words = tuple[str, ...]
Owner = tuple[int, int | None]  # cluster and organisation


def find_members(seats: Seats, words: Words, limit: int) -> list[Hit]:
    """Members of one's clusters, and those of the agency's clusters as its evidence names them."""
    if seats.clusters:
        mine = Q(cluster__in=seats.clusters)
    elif seats.agencies:
        mine = Q(agency__in=seats.agencies)
    else:
        return []
    found = Membership.objects.filter(mine).order_by(
        "organisation__name_sort", "organisation_id", "-period__startswith"
    )
    for word in words:
        found = found.filter(organisation__name_sort__contains=word)
    once = found.distinct("organisation__name_sort", "organisation_id")
    return [
        _member_hit(seats, member)
        for member in once.select_related("organisation__place", "cluster")[:limit]
    ]


def _member_hit(seats: Seats, member: Membership) -> Hit:
    place = member.organisation.place
    note = " · ".join(filter(None, [place.name if place else "", member.cluster.name]))
    address = (
        reverse("members:membership_detail", args=[member.cluster.key, member.pk])
        if member.cluster_id in seats.clusters
        else reverse("reporting:cluster_detail", args=[member.cluster.key])
    )
    return Hit(member.organisation.name, address, note)


def find_contacts(seats: Seats, words: Words, limit: int) -> list[Hit]:
    found = Contact.objects.living().filter(cluster__in=seats.clusters)
    for word in words:
        found = found.filter(Q(name_sort__contains=word) | Q(email__contains=word))
    contacts = list(found.select_related("cluster").order_by("name_sort", "pk")[:limit])
    works_at = {
        position.contact_id: position
        for position in Position.objects.filter(
            cluster__in=seats.clusters, contact__in=[contact.pk for contact in contacts]
        )
        .select_related("organisation")
        .order_by("is_main", "pk")
    }
    return [
        Hit(
            str(contact),
            reverse("members:contact_detail", args=[contact.cluster.key, contact.pk]),
            str(at.organisation) if at else contact.email,
        )
        for contact in contacts
        for at in [works_at.get(contact.pk)]
    ]


def find_interactions(seats: Seats, words: Words, limit: int) -> list[Hit]:
    """Newest first, by their subject."""
    found = _with_words(Interaction.objects.filter(cluster__in=seats.clusters), "subject", words)
    talks = list(
        found.select_related("cluster")
        .prefetch_related("parties__organisation")
        .order_by("-happened_at", "-pk")[:limit]
    )
    about = {
        talk.pk: next((one.organisation for one in talk.parties.all() if one.organisation), None)
        for talk in talks
    }
    files = _files((talk.cluster_id, _pk(about[talk.pk])) for talk in talks)
    return [
        Hit(
            talk.subject,
            files.get((talk.cluster_id, _pk(about[talk.pk])))
            or reverse("members:membership_list", args=[talk.cluster.key]),
            " · ".join(
                filter(None, [date_format(talk.happened_at, "j M Y"), str(about[talk.pk] or "")])
            ),
        )
        for talk in talks
    ]


def find_tasks(seats: Seats, words: Words, limit: int) -> list[Hit]:
    """Open ones, those that are due first before the others."""
    open_tasks = Task.objects.filter(cluster__in=seats.clusters, done_at=None)
    found = _with_words(open_tasks, "title", words).select_related("cluster", "organisation")
    tasks = list(found.order_by(F("due_on").asc(nulls_last=True), "pk")[:limit])
    files = _files((task.cluster_id, task.organisation_id) for task in tasks)
    return [
        Hit(
            task.title,
            files.get((task.cluster_id, task.organisation_id))
            or reverse("members:task_list", args=[task.cluster.key]),
            str(task.organisation or ""),
        )
        for task in tasks
    ]


def find_offers(seats: Seats, words: Words, limit: int) -> list[Hit]:
    """Needs and offers by their title and tags, the newest first.

    The team reads them; who represents a member finds its own once, however many clusters know it.
    """
    rows = NeedOrOffer.objects.select_related("cluster", "organisation")
    if seats.clusters:
        rows = rows.filter(cluster__in=seats.clusters)
    elif seats.organisations:
        own = NeedOrOffer.objects.filter(organisation__in=seats.organisations)
        once = own.order_by("entry", "cluster_id").distinct("entry").values("pk")
        rows = NeedOrOffer.objects.select_related("organisation").filter(pk__in=once)
    else:
        return []
    told = Concat("title", Value(" "), Cast("tags", TextField()), output_field=TextField())
    found = _with_words(rows, told, words).order_by("-told_on", "-pk")[:limit]
    return [_offer_hit(seats, row) for row in found]


def _offer_hit(seats: Seats, row: NeedOrOffer) -> Hit:
    note = f"{row.get_kind_display()} · {row.organisation.name}"
    if row.cluster_id in seats.clusters:
        return Hit(row.title, reverse("members:offer_detail", args=[row.cluster.key, row.pk]), note)
    address = reverse("members:own_offer_change", args=[row.organisation_id, row.entry])
    return Hit(row.title, address, note)


def find_tags(seats: Seats, words: Words, limit: int) -> list[Hit]:
    """A tag opens the list of the members that carry it."""
    tags = _with_words(Tag.objects.filter(cluster__in=seats.clusters), "name", words)
    return [
        Hit(
            tag.name,
            reverse("members:membership_list", args=[tag.cluster.key]) + f"?tag={tag.pk}",
            tag.cluster.name,
        )
        for tag in tags.select_related("cluster").order_by("name", "pk")[:limit]
    ]


def _with_words(rows: "QuerySet[Any]", told: Any, words: Words) -> "QuerySet[Any]":  # noqa: ANN401 - a field or an expression
    """Rows whose text holds every word, without regard to case and accents."""
    rows = rows.alias(searched=SortKey(F(told) if isinstance(told, str) else told))
    for word in words:
        rows = rows.filter(searched__contains=word)
    return rows


def _pk(organisation: Any) -> int | None:  # noqa: ANN401 - an organisation or nothing
    return organisation.pk if organisation else None


def _files(owners: Iterable[Owner]) -> dict[Owner, str]:
    """Where the newest membership of an organisation in a cluster opens."""
    asked = set(owners)
    members = Membership.objects.filter(
        cluster__in={cluster for cluster, _organisation in asked},
        organisation__in={organisation for _cluster, organisation in asked if organisation},
    )
    return {
        (member.cluster_id, member.organisation_id): reverse(
            "members:membership_detail", args=[member.cluster.key, member.pk]
        )
        for member in members.select_related("cluster").order_by("period__startswith")
    }


MEMBER_SOURCES: Sequence[SearchSource] = (
    SearchSource("members", _("Members"), find_members, "members", 10),
    SearchSource("contacts", _("Contacts"), find_contacts, "user", 20),
    SearchSource("offers", _("Needs and offers"), find_offers, "search", 25),
    SearchSource("interactions", _("Interactions"), find_interactions, "mail", 30),
    SearchSource("tasks", _("Tasks"), find_tasks, "check", 40),
    SearchSource("tags", _("Tags"), find_tags, "flag", 50),
)
