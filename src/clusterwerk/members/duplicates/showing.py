"""Two contacts side by side, what would move, and the merges made, as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from clusterwerk.directory.duplicates.moving import rows_of
from clusterwerk.directory.duplicates.registry import moves_to
from clusterwerk.directory.models import Merge, MergeStep, MergeStepKind
from clusterwerk.members.duplicates.finding import SUBJECT
from clusterwerk.members.duplicates.merging import FACTS
from clusterwerk.members.merging import strictest
from clusterwerk.members.models import Consent, ConsentPurpose, Contact, Position
from clusterwerk.platform.addresses import shown_telephone
from clusterwerk.platform.history.tracking import event_model
from clusterwerk.platform.kinds import name_of

MERGES_SHOWN = 20
_NUMBERS = ("phone", "mobile")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of both; `choice` is which of them a merge takes unless somebody says otherwise."""

    name: str
    label: str
    losing: str
    keeping: str

    @property
    def differs(self) -> bool:
        return self.losing != self.keeping

    @property
    def choice(self) -> str:
        """What only the one that goes tells, is taken from it; notes of both are kept."""
        if self.name == "note" and self.losing and self.keeping:
            return "both"
        return "keeping" if self.keeping else "losing"

    @property
    def may_be_both(self) -> bool:
        return self.name == "note" and bool(self.losing and self.keeping)


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


@dataclass(frozen=True, slots=True)
class Moving:
    """How many rows of one kind would move."""

    words: str
    number: int


@dataclass(frozen=True, slots=True)
class Made:
    """A merge of the past; names as they stand, or stood last."""

    merge: Merge
    losing: str
    keeping: str
    moved: int
    left: int


def facts(losing: Contact, keeping: Contact) -> list[Fact]:
    """Facts of both, in the order of the page; those that neither tells are left out."""
    rows = [
        Fact(
            name,
            str(Contact._meta.get_field(name).verbose_name),  # type: ignore[union-attr]
            _shown(losing, name),
            _shown(keeping, name),
        )
        for name in FACTS
    ]
    return [row for row in rows if row.losing or row.keeping]


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


def what_moves(losing: Contact) -> list[Moving]:
    """Rows of the losing one by kind, but for those that the page shows one by one."""
    counted = [
        Moving(name_of(moves.model), rows_of(moves, losing.pk, losing.cluster_id).count())
        for moves in moves_to(Contact)
        if moves.model not in {Position, Consent}
    ]
    return [each for each in counted if each.number]


def merges(cluster: int) -> list[Made]:
    """The last merges of contacts, newest first."""
    rows = list(Merge.objects.filter(subject=SUBJECT, cluster_id=cluster)[:MERGES_SHOWN])
    names = _names({key for row in rows for key in (row.losing, row.keeping)})
    return [
        Made(row, names.get(row.losing, ""), names.get(row.keeping, ""), *_steps(row))
        for row in rows
    ]


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


def _steps(merge: Merge) -> tuple[int, int]:
    steps: Sequence[tuple[str, list[str]]] = list(
        MergeStep.objects.filter(merge=merge.number, cluster_id=merge.cluster_id).values_list(
            "kind", "fields"
        )
    )
    left = sum(kind == MergeStepKind.LEFT for kind, _fields in steps)
    notes = sum(kind == MergeStepKind.CHANGED and not names for kind, names in steps)
    return len(steps) - left - notes, left
