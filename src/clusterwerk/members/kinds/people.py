"""What the tables of people, work and own words hold, for "who can see what of us"."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwerk.members.models import (
    Consent,
    Contact,
    CustomField,
    CustomValue,
    Expectation,
    Interaction,
    InteractionParty,
    Position,
    Tag,
    TagUse,
    Task,
)
from clusterwerk.platform.kinds import DataKind


def _of_cluster(cluster: int) -> Q:
    return Q(cluster_id=cluster)


PEOPLE_KINDS = (
    DataKind(
        Contact,
        40,
        _("Contacts"),
        _("People at your members: name, addresses, telephone, language and your note on them."),
        _of_cluster,
        str,
    ),
    DataKind(
        Position,
        41,
        _("Positions of contacts"),
        _("At which organisation a contact works or worked, as what, and from when until when."),
        _of_cluster,
        lambda position: f"{position.contact}, {position.organisation}",
        ("contact", "organisation"),
    ),
    DataKind(
        Consent,
        42,
        _("Consent of contacts"),
        _("What a contact allows you, for which purpose, said when and how."),
        _of_cluster,
        lambda consent: f"{consent.contact}, {consent}",
        ("contact",),
    ),
    DataKind(
        Interaction,
        43,
        _("Meetings, calls, mails and notes"),
        _("When you spoke with a member and what was said."),
        _of_cluster,
        str,
    ),
    DataKind(
        InteractionParty,
        44,
        _("Whom you spoke with"),
        _("The organisations and contacts of a meeting, call, mail or note."),
        _of_cluster,
        str,
        ("contact", "organisation"),
    ),
    DataKind(
        Expectation,
        45,
        _("Expectations of members"),
        _("What a member said it hopes for, and your answer."),
        _of_cluster,
        str,
    ),
    DataKind(
        Task,
        46,
        _("Tasks"),
        _("What your team has to do, for whom, and until when."),
        _of_cluster,
        str,
    ),
    DataKind(
        Tag,
        47,
        _("Tags"),
        _("Words by which you group organisations, and positions in your value chain."),
        _of_cluster,
        str,
    ),
    DataKind(
        TagUse,
        48,
        _("Tags on organisations"),
        _("Which organisation carries which of your tags."),
        _of_cluster,
        lambda use: f"{use.organisation}: {use.tag}",
        ("organisation", "tag"),
    ),
    DataKind(
        CustomField,
        49,
        _("Own fields"),
        _("Fields that you made for organisations and contacts."),
        _of_cluster,
        str,
    ),
    DataKind(
        CustomValue,
        50,
        _("Values of own fields"),
        _("What you wrote in your own fields."),
        _of_cluster,
        lambda value: f"{value.field}: {value.value}",
        ("field",),
    ),
)
