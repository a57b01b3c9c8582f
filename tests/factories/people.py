"""A row of each table of people and work, so that leakage shows."""

from datetime import UTC, date, datetime

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.members.models import (
    Consent,
    ConsentPurpose,
    ConsentState,
    ConsentWay,
    Contact,
    CustomField,
    CustomValue,
    Expectation,
    FieldKind,
    FieldSubject,
    IncomingMail,
    Interaction,
    InteractionKind,
    InteractionParty,
    KnownAddress,
    MailAddress,
    MailAttachment,
    Position,
    PositionRole,
    Tag,
    TagUse,
    Task,
)

PEOPLE_TABLES: list[type[Model]] = [
    Contact,
    Position,
    Consent,
    Interaction,
    InteractionParty,
    Expectation,
    Task,
    Tag,
    TagUse,
    CustomField,
    CustomValue,
    MailAddress,
    IncomingMail,
    MailAttachment,
    KnownAddress,
]


def keep_people(cluster: Cluster, organisation: Organisation) -> Contact:
    """The main contact of an organisation, and what a cluster keeps around them."""
    contact = Contact.objects.create(
        cluster=cluster,
        first_name="Lena",
        last_name="Écluse",
        email=f"lena@{cluster.key}.example",
        source="test",
    )
    Position.objects.create(
        cluster=cluster,
        contact=contact,
        organisation=organisation,
        role=PositionRole.REPRESENTATIVE,
        is_main=True,
        period=DateRange(date(2018, 1, 1), None),
    )
    Consent.objects.create(
        cluster=cluster,
        contact=contact,
        purpose=ConsentPurpose.NEWSLETTER,
        state=ConsentState.GIVEN,
        said_on=date(2018, 1, 1),
        way=ConsentWay.SPOKEN,
    )
    _keep_work(cluster, organisation, contact)
    _keep_traits(cluster, organisation)
    _keep_mail(cluster, organisation)
    return contact


def _keep_work(cluster: Cluster, organisation: Organisation, contact: Contact) -> None:
    talk = Interaction.objects.create(
        cluster=cluster, kind=InteractionKind.CALL, subject="First talk"
    )
    InteractionParty.objects.create(
        cluster=cluster, interaction=talk, organisation=organisation, contact=contact
    )
    Expectation.objects.create(
        cluster=cluster, organisation=organisation, said_on=date(2018, 2, 1), text="Find a partner"
    )
    Task.objects.create(cluster=cluster, title="Call back", organisation=organisation)


def _keep_traits(cluster: Cluster, organisation: Organisation) -> None:
    tag = Tag.objects.create(cluster=cluster, name="Recycling")
    TagUse.objects.create(cluster=cluster, tag=tag, organisation=organisation)
    field = CustomField.objects.create(
        cluster=cluster,
        subject=FieldSubject.ORGANISATION,
        key="fleet",
        label="Vehicles",
        kind=FieldKind.NUMBER,
    )
    CustomValue.objects.create(cluster=cluster, field=field, organisation=organisation, value="12")


def _keep_mail(cluster: Cluster, organisation: Organisation) -> None:
    MailAddress.objects.create(cluster=cluster, token=f"{cluster.key}0token")
    mail = IncomingMail.objects.create(
        cluster=cluster,
        message_id="first@there.example",
        way="sent",
        sent_at=datetime(2018, 3, 1, 9, tzinfo=UTC),
        sender="stranger@there.example",
        subject="A question",
        text="Who are you?",
    )
    MailAttachment.objects.create(
        cluster=cluster,
        mail=mail,
        name="plan.pdf",
        media_type="application/pdf",
        size=4,
        content=b"%PDF",
    )
    KnownAddress.objects.create(
        cluster=cluster, email="info@there.example", organisation=organisation
    )


def others_people(cluster: Cluster) -> dict[str, object]:
    """A row of each kind for the addresses of pages, read with the seats of the cluster."""
    models: dict[str, type[Model]] = {
        "contact": Contact,
        "position": Position,
        "interaction": Interaction,
        "task": Task,
        "expectation": Expectation,
        "tag": Tag,
        "field": CustomField,
        "mail": IncomingMail,
        "attachment": MailAttachment,
    }
    return {
        name: model._default_manager.filter(cluster=cluster).latest("pk").pk
        for name, model in models.items()
    }
