"""What the team does with many members at once, out of the list."""

from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.members import access
from clusterwerk.members.actions import (
    NewTask,
    Renewal,
    add_tag,
    add_tasks,
    renew_many,
    tag_organisations,
)
from clusterwerk.members.forms.bulk import RenewForm, TagForm, TaskForm
from clusterwerk.members.models import Contact, Membership, Position, Tag
from clusterwerk.members.queries.people import team_of
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.ui.lists import Bulk, BulkAction


def tag_members(bulk: Bulk) -> str:
    """Put a tag on the organisations of these memberships; those that carry it keep it."""
    cluster = Cluster.objects.get(pk=bulk.cluster)
    if name := bulk.facts.get("new"):
        tag, _is_new = add_tag(seats=bulk.seats, cluster=cluster, name=name)
    else:
        tag = _known_tag(cluster, bulk.facts["tag"])
    number = tag_organisations(seats=bulk.seats, tag=tag, organisations=_organisations(bulk))
    told = ngettext(
        "%(number)s member got the tag “%(tag)s”.",
        "%(number)s members got the tag “%(tag)s”.",
        number,
    )
    return told % {"number": number, "tag": tag.name}


def _known_tag(cluster: Cluster, pk: int) -> Tag:
    tag = Tag.objects.filter(cluster=cluster, pk=pk).first()
    if tag is None:
        raise DomainError(_("Somebody took this tag away meanwhile. Choose another one."))
    return tag


def give_tasks(bulk: Bulk) -> str:
    """One task for each organisation, with the same words, owner and day."""
    cluster = Cluster.objects.get(pk=bulk.cluster)
    asked = bulk.facts
    owner = team_of(cluster.pk, timezone.localdate()).filter(pk=asked["owner"]).first()
    new = [
        NewTask(
            title=asked["title"], owner=owner, due_on=asked["due_on"], organisation=organisation
        )
        for organisation in Organisation.objects.filter(pk__in=_organisations(bulk))
    ]
    number = len(add_tasks(seats=bulk.seats, cluster=cluster, new=new))
    told = ngettext("%(number)s task was made.", "%(number)s tasks were made.", number)
    return told % {"number": number}


def renew_members(bulk: Bulk) -> str:
    """Each goes on until the same day; those without an end need none and stay as they are."""
    cluster = Cluster.objects.get(pk=bulk.cluster)
    members = Membership.objects.filter(cluster=cluster, pk__in=bulk.rows)
    ending = members.filter(period__endswith__isnull=False).order_by("pk")
    renewals = [
        Renewal(membership=member.pk, seen_end=member.period.upper, until=bulk.facts["until"])
        for member in ending
    ]
    if not renewals:
        raise DomainError(_("None of these memberships has an end, so none needs to be renewed."))
    number = len(renew_many(seats=bulk.seats, cluster=cluster, renewals=renewals))
    told = ngettext(
        "%(number)s membership was renewed.", "%(number)s memberships were renewed.", number
    )
    return told % {"number": number}


def mail_addresses(bulk: Bulk) -> str:
    """Addresses of the main contacts, or of every contact where a member has no main one.

    Without those whose mail came back; one line, as the field of a mail program takes it.
    """
    positions = Position.objects.filter(
        cluster=bulk.cluster, organisation__in=_organisations(bulk)
    ).on(timezone.localdate())
    main = dict(positions.filter(is_main=True).values_list("organisation_id", "contact_id"))
    asked = [
        contact
        for organisation, contact in positions.values_list("organisation_id", "contact_id")
        if main.get(organisation, contact) == contact
    ]
    contacts = Contact.objects.living().filter(cluster=bulk.cluster, pk__in=asked)
    reachable = contacts.filter(bounced_on=None).exclude(email="").order_by("name_sort", "pk")
    found = ", ".join(dict.fromkeys(reachable.values_list("email", flat=True)))
    return found or str(_("None of these members has a contact with an address."))


def _organisations(bulk: Bulk) -> Collection[int]:
    members = Membership.objects.filter(cluster=bulk.cluster, pk__in=bulk.rows)
    return set(members.values_list("organisation_id", flat=True))


MEMBER_BULK = (
    BulkAction("tag", _("Tag"), "flag", tag_members, TagForm, access.may_keep_people),
    BulkAction("task", _("Give a task"), "check", give_tasks, TaskForm, access.may_keep_people),
    BulkAction("renew", _("Renew"), "calendar", renew_members, RenewForm, access.may_keep_members),
    BulkAction(
        "addresses",
        _("Mail addresses"),
        "mail",
        mail_addresses,
        allowed=access.may_keep_people,
        shows=True,
    ),
)
