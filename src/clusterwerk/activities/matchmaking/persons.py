"""What matchmaking days hold of a person: erased with the person, and after a time.

Wishes and meetings name nobody but by the registrations, which become nobody's.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from clusterwerk.activities.models import MatchProfile, MatchResult, Registration
from clusterwerk.activities.persons import claims_of_registrations
from clusterwerk.members.privacy.retaining import RetentionKind, register_retention
from clusterwerk.platform.history.personal import Claim, PersonalData, Subject, register_personal


def _claims(subject: Subject) -> Iterable[Claim]:
    for claim in claims_of_registrations(subject):
        assert claim.model is Registration
        own = (*claim.ids, *claim.past)
        profiles = MatchProfile.objects.filter(registration_id__in=own)
        yield Claim(MatchProfile, _ids(profiles), _no_profile)
        results = MatchResult.objects.filter(registration_id__in=own)
        yield Claim(MatchResult, _ids(results), _no_note)


def _ids(rows: "QuerySet[Any]") -> tuple[int, ...]:
    return tuple(rows.values_list("pk", flat=True))


def _no_profile(_pk: int) -> dict[str, Any]:
    return {"looks_for": "", "offers": ""}


def _no_note(_pk: int) -> dict[str, Any]:
    """How useful it was stays, with the meeting."""
    return {"note": ""}


def _old_profiles(cluster: int, before: date) -> "QuerySet[Any]":
    rows = MatchProfile.objects.filter(cluster_id=cluster, activity__day__lt=before)
    return rows.exclude(looks_for="", offers="").annotate(held_on=F("activity__day"))


def _old_notes(cluster: int, before: date) -> "QuerySet[Any]":
    rows = MatchResult.objects.filter(cluster_id=cluster, meeting__activity__day__lt=before)
    return rows.exclude(note="").annotate(held_on=F("meeting__activity__day"))


def register_matching_persons() -> None:
    register_personal(PersonalData("matchmaking", claims=_claims))
    register_retention(
        RetentionKind(
            "match_profile",
            _("Profiles for matchmaking days"),
            _("so long ago: what people looked for and offered"),
            _old_profiles,
            lambda ids: [Claim(MatchProfile, ids, _no_profile)],
            ("held_on",),
        )
    )
    register_retention(
        RetentionKind(
            "match_note",
            _("Notes on meetings of matchmaking days"),
            _("so long ago; how useful they were stays"),
            _old_notes,
            lambda ids: [Claim(MatchResult, ids, _no_note)],
            ("held_on",),
        )
    )
