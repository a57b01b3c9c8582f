"""Two organisations side by side, and the merges made, as pages show them."""

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clusterwerk.directory.countries import country_name
from clusterwerk.directory.duplicates.merging import FACTS, SUBJECT, facts_to_choose
from clusterwerk.directory.duplicates.pages import SHOWN, Fact, Made, Pair, field_label, merges_of
from clusterwerk.directory.duplicates.searching import candidates
from clusterwerk.directory.duplicates.wording import in_words
from clusterwerk.directory.models import Organisation


def pairs(cluster: int | None) -> list[Pair]:
    """What the last search found, the one that should stay told by `in_order`."""
    rows = candidates(cluster)[:SHOWN]
    keys = {key for row in rows for key in (row.low, row.high)}
    held = Organisation.objects.select_related("place").in_bulk(keys)
    found = []
    for row in rows:
        losing, keeping = in_order(held[row.low], held[row.high])
        address = reverse("directory:duplicate_compare", args=[losing.pk, keeping.pk])
        found.append(Pair(losing, keeping, row.score, in_words(row.reasons), address))
    return found


def in_order(one: Organisation, other: Organisation) -> tuple[Organisation, Organisation]:
    """The losing one first: a shared one stays, then one kept by a register, then the older."""

    def stays(row: Organisation) -> tuple[bool, bool, int]:
        return (row.is_private, not row.is_kept_by_register, row.pk)

    keeping, losing = sorted((one, other), key=stays)
    return losing, keeping


def facts(losing: Organisation, keeping: Organisation) -> list[Fact]:
    """Facts of both, in the order of the page; those that neither tells are left out."""
    may = facts_to_choose(losing, keeping)
    rows = [
        Fact(
            name,
            _label(name),
            _shown(losing, name),
            _shown(keeping, name),
            is_open=name in may,
        )
        for name in FACTS
    ]
    return [row for row in rows if row.losing or row.keeping]


def _label(name: str) -> str:
    """The field `place` leads to the list of municipalities and has no name of its own."""
    if name == "place":
        return _("place on the list of municipalities")
    return field_label(Organisation, name)


def _shown(row: Organisation, name: str) -> object:
    if name == "kind":
        return capfirst(row.get_kind_display())
    return country_name(row.country) if name == "country" else getattr(row, name)


def merges(cluster: int | None) -> list[Made]:
    """Of organisations, newest first."""
    return merges_of(
        SUBJECT,
        cluster,
        names=_names,
        undo=lambda made: reverse("directory:merge_undo", args=[made.pk]),
    )


def _names(keys: set[int]) -> dict[int, str]:
    return {pk: row.name for pk, row in Organisation.objects.in_bulk(keys).items()}
