"""What the team does with many members or contacts at once, out of their lists."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.members import access
from clusterwerk.members.actions import (
    NewTask,
    Renewal,
    Said,
    add_tag,
    add_tasks,
    record_consents,
    renew_many,
    tag_organisations,
)
from clusterwerk.members.forms.bulk import ConsentsForm, RenewForm, TagForm, TaskForm
from clusterwerk.members.models import (
    ConsentPurpose,
    ConsentState,
    ConsentWay,
    Contact,
    Membership,
    Position,
    Tag,
)
from clusterwerk.members.queries.contact_rows import places_on
from clusterwerk.members.queries.people import team_of
from clusterwerk.members.queries.renewing import Proposal, going_on
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.ui.lists import Bulk, BulkAction
from clusterwerk.platform.ui.templatetags.ui import count
from clusterwerk.programme.queries import term_of_cluster


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
    return told % {"number": count(number), "tag": tag.name}


def _known_tag(cluster: Cluster, pk: int) -> Tag:
    tag = Tag.objects.filter(cluster=cluster, pk=pk).first()
    if tag is None:
        raise DomainError(_("Somebody took this tag away meanwhile. Choose another one."))
    return tag


def give_tasks(bulk: Bulk) -> str:
    """One task for each organisation, with the same words, owner and day."""
    task = _task(bulk)
    organisations = Organisation.objects.filter(pk__in=_organisations(bulk))
    return _give(bulk, [replace(task, organisation=each) for each in organisations])


def give_contact_tasks(bulk: Bulk) -> str:
    """One task for each contact, about the organisation of their main position as well."""
    task, contacts = _task(bulk), list(_contacts(bulk))
    places = places_on(bulk.cluster, timezone.localdate(), [one.pk for one in contacts])
    new = [
        replace(task, contact=one, organisation=places[one.pk][0].organisation)
        if one.pk in places
        else replace(task, contact=one)
        for one in contacts
    ]
    return _give(bulk, new)


def _task(bulk: Bulk) -> NewTask:
    asked = bulk.facts
    owner = team_of(bulk.cluster, timezone.localdate()).filter(pk=asked["owner"]).first()
    return NewTask(title=asked["title"], owner=owner, due_on=asked["due_on"])


def _give(bulk: Bulk, new: "list[NewTask]") -> str:
    cluster = Cluster.objects.get(pk=bulk.cluster)
    number = len(add_tasks(seats=bulk.seats, cluster=cluster, new=new))
    told = ngettext("%(number)s task was made.", "%(number)s tasks were made.", number)
    return told % {"number": count(number)}


def renew_members(bulk: Bulk) -> str:
    """Each goes on until the same day, and who pays promises what the rule of the category asks.

    Those without an end need none and stay as they are. It is told of how many no amount is known,
    so that nobody takes a membership for promised.
    """
    cluster = Cluster.objects.get(pk=bulk.cluster)
    members = Membership.objects.filter(cluster=cluster, pk__in=bulk.rows)
    ending = members.filter(period__endswith__isnull=False).order_by("pk")
    promises = bulk.facts.get("promises", True)
    renewals = [
        _renewal(each, bulk.facts["until"], promises=promises and each.membership.is_paying)
        for each in going_on(
            cluster.pk, ending.select_related("organisation"), term_of_cluster(cluster.pk)
        )
    ]
    if not renewals:
        raise DomainError(_("None of these memberships has an end, so none needs to be renewed."))
    number = len(renew_many(seats=bulk.seats, cluster=cluster, renewals=renewals))
    told = ngettext(
        "%(number)s membership was renewed.", "%(number)s memberships were renewed.", number
    )
    unknown = sum(renewal.amount is None for renewal in renewals) if promises else 0
    return f"{told % {'number': number}} {_unpromised(unknown)}".strip()


def _renewal(proposal: Proposal, until: date, *, promises: bool) -> Renewal:
    """The amount of the working year that begins where the membership would have ended."""
    member, proposed = proposal.membership, proposal.proposed
    return Renewal(
        membership=member.pk,
        seen_end=member.period.upper,
        until=until,
        working_year=proposed.working_year if promises else None,
        amount=proposed.amount if promises else None,
    )


def _unpromised(number: int) -> str:
    if not number:
        return ""
    told = ngettext(
        "%(number)s promised nothing: it does not pay, or its amount is not known.",
        "%(number)s promised nothing: they do not pay, or their amount is not known.",
        number,
    )
    return told % {"number": count(number)}


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


def record_answers(bulk: Bulk) -> str:
    """The same answer of every contact; where something later is kept, that stays."""
    asked, cluster = bulk.facts, Cluster.objects.get(pk=bulk.cluster)
    said = [
        Said(
            contact=contact,
            purpose=ConsentPurpose(asked["purpose"]),
            state=ConsentState(asked["state"]),
            said_on=asked["said_on"],
            way=ConsentWay(asked["way"]),
            source=asked["source"],
        )
        for contact in _contacts(bulk)
    ]
    number = len(record_consents(seats=bulk.seats, cluster=cluster, said=said))
    told = ngettext("%(number)s answer was recorded.", "%(number)s answers were recorded.", number)
    if number == len(said):
        return told % {"number": count(number)}
    stayed = ngettext(
        "%(number)s stayed as it was.", "%(number)s stayed as they were.", len(said) - number
    )
    return f"{told % {'number': number}} {stayed % {'number': len(said) - number}}"


def contact_addresses(bulk: Bulk) -> str:
    """Addresses of the contacts, without those whose mail came back, as a mail program takes it."""
    reachable = _contacts(bulk).filter(bounced_on=None).exclude(email="")
    found = ", ".join(reachable.values_list("email", flat=True))
    return found or str(_("None of these contacts has an address that takes mail."))


def _contacts(bulk: Bulk) -> "QuerySet[Contact]":
    contacts = Contact.objects.filter(cluster=bulk.cluster, pk__in=bulk.rows)
    return contacts.order_by("name_sort", "pk")


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

CONTACT_BULK = (
    BulkAction(
        "addresses",
        _("Mail addresses"),
        "mail",
        contact_addresses,
        allowed=access.may_keep_people,
        shows=True,
    ),
    BulkAction(
        "task", _("Give a task"), "check", give_contact_tasks, TaskForm, access.may_keep_people
    ),
    BulkAction(
        "consent",
        _("Record consent"),
        "document",
        record_answers,
        ConsentsForm,
        access.may_keep_people,
    ),
)
