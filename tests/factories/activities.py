"""An activity with somebody who was there, for the small world."""

from datetime import UTC, date, datetime

from clusterwerk.activities.actions.planning import published_facts
from clusterwerk.activities.models import (
    Activity,
    ActivityPart,
    ActivityPlaces,
    Attendance,
    Handout,
    HandoutFile,
    HandoutMail,
    Mailing,
    MailingRecipient,
    PublishedActivity,
    PublishedNewsletter,
    Registration,
)
from clusterwerk.activities.questions import Question, kept
from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.reporting.models import StatedReading
from factories.groups import keep_group
from factories.matching import keep_matching

QUESTION = "meal"


def keep_activities(cluster: Cluster, organisation: Organisation) -> Activity:
    keep_group(cluster, organisation)
    activity = Activity.objects.create(
        cluster=cluster, name="Network evening", day=date(2020, 3, 5), source="test"
    )
    coming = Activity.objects.create(
        cluster=cluster,
        name="Workshop to come",
        source="test",
        kind="workshop",
        state="published",
        day=date(2090, 3, 5),
        starts_at=datetime(2090, 3, 5, 14, tzinfo=UTC),
        ends_at=datetime(2090, 3, 5, 17, tzinfo=UTC),
        takes_registrations=True,
        questions=kept([Question(key=QUESTION, words="What do you eat?")]),
    )
    PublishedActivity.objects.create(activity=coming, **published_facts(coming))
    ActivityPlaces.objects.create(activity=coming, **coming.owners, capacity=20)
    first = Registration.objects.create(
        activity=coming,
        **coming.owners,
        organisation=organisation,
        name="Bea Bos",
        email=f"bea@{cluster.key}.example",
        state="confirmed",
        token=f"link-of-{cluster.key}",
    )
    keep_matching(coming, first)
    _keep_handout(coming, first)
    ActivityPart.objects.create(
        activity=coming, **coming.owners, asked=cluster, asked_on=date(2020, 3, 5)
    )
    Attendance.objects.create(
        cluster=cluster,
        activity=activity,
        organisation=organisation,
        printed_name="An Aerts",
        source="test",
    )
    _keep_mailing(cluster)
    StatedReading.objects.create(cluster=cluster, name="Reach", year=2020, source="test")
    return activity


def _keep_mailing(cluster: Cluster) -> None:
    facts = {"cluster": cluster, "subject_en": f"News of {cluster.name}", "text_en": "Dear reader"}
    mailing = Mailing.objects.create(**facts, sender_name=cluster.name, is_public=True)
    MailingRecipient.objects.create(
        cluster=cluster,
        mailing=mailing,
        person=1,
        name="Bea Bos",
        email=f"bea@{cluster.key}.example",
        token=f"leaves-{cluster.key}",
    )
    PublishedNewsletter.objects.create(
        **facts, mailing=mailing, uid=mailing.uid, published_at=datetime(2020, 3, 5, tzinfo=UTC)
    )


def _keep_handout(activity: Activity, first: Registration) -> None:
    handout = Handout.objects.create(
        activity=activity,
        **activity.owners,
        name="Slides.pdf",
        media_type="application/pdf",
        size=9,
        digest="0" * 64,
    )
    HandoutFile.objects.create(handout=handout, **activity.owners, content=b"%PDF-1.7\n")
    HandoutMail.objects.create(registration=first, **activity.owners, told="0" * 64)
