"""Correcting what is written of an organisation."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from clusterwerk.directory import access
from clusterwerk.directory.actions.organisations import DOOR, FACTS, TEXTS, require_past
from clusterwerk.directory.models import Organisation
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import unlocked
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed

# What no register says, so that people say it of organisations that a register keeps too.
BESIDE_REGISTER = ("kind", "website")
CORRECTED = (*FACTS, *TEXTS, "source")


@transaction.atomic
def correct_organisation(
    *, seats: Seats, organisation: Organisation, facts: Mapping[str, Any]
) -> bool:
    """Write the facts that differ; says whether any did.

    A shared one asks for the source of what is new. Facts that a register keeps follow its editions
    and are not changed by hand.
    """
    access.may_correct(seats, organisation.cluster_id).require()
    with unlocked(seats, DOOR):
        held = Organisation.objects.select_for_update().filter(pk=organisation.pk).first()
        if held is None:
            raise DomainError(_("This organisation is not there any more."))
        _require_standing(held)
        different = {name: value for name, value in facts.items() if getattr(held, name) != value}
        _require_correctable(held, different)
        _require_source(held, different, str(facts.get("source", "")))
        return changed(held, **different)


def _require_standing(organisation: Organisation) -> None:
    if organisation.merged_into is not None:
        message = _("It was merged into %(name)s in the meantime. Nothing was saved; correct that.")
        raise DomainError(message % {"name": organisation.merged_into})


def _require_correctable(organisation: Organisation, different: Mapping[str, Any]) -> None:
    unknown = different.keys() - set(CORRECTED)
    if unknown:
        message = f"Not a fact of an organisation: {sorted(unknown)}"
        raise ValueError(message)
    require_past(different.get("started_on"), different.get("ceased_on"))
    kept = different.keys() - set(BESIDE_REGISTER) - {"source"}
    if organisation.is_kept_by_register and kept:
        raise DomainError(
            _("The register keeps these facts; they follow its next edition. Ask the register.")
        )


def _require_source(organisation: Organisation, different: Mapping[str, Any], source: str) -> None:
    is_ours = organisation.is_private or organisation.is_kept_by_register
    if different and not is_ours and not source.strip():
        raise DomainError(_("Say where the correction comes from: everybody reads this."))
