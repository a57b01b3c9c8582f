"""Who registered, as the team of an activity reads it."""

from dataclasses import dataclass

from django.db.models import Count, F, QuerySet, Sum

from clusterwerk.activities.models import Activity, Registration, RegistrationState


@dataclass(frozen=True, slots=True)
class Counted:
    """How many registrations are in a state, and for how many people."""

    state: RegistrationState
    registrations: int
    people: int


def registrations_of(activity: Activity) -> "QuerySet[Registration]":
    return Registration.objects.filter(activity=activity).select_related("organisation")


def counts_of(activity: Activity) -> list[Counted]:
    rows = (
        Registration.objects.filter(activity=activity)
        .order_by()
        .values_list("state")
        .annotate(number=Count("pk"), heads=Sum(F("guests") + 1))
    )
    found = {state: (number, heads) for state, number, heads in rows}
    return [Counted(state, *found[state]) for state in RegistrationState if state in found]
