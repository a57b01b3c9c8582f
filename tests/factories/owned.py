"""Objects of the cluster Alpha for each parameter of an address, and rows of Beta that give
themselves away where somebody else sees them."""

from datetime import date
from typing import Any

from django.db.models import Model

from clusterwerk.activities.models import (
    Activity,
    ActivityPart,
    AgendaPoint,
    Attendance,
    Handout,
    Mailing,
    MailingRecipient,
    Mandate,
    MatchMeeting,
    Registration,
    StandingGroup,
)
from clusterwerk.clusters.models import HandOver
from clusterwerk.directory.models import Merge
from clusterwerk.members.models import (
    Contact,
    CustomField,
    Expectation,
    IncomingMail,
    Interaction,
    MailAttachment,
    MemberProfile,
    Membership,
    MembershipCategory,
    Move,
    MoveFile,
    MoveRow,
    NeedOrOffer,
    RelatedEnterprise,
    Service,
    Tag,
    TargetGroup,
    Task,
    TeamPost,
)
from clusterwerk.platform.access.session import enter
from factories.activities import QUESTION
from factories.people import others_people
from factories.world import World, cluster_seats

MARK = "Zwijgwoord"
MARKED: dict[type[Model], str] = {
    Activity: "name",
    Attendance: "printed_name",
    Handout: "name",
    Registration: "name",
    Contact: "last_name",
    CustomField: "label",
    Expectation: "text",
    IncomingMail: "subject",
    Interaction: "subject",
    MailAttachment: "name",
    MemberProfile: "summary",
    MembershipCategory: "name",
    MoveFile: "name",
    NeedOrOffer: "title",
    RelatedEnterprise: "name",
    Service: "name",
    Tag: "name",
    TargetGroup: "name",
    Task: "title",
    TeamPost: "worker",
}


def mark_rows_of_beta(world: World) -> None:
    enter(cluster_seats(world.beta))
    for model, field in MARKED.items():
        for row in model._default_manager.filter(cluster=world.beta):
            change = {field: f"{MARK} {row.pk}"}
            assert model._default_manager.filter(pk=row.pk).update(**change) == 1


def own_objects(world: World) -> dict[str, Any]:
    """For each parameter an object that the manager of Alpha may open."""
    enter(cluster_seats(world.alpha))
    models: dict[str, type[Model]] = {
        "activity": Activity,
        "attendance": Attendance,
        "handout": Handout,
        "meeting": MatchMeeting,
        "registration": Registration,
        "group": StandingGroup,
        "mandate": Mandate,
        "point": AgendaPoint,
        "part": ActivityPart,
        "mailing": Mailing,
        "recipient": MailingRecipient,
        "move": Move,
        "move_file": MoveFile,
        "move_line": MoveRow,
        "post": TeamPost,
        "category": MembershipCategory,
        "offer": NeedOrOffer,
        "service": Service,
        "related": RelatedEnterprise,
        "target_group": TargetGroup,
        "other": Contact,
    }
    merge = Merge.objects.get(cluster_id=world.alpha.pk).pk
    hand_over = HandOver.objects.create(
        agency=world.agency,
        cluster=world.alpha,
        to_host=world.rival,
        day=date(2026, 1, 1),
        reason="test",
    )
    return {
        **{name: _of_alpha(model, world) for name, model in models.items()},
        **others_people(world.alpha),
        "cluster": "alpha",
        "question": QUESTION,
        "membership": Membership.objects.get(cluster=world.alpha).pk,
        "entry": NeedOrOffer.objects.get(cluster=world.alpha).entry,
        "organisation": world.company.pk,
        "losing": world.rival.pk,
        "keeping": world.company.pk,
        "indicator": "members.paying",
        "merge": merge,
        "directory:merge_undo:pk": merge,
        "clusters:hand_over_detail:pk": hand_over.pk,
        "ending": "csv",
        "view": 1,
    }


def _of_alpha(model: type[Model], world: World) -> object:
    return model._default_manager.filter(cluster=world.alpha).latest("pk").pk
