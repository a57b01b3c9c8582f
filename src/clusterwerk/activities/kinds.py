"""What the tables of this room hold, for "who can see what of us"."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwerk.activities.models import (
    ActionPoint,
    Activity,
    ActivityPart,
    ActivityPlaces,
    AgendaPoint,
    Attendance,
    GroupMeeting,
    Handout,
    HandoutFile,
    HandoutMail,
    Mailing,
    MailingRecipient,
    Mandate,
    MatchMeeting,
    MatchProfile,
    MatchResult,
    MatchRound,
    MatchWish,
    PublishedActivity,
    PublishedNewsletter,
    Registration,
    StandingGroup,
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
        lambda part: part.name,
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
        Handout,
        69,
        _("Documents of activities"),
        _(
            "Slides and papers of an activity, for everybody or for those who came. Clusters that "
            "hold it together with you read them too."
        ),
        lambda cluster: Q(cluster_id=cluster),
        str,
        ("activity",),
    ),
    DataKind(
        HandoutFile,
        70,
        _("What documents of activities hold"),
        _("The files themselves, and how often each was fetched; not by whom."),
        lambda cluster: Q(cluster_id=cluster),
        str,
        ("handout",),
    ),
    DataKind(
        HandoutMail,
        71,
        _("Mails about documents of activities"),
        _("Who got the mail about which set of documents."),
        lambda cluster: Q(cluster_id=cluster),
        str,
        ("registration",),
    ),
    DataKind(
        MatchRound,
        56,
        _("Rounds of a matchmaking day"),
        _("Hours and tables of a matchmaking day, and how good its plan is. Your team alone."),
        lambda cluster: Q(cluster_id=cluster),
        lambda row: f"{row.activity}: {row}",
        ("activity",),
    ),
    DataKind(
        MatchProfile,
        57,
        _("Profiles for a matchmaking day"),
        _(
            "What somebody looks for and offers on a matchmaking day. Who takes part reads it by "
            "the link of their registration."
        ),
        lambda cluster: Q(cluster_id=cluster),
        str,
        ("registration",),
    ),
    DataKind(
        MatchWish,
        58,
        _("Wishes for a matchmaking day"),
        _("Whom somebody wants to meet, or rather not. Nobody else who takes part reads it."),
        lambda cluster: Q(cluster_id=cluster),
        lambda row: str(row.who),
        ("who",),
    ),
    DataKind(
        MatchMeeting,
        59,
        _("Meetings of a matchmaking day"),
        _("Who meets whom, when and at which table. The two of them read it by their link."),
        lambda cluster: Q(cluster_id=cluster),
        str,
        ("left", "right"),
    ),
    DataKind(
        MatchResult,
        60,
        _("Results of meetings"),
        _("How somebody found a meeting, and what they say of it. The other does not read it."),
        lambda cluster: Q(cluster_id=cluster),
        lambda row: str(row.registration),
        ("registration",),
    ),
    DataKind(
        Mailing,
        61,
        _("Mailings"),
        _("What you write to many at once, and to which view of your lists."),
        lambda cluster: Q(cluster_id=cluster),
        str,
    ),
    DataKind(
        MailingRecipient,
        62,
        _("Recipients of mailings"),
        _("Who gets a mailing, who is left out and why, and what became of each mail."),
        lambda cluster: Q(cluster_id=cluster),
        str,
        ("contact",),
    ),
    DataKind(
        PublishedNewsletter,
        63,
        _("Published newsletters"),
        _("Newsletters that you keep on the public site."),
        lambda cluster: Q(cluster_id=cluster),
        str,
    ),
    DataKind(
        StandingGroup,
        64,
        _("Groups and governing bodies"),
        _("Boards, steering groups, working groups and learning networks of a cluster."),
        lambda cluster: Q(cluster_id=cluster),
        str,
    ),
    DataKind(
        Mandate,
        65,
        _("Mandates in groups"),
        _("Who sits in a group, for which organisation, as what and how long."),
        lambda cluster: Q(cluster_id=cluster),
        str,
        ("contact", "organisation"),
    ),
    DataKind(
        GroupMeeting,
        66,
        _("Meetings of groups"),
        _("Which activities are meetings of a group, and how far their minutes are."),
        lambda cluster: Q(cluster_id=cluster),
        str,
    ),
    DataKind(
        AgendaPoint,
        67,
        _("Agenda and minutes"),
        _("What meetings spoke of and decided."),
        lambda cluster: Q(cluster_id=cluster),
        str,
    ),
    DataKind(
        ActionPoint,
        68,
        _("What meetings asked to do"),
        _("Tasks that a meeting asked of somebody."),
        lambda cluster: Q(cluster_id=cluster),
        str,
    ),
)
