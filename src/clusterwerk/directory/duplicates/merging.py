"""Merging two organisations, or two rows of one cluster in a room above.

The losing organisation stays as a row that leads to the other (`merged_into`), so that old
addresses, numbers and rows that nobody here may touch still find it. Everything that refers to it
moves, as the rooms registered. See decision 0021.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.directory.actions.organisations import DOOR
from clusterwerk.directory.duplicates import access, owners
from clusterwerk.directory.duplicates.holding import require_seen, waiting_briefly
from clusterwerk.directory.duplicates.known import ONE_EACH
from clusterwerk.directory.duplicates.moving import Mover, check_keys
from clusterwerk.directory.models import (
    Merge,
    Organisation,
    OrganisationIdentifier,
    OrganisationSector,
)
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import because, unlocked
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed, created

SUBJECT = Organisation._meta.label_lower
# What may be taken over from the losing organisation; what a register keeps stays as it tells.
FACTS = (
    "name", "kind", "legal_form", "street", "postcode", "municipality", "place", "country",
    "website", "started_on", "ceased_on",
)  # fmt: skip
FACTS_BESIDE_REGISTER = ("kind", "website")
# They carry the owner of their organisation, so they would become everybody's on the way.
PARTS = (OrganisationIdentifier, OrganisationSector)
_NOT_STANDING = {
    "organisation_leads_to_standing": gettext_lazy(
        "The organisation that is to stay was merged into another one in the meantime."
    )
}
NOTHING: Mapping[str, Any] = {}
_HELD = gettext_lazy("Rows that cannot move hold on to it, so nothing was changed.")


@transaction.atomic
def merge(
    *,
    seats: Seats,
    losing: Organisation,
    keeping: Organisation,
    values: Mapping[str, Any] = NOTHING,
    seen: str = "",
) -> Merge:
    """The losing organisation becomes part of the keeping one; returns the merge.

    `values` are facts of the keeping one that are to change, by the names in `facts_to_choose`.
    Into a shared organisation no fact of a private one goes over. A second click returns the merge
    that stands. `seen`: what `seen_of` said of their `FACTS` when somebody compared them. Refused
    with a reason: `access.may_merge`, `required`, facts that changed since, and rows that somebody
    holds for longer than a moment.
    """
    one, other = _locked(seats, losing.pk, keeping.pk)
    access.may_merge(seats, one.cluster_id, other.cluster_id).require()
    standing = _standing_merge(one, other)
    if standing:
        return standing
    required(one, other)
    require_seen(seen, (one, other), FACTS)
    _require_choosable(one, other, values)
    because(seats.actor, f"merge of organisation {one.pk} into {other.pk}")
    with unlocked(seats, DOOR):
        made = created(
            Merge(cluster_id=one.cluster_id, subject=SUBJECT, losing=one.pk, keeping=other.pk)
        )
        _move(made, one, other, values)
        if one.cluster_id is None:
            _follow(seats, made)
        check_keys(str(_HELD))
    return made


@transaction.atomic
def merge_rows(
    *,
    seats: Seats,
    losing: models.Model,
    keeping: models.Model,
    values: Mapping[str, Any] = NOTHING,
    seen: str = "",
    names: Iterable[str] = (),
) -> Merge:
    """Two rows of one cluster in a room above, such as contacts: one is taken up in the other.

    The losing row goes; its last state stands in its history, from which undoing brings it back.
    `seen` is what `seen_of` said of the facts `names` of both when somebody compared them.
    """
    model, cluster = type(losing), losing.cluster_id  # type: ignore[attr-defined] # owned by one
    access.may_merge_own(seats, cluster).require()
    because(seats.actor, f"merge of {model._meta.label_lower} {losing.pk} into {keeping.pk}")
    held = {row.pk: row for row in _locked_rows(model, cluster, losing.pk, keeping.pk)}
    if losing.pk == keeping.pk or keeping.pk not in held or losing.pk not in held:
        return _merge_of_gone(model, cluster, losing.pk, keeping.pk)
    require_seen(seen, (held[losing.pk], held[keeping.pk]), names)
    made = created(
        Merge(
            cluster_id=cluster,
            subject=model._meta.label_lower,
            losing=losing.pk,
            keeping=keeping.pk,
        )
    )
    Mover(made.number, cluster).take_up(held[losing.pk], held[keeping.pk], values)
    check_keys(str(_HELD))
    return made


def facts_to_choose(losing: Organisation, keeping: Organisation) -> tuple[str, ...]:
    """Facts that a merge may take over from the losing organisation."""
    if losing.cluster_id is not None and keeping.cluster_id is None:
        return ()
    return FACTS_BESIDE_REGISTER if keeping.is_kept_by_register else FACTS


def required(losing: Organisation, keeping: Organisation) -> None:
    """Raise `DomainError` where the two cannot be merged this way, whoever asks."""
    if losing.pk == keeping.pk:
        raise DomainError(_("Choose two different organisations."))
    for organisation in (losing, keeping):
        if organisation.merged_into_id:
            message = _("%(name)s was merged into another organisation already.")
            raise DomainError(message % {"name": organisation.name})
    if losing.is_kept_by_register and not keeping.is_kept_by_register:
        message = _("%(name)s is kept by a register; merge the other one into it.")
        raise DomainError(message % {"name": losing.name})
    if losing.is_demo != keeping.is_demo:
        raise DomainError(_("An invented organisation of the demo is not merged with a real one."))
    _require_one_number(losing, keeping)


def _require_one_number(losing: Organisation, keeping: Organisation) -> None:
    """Different valid numbers of one register are different enterprises, unless one ceased."""
    if losing.ceased_on or keeping.ceased_on:
        return
    mine, theirs = _numbers(losing), _numbers(keeping)
    for scheme in mine.keys() & theirs.keys():
        if mine[scheme].isdisjoint(theirs[scheme]):
            message = _("%(one)s and %(other)s have different numbers in the same register.")
            raise DomainError(message % {"one": losing.name, "other": keeping.name})


def _numbers(organisation: Organisation) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    rows = OrganisationIdentifier.objects.filter(organisation=organisation, scheme__in=ONE_EACH)
    for scheme, value in rows.values_list("scheme", "value"):
        found.setdefault(scheme, set()).add(value)
    return found


def _locked(seats: Seats, losing: int, keeping: int) -> tuple[Organisation, Organisation]:
    """Both, locked in one order, so that two people who merge at once wait for each other."""
    with unlocked(seats, DOOR), waiting_briefly():
        rows = Organisation.objects.filter(pk__in={losing, keeping}).order_by("pk")
        held = {row.pk: row for row in rows.select_for_update()}
    if losing not in held or keeping not in held:
        raise DomainError(_("One of the two does not exist for you."))
    return held[losing], held[keeping]


def _standing_merge(losing: Organisation, keeping: Organisation) -> Merge | None:
    if losing.merged_into_id != keeping.pk:
        return None
    return Merge.objects.filter(
        subject=SUBJECT, losing=losing.pk, keeping=keeping.pk, undone_at=None
    ).first()


def _require_choosable(
    losing: Organisation, keeping: Organisation, values: Mapping[str, Any]
) -> None:
    wrong = sorted(set(values) - set(facts_to_choose(losing, keeping)))
    if wrong:
        message = _("These facts stay as they are: %(facts)s.")
        raise DomainError(message % {"facts": ", ".join(wrong)})


def _move(
    made: Merge, losing: Organisation, keeping: Organisation, values: Mapping[str, Any]
) -> None:
    """Rows of the owner of the losing organisation; parts of it stay where their wall stands."""
    crosses = losing.cluster_id != keeping.cluster_id
    mover = Mover(made.number, losing.cluster_id, leaving_out=PARTS if crosses else ())
    mover.move(Organisation, losing.pk, keeping.pk)
    if values:
        mover.change(keeping, values)
    changed(losing, _NOT_STANDING, merged_into=keeping)


def _follow(seats: Seats, made: Merge) -> None:
    def follow(cluster: int) -> None:
        Mover(made.number, cluster).move(Organisation, made.losing, made.keeping)

    owners.for_each(seats, owners.clusters_that_know(made.losing), follow)


def _locked_rows(model: type[models.Model], cluster: int, losing: int, keeping: int) -> list[Any]:
    rows = model._meta.base_manager.filter(cluster_id=cluster, pk__in={losing, keeping})
    with waiting_briefly():
        return list(rows.order_by("pk").select_for_update())


def _merge_of_gone(model: type[models.Model], cluster: int, losing: int, keeping: int) -> Merge:
    """A second click finds the merge of the first."""
    found = Merge.objects.filter(
        cluster_id=cluster,
        subject=model._meta.label_lower,
        losing=losing,
        keeping=keeping,
        undone_at=None,
    ).first()
    if found is None:
        raise DomainError(_("One of the two does not exist any more; look at the list again."))
    return found
