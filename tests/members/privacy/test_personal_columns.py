"""Every column in which a person may be named is destroyed with the person, or says why not."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from clusterwerk.platform.history.personal import Subject, personal_data
from clusterwerk.platform.history.tracking import (
    computed_fields,
    event_model,
    event_models,
    personal_fields,
    tracked_model,
)
from factories.world import World, cluster_seats

ROOMS = ("members", "activities")
TEXTS = (models.CharField, models.TextField, models.JSONField, ArrayField)
OWN_WORDS = "words of the cluster about its own ways, chosen once for all members"
OF_ORGANISATION = "about an organisation, and open to the agency or to all its clusters"
NUMBER = "a number that a program made, kept so that nothing comes in twice"
ANNOUNCED = "what an activity is announced with, for everybody to read"
FROM_WHERE = "where figures or rows came from, as the program or the team names the source"
# Columns that no erasure of a person empties in the past, and why.
REASONS = {
    **{
        f"activities.{table}.{name}": ANNOUNCED
        for table in ("Activity", "PublishedActivity")
        for name in (
            "name",
            "summary",
            "description",
            "venue",
            "address",
            "time_zone",
            "shared_with",
            "cancelled_because",
        )
    },
    "activities.Activity.online_url": ANNOUNCED,
    "activities.Activity.source": FROM_WHERE,
    "activities.PublishedActivity.search_text": ANNOUNCED,
    "activities.Activity.competences": "what a training teaches everybody",
    "activities.PublishedActivity.competences": ANNOUNCED,
    "activities.Activity.questions": "what organisers ask of everybody",
    "activities.PublishedActivity.questions": "what organisers ask of everybody",
    "activities.ActivityPart.shared_with": "numbers of clusters",
    "activities.ActivityPart.name": ANNOUNCED,
    "activities.ActivityPart.words": "what one cluster asks of another",
    "activities.ActivityPart.themes": "themes of a cluster",
    "activities.Attendance.shared_with": "numbers of clusters",
    "activities.Attendance.printed_organisation": "an organisation",
    "activities.Attendance.source": FROM_WHERE,
    "activities.Registration.printed_organisation": "an organisation",
    "activities.Registration.shared_with": "numbers of clusters",
    "activities.Registration.token": "a secret that a program made and that names nobody",
    **{
        f"activities.{table}.shared_with": "numbers of clusters"
        for table in ("MatchRound", "MatchProfile", "MatchResult")
    },
    "activities.Handout.name": "how the team calls a document that it hands out",
    "activities.Handout.media_type": "a kind of file",
    "activities.Handout.digest": "a digest that nobody can read back",
    "activities.Handout.shared_with": "numbers of clusters",
    "activities.PublishedActivity.handouts": ANNOUNCED,
    "activities.MatchProfile.away": "slots",
    "activities.MatchProfile.told": "a digest that nobody can read back",
    "activities.MatchRound.gaps": "hours of the day",
    "activities.MatchRound.planned_from": "a digest that nobody can read back",
    **{
        f"activities.{table}.{name}": "what a cluster writes to many at once"
        for table in ("Mailing", "PublishedNewsletter")
        for name in ("subject_en", "subject_nl", "text_en", "text_nl")
    },
    "activities.StandingGroup.name": OWN_WORDS,
    "activities.StandingGroup.purpose": OWN_WORDS,
    "activities.Mailing.reply_to": "the address at which a cluster takes answers of many",
    "activities.Mailing.sender_name": "the name of a cluster as a sender",
    "activities.Mailing.view_name": OWN_WORDS,
    "activities.Mailing.view_query": "facets of a list",
    "activities.MailingRecipient.organisation_name": "an organisation",
    "activities.MailingRecipient.token": "a secret that a program made and that names nobody",
    "members.CustomField.choices": OWN_WORDS,
    "members.CustomField.key": OWN_WORDS,
    "members.CustomField.label": OWN_WORDS,
    "members.IncomingMail.message_id": NUMBER,
    "members.Interaction.external_id": NUMBER,
    "members.Interaction.source": FROM_WHERE,
    "members.MailAttachment.media_type": "a kind of file",
    "members.MemberProfile.description_en": OF_ORGANISATION,
    "members.MemberProfile.description_nl": OF_ORGANISATION,
    "members.MemberProfile.summary": OF_ORGANISATION,
    "members.MemberProfile.website": OF_ORGANISATION,
    "members.Membership.source": OF_ORGANISATION,
    "members.MembershipCategory.description": OWN_WORDS,
    "members.MembershipCategory.name": OWN_WORDS,
    "members.Move.outcome": "counts",
    "members.NeedOrOffer.tags": OWN_WORDS,
    "members.RelatedEnterprise.source": FROM_WHERE,
    "members.RetentionRule.kind": "a key",
    "members.Service.name": OWN_WORDS,
    "members.SizeStatement.source": FROM_WHERE,
    "members.Suppression.digest": "a digest that nobody can read back",
    "members.Suppression.purposes": "purposes",
    "members.Tag.name": OWN_WORDS,
    **{
        f"members.TargetGroup.{name}": "what a target group is chosen by"
        for name in ("legal_forms", "municipalities", "provinces", "regions", "sectors", "sizes")
    },
    "members.ContributionRate.applies_to": "a key of a size or a kind",
    "members.TargetGroup.description": OWN_WORDS,
    "members.TargetGroup.keywords": OWN_WORDS,
    "members.TargetGroup.name": OWN_WORDS,
}


def kept_texts() -> Iterator[str]:
    """Text columns that stay in the past when a person is erased; choices name nobody."""
    for event in event_models():
        model = tracked_model(event)
        if model._meta.app_label not in ROOMS:
            continue
        held = {field.name for field in event._meta.local_fields}
        for field in model._meta.local_fields:
            told = field.name in held and field.name not in personal_fields(event)
            if told and isinstance(field, TEXTS) and not field.choices:
                yield f"{model._meta.label}.{field.name}"


def test_each_text_is_personal_or_says_why_not() -> None:
    assert sorted(set(kept_texts()) - set(REASONS)) == []


def test_no_reason_is_given_for_what_is_personal_or_gone() -> None:
    assert sorted(set(REASONS) - set(kept_texts())) == []


def about_contacts() -> set[type[models.Model]]:
    """Tables that lead to a contact, and those of mail, which know people by their address."""
    found: set[type[models.Model]] = set()
    for model in apps.get_models():
        if hasattr(model, "pgh_tracked_model") or model._meta.app_label not in ROOMS:
            continue
        related = {field.related_model for field in model._meta.local_fields}
        if apps.get_model("members", "Contact") in related | {model}:
            found.add(model)
    return found | {apps.get_model("members", "IncomingMail")}


def test_every_table_about_contacts_answers_what_is_known_of_one(world: World) -> None:
    """A claim or a held row of each, whatever room keeps it."""
    from clusterwerk.members.models import Contact  # noqa: PLC0415 - beside its only use
    from clusterwerk.platform.access.session import enter  # noqa: PLC0415 - the same

    enter(cluster_seats(world.alpha))
    contact = Contact.objects.get(email="lena@alpha.example")
    subject = Subject.of(contact)
    told: set[Any] = set()
    for data in personal_data():
        told |= {claim.model for claim in (*data.claims(subject), *data.naming(subject))}
        told |= {held.model for held in data.holds(subject)}
    talks = {apps.get_model("members", name) for name in ("Expectation", "Task")}
    missing = about_contacts() - told - talks
    assert sorted(model.__name__ for model in missing) == []
    assert all(event_model(model) for model in told & about_contacts())
    assert computed_fields(Contact) == {"name_sort"}
