"""Every change to target groups, and counting them."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.queries.register import edition_in_use
from clusterwerk.measure.penetration import Penetration
from clusterwerk.members import access
from clusterwerk.members.models import TargetGroup, TargetGroupCount
from clusterwerk.members.queries.target_groups import counted
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed, created

_ONCE = {"target_group_once_per_cluster": _("The cluster already has a target group of this name.")}


@dataclass(frozen=True, slots=True)
class TargetGroupFacts:
    """As in `TargetGroup`; empty parts leave everybody in."""

    name: str
    description: str = ""
    sectors: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    legal_forms: tuple[str, ...] = ()
    natural_persons: bool = False

    def as_columns(self) -> dict[str, Any]:
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
        }


@transaction.atomic
def add_target_group(*, seats: Seats, cluster: Cluster, facts: TargetGroupFacts) -> TargetGroup:
    access.may_keep_members(seats, cluster.pk).require()
    _require_narrow(facts)
    return created(TargetGroup(cluster=cluster, **facts.as_columns()), _ONCE)


@transaction.atomic
def change_target_group(*, seats: Seats, group: TargetGroup, facts: TargetGroupFacts) -> bool:
    """Earlier counts stay, each with the description it was counted by."""
    access.may_keep_members(seats, group.cluster_id).require()
    _require_narrow(facts)
    return changed(group, _ONCE, **facts.as_columns())


@transaction.atomic
def remove_target_group(*, seats: Seats, group: TargetGroup) -> None:
    """Its counts go with it."""
    access.may_keep_members(seats, group.cluster_id).require()
    TargetGroup.objects.filter(pk=group.pk, cluster_id=group.cluster_id).delete()


@transaction.atomic
def count_target_group(*, seats: Seats, group: TargetGroup, day: date) -> TargetGroupCount:
    """Count it over the edition in use, once a day: a second count of a day replaces the first."""
    access.may_keep_members(seats, group.cluster_id).require()
    edition = edition_in_use()
    if edition is None:
        raise DomainError(_("No enterprise register is loaded yet; the steward loads it."))
    found = counted(group, day)
    facts: dict[str, Any] = {
        "counted_at": timezone.now(),
        "register_day": edition.snapshot_on,
        "definition": _definition(group),
        "enterprises": found.whole.enterprises,
        "members": found.whole.members,
        "size_unknown": found.whole.size_unknown,
        "cells": {
            "unsure": found.whole.unsure,
            "sectors": {name: _pair(cell) for name, cell in found.sectors.items()},
            "provinces": {name: _pair(cell) for name, cell in found.provinces.items()},
        },
        "is_demo": edition.is_synthetic,
    }
    TargetGroup.objects.select_for_update().get(pk=group.pk, cluster_id=group.cluster_id)
    kept = TargetGroupCount.objects.filter(
        cluster_id=group.cluster_id, target_group=group, day=day
    ).first()
    if kept is None:
        kept = TargetGroupCount(cluster_id=group.cluster_id, target_group=group, day=day, **facts)
        return created(kept)
    changed(kept, {}, **facts)
    return kept


def _definition(group: TargetGroup) -> dict[str, object]:
    names = TargetGroupFacts.__dataclass_fields__
    return {name: getattr(group, name) for name in names if name not in ("name", "description")}


def _pair(cell: Penetration) -> list[int]:
    return [cell.enterprises, cell.members]


def _require_narrow(facts: TargetGroupFacts) -> None:
    parts = (facts.sectors, facts.municipalities, facts.provinces, facts.regions, facts.keywords)
    if not any(parts):
        raise DomainError(
            _("Say which sectors, places or words: a target group is not the whole register.")
        )
