"""What the enterprise register changed of the members of a cluster."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from clusterwerk.directory.models import RegisterChange
from clusterwerk.members.models import HandledRegisterChange, Membership

PAGE = 50


@dataclass(frozen=True, slots=True)
class RegisterNews:
    """One page of news, newest first; `following` is where the next page begins."""

    changes: list[RegisterChange]
    following: int | None


def register_changes_for(
    cluster: int, day: date, *, is_handled: bool | None = None
) -> QuerySet[RegisterChange]:
    """Changes of organisations that are members on the day, newest first, each with `is_handled`.

    The changes are public facts; whose members they concern is read from the cluster's own rows.
    """
    members = Membership.objects.filter(cluster=cluster).on(day)
    own = HandledRegisterChange.objects.filter(cluster=cluster, change=OuterRef("pk"))
    found = (
        RegisterChange.objects.filter(organisation__in=members.values("organisation"))
        .annotate(is_handled=Exists(own))
        .select_related("organisation", "edition")
        .order_by("-pk")
    )
    return found if is_handled is None else found.filter(is_handled=is_handled)


def register_news(cluster: int, day: date, *, is_handled: bool, before: int | None) -> RegisterNews:
    found = register_changes_for(cluster, day, is_handled=is_handled)
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found[: PAGE + 1])
    following = rows[PAGE - 1].pk if len(rows) > PAGE else None
    return RegisterNews(rows[:PAGE], following)
