"""What the tables of this room hold, for "who can see what of us"."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwerk.activities.models import (
    Activity,
    ActivityPart,
    ActivityPlaces,
    Attendance,
    Mailing,
    MailingRecipient,
    PublishedActivity,
    PublishedNewsletter,
    Registration,
)
from clusterwerk.platform.kinds import DataKind

ACTIVITY_KINDS = (
    DataKind(
        Activity,
        50,
        _("Activities"),
        _(
            "What you organise for members, when and where. Clusters that hold one together with "
            "you read it too."
        ),
        lambda cluster: Q(cluster_id=cluster),
        str,
    ),
    DataKind(
        PublishedActivity,
        52,
        _("Published activities"),
        _("What everybody reads of an activity on the public calendar."),
        lambda cluster: Q(cluster_id=cluster),
        str,
    ),
    DataKind(
        ActivityPlaces,
        53,
        _("Places of activities"),
        _("How many places a published activity has, and how many are taken."),
        lambda cluster: Q(cluster_id=cluster),
        lambda places: f"{places.activity}: {places}",
        ("activity",),
    ),
    DataKind(
        ActivityPart,
        54,
        _("Activities held together"),
        _("Which clusters were asked to hold an activity with you, and what they answered."),
        lambda cluster: Q(cluster_id=cluster) | Q(asked_id=cluster),
        str,
        ("asked",),
    ),
    DataKind(
        Attendance,
        51,
        _("Attendance"),
        _(
            "Who was at which activity, and for which organisation. Clusters that hold it together "
            "with you read it too."
        ),
        lambda cluster: Q(cluster_id=cluster),
        str,
        ("contact",),
    ),
    DataKind(
        Registration,
        55,
        _("Registrations"),
        _(
            "Who says they will come to which activity. Clusters that hold it together with you "
            "read it too."
        ),
        lambda cluster: Q(cluster_id=cluster),
        str,
        ("organisation",),
    ),
    DataKind(
        Mailing,
        58,
        _("Mailings"),
        _("What you write to many at once, and to which view of your lists."),
        lambda cluster: Q(cluster_id=cluster),
        str,
    ),
    DataKind(
        MailingRecipient,
        59,
        _("Recipients of mailings"),
        _("Who gets a mailing, who is left out and why, and what became of each mail."),
        lambda cluster: Q(cluster_id=cluster),
        str,
        ("contact",),
    ),
    DataKind(
        PublishedNewsletter,
        60,
        _("Published newsletters"),
        _("Newsletters that you keep on the public site."),
        lambda cluster: Q(cluster_id=cluster),
        str,
    ),
)
