"""Two contacts side by side, and the merges made, as pages show them."""

from dataclasses import dataclass

from django.urls import reverse

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.duplicates.pages import Fact, Made, field_label, merges_of
from clusterwerk.members.duplicates.finding import SUBJECT
from clusterwerk.members.duplicates.merging import BOTH, FACTS, KEEPING, LOSING
from clusterwerk.members.merging import strictest
from clusterwerk.members.models import Consent, ConsentPurpose, Contact, Position
from clusterwerk.platform.addresses import shown_telephone
from clusterwerk.platform.history.tracking import event_model

_NUMBERS = ("phone", "mobile")


@dataclass(frozen=True, slots=True)
class Said:
    """What both said of one purpose, and what a merge makes of it; empty was never asked."""

    purpose: str
    losing: Consent | None
    keeping: Consent | None

    @property
    def result(self) -> Consent | None:
        rows = [row for row in (self.keeping, self.losing) if row]
        return strictest(rows) if rows else None


def facts(losing: Contact, keeping: Contact) -> list[Fact]:
    """Facts of both, in the order of the page; those that neither tells are left out."""
    rows = [
        Fact(
            name,
            field_label(Contact, name),
            _shown(losing, name),
            _shown(keeping, name),
            choice=_choice(losing, keeping, name),
            may_be_both=_may_be_both(losing, keeping, name),
        )
        for name in FACTS
    ]
    return [row for row in rows if row.losing or row.keeping]


def _choice(losing: Contact, keeping: Contact, name: str) -> str:
    """What only the one that goes tells, is taken from it; notes of both are kept."""
    if _may_be_both(losing, keeping, name):
        return BOTH
    return KEEPING if getattr(keeping, name) else LOSING


def _may_be_both(losing: Contact, keeping: Contact, name: str) -> bool:
    return name == "note" and bool(losing.note and keeping.note)


def _shown(row: Contact, name: str) -> str:
    if name == "language":
        return str(row.get_language_display())
    value = str(getattr(row, name))
    return shown_telephone(value) if value and name in _NUMBERS else value


def places(losing: Contact, keeping: Contact) -> tuple[list[Position], list[Position]]:
    """Positions of both, the newest first."""
    rows = Position.objects.filter(
        cluster_id=keeping.cluster_id, contact__in=[losing.pk, keeping.pk]
    )
    found = list(rows.select_related("organisation").order_by("-period", "pk"))
    return (
        [row for row in found if row.contact_id == losing.pk],
        [row for row in found if row.contact_id == keeping.pk],
    )


def said(losing: Contact, keeping: Contact) -> list[Said]:
    """Each purpose of which one of them said something."""
    rows = Consent.objects.filter(
        cluster_id=keeping.cluster_id, contact__in=[losing.pk, keeping.pk]
    )
    held = {(row.contact_id, row.purpose): row for row in rows}
    told = [
        Said(
            str(purpose.label),
            held.get((losing.pk, purpose.value)),
            held.get((keeping.pk, purpose.value)),
        )
        for purpose in ConsentPurpose
    ]
    return [each for each in told if each.result]


def merges(cluster: Cluster) -> list[Made]:
    """Of contacts, newest first."""
    return merges_of(
        SUBJECT,
        cluster.pk,
        names=_names,
        undo=lambda made: reverse("members:contact_separate", args=[cluster.key, made.pk]),
    )


def _names(keys: set[int]) -> dict[int, str]:
    """As they stand, or as the past last knew them; empty for who was erased."""
    found = {pk: str(row) for pk, row in Contact.objects.in_bulk(keys).items()}
    events = event_model(Contact)
    assert events is not None
    gone = events._meta.base_manager.filter(pgh_obj_id__in=keys - found.keys())
    for key, first, last, email in gone.order_by("pgh_id").values_list(
        "pgh_obj_id", "first_name", "last_name", "email"
    ):
        found[key] = f"{first or ''} {last or ''}".strip() or email or ""
    return found
