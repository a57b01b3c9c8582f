"""The list of what members need and offer, as they told this cluster."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, NullIf
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.members.models import NeedOrOffer, OfferAudience, OfferKind, OfferOutcome
from clusterwerk.members.queries.offers import CLOSED, LEFT, OPEN, offer_states, offers_of
from clusterwerk.members.queries.people import membership_of
from clusterwerk.platform.text import SortKey
from clusterwerk.platform.ui.export import Format
from clusterwerk.platform.ui.lists import UNKNOWN, Column, Facet, Listing

OFFERS = "offers"
STATES = {OPEN: _("Open"), CLOSED: _("Closed or over"), LEFT: _("Of former members")}
TEXTS = ArrayField(TextField())
NO_TAG = Value([UNKNOWN], output_field=TEXTS)
FAR = date(9999, 12, 31)  # sorts what is open without end after what ends


@dataclass(frozen=True)
class OfferScope:
    """Whose list, and the day on which something is open and somebody a member."""

    cluster: Cluster
    day: date


@dataclass(frozen=True)
class OfferRow:
    """A need or offer; `file` is the newest membership of the organisation."""

    offer: NeedOrOffer
    is_open: bool
    file: int | None


def offer_listing(scope: OfferScope) -> Listing[OfferRow]:
    """What members told the cluster; at first what is open, of organisations that are members."""
    return Listing(
        key=OFFERS,
        base=offers_of(scope.cluster.pk),
        search=_search,
        rows=lambda found, _columns: offer_rows(scope, found),
        columns=_columns(),
        facets=_facets(scope),
        pk=lambda row: row.offer.pk,
        address=lambda row: reverse("members:offer_detail", args=[scope.cluster.key, row.offer.pk]),
    )


def offer_rows(scope: OfferScope, offers: Any) -> tuple[OfferRow, ...]:  # noqa: ANN401 - rows
    files = membership_of(scope.cluster.pk, {offer.organisation_id for offer in offers})
    return tuple(
        OfferRow(offer, offer.is_open_on(scope.day), files.get(offer.organisation_id))
        for offer in offers
    )


def _search(rows: "QuerySet[Any]", words: tuple[str, ...]) -> "QuerySet[Any]":
    """Every word in the title, the text, a tag or the name of the organisation."""
    joined = Concat(
        F("title"), Value(" "), F("text"), Value(" "), Cast(F("tags"), TextField()),
        Value(" "), F("organisation__name_sort"), output_field=TextField(),
    )  # fmt: skip
    rows = rows.alias(searched=SortKey(joined))
    for word in words:
        rows = rows.filter(searched__contains=word)
    return rows


def _columns() -> tuple[Column[OfferRow], ...]:
    return (
        Column(
            "name",
            _("In short"),
            lambda row: row.offer.title,
            note=lambda row: ", ".join(row.offer.tags),
            sort=SortKey(F("title")),
            width=50,
        ),
        Column(
            "kind", _("Kind"), lambda row: capfirst(row.offer.get_kind_display()), sort=F("kind")
        ),
        Column(
            "organisation",
            _("Member"),
            lambda row: row.offer.organisation.name,
            sort=F("organisation__name_sort"),
            language="nl",
            width=40,
        ),
        Column(
            "told",
            _("Told on"),
            lambda row: row.offer.told_on,
            Format.DAY,
            sort=F("told_on"),
        ),
        Column(
            "until",
            _("Open until"),
            lambda row: row.offer.open_until,
            Format.DAY,
            unknown=_("open"),
            sort=Coalesce(F("open_until"), Value(FAR)),
        ),
        *_further_columns(),
    )


def _further_columns() -> tuple[Column[OfferRow], ...]:
    return (
        Column(
            "audience",
            _("May be matched with"),
            lambda row: capfirst(row.offer.get_audience_display()),
            shown=False,
            width=36,
        ),
        Column(
            "text", _("More about it"), lambda row: row.offer.text or None, shown=False, width=60
        ),
        Column("tags", _("Tags"), lambda row: ", ".join(row.offer.tags) or None, shown=False),
        Column("closed", _("Closed on"), lambda row: row.offer.closed_on, Format.DAY, shown=False),
        Column(
            "outcome",
            _("What became of it"),
            lambda row: capfirst(row.offer.get_outcome_display()) or None,
            shown=False,
            width=24,
        ),
    )


def _facets(scope: OfferScope) -> tuple[Facet, ...]:
    tags = Coalesce(NullIf(Cast(F("tags"), TEXTS), Value([], output_field=TEXTS)), NO_TAG)
    return (
        Facet("kind", _("Kind"), F("kind"), dict(OfferKind.choices)),
        Facet(
            "state", _("State"), offer_states(scope.cluster.pk, scope.day), STATES, default=(OPEN,)
        ),
        Facet("tag", _("Tag"), tags, is_many=True),
        Facet("audience", _("May be matched with"), F("audience"), dict(OfferAudience.choices)),
        Facet("outcome", _("What became of it"), NullIf(F("outcome"), Value("")), _outcomes()),
    )


def _outcomes() -> dict[str, Any]:
    return {**dict(OfferOutcome.choices), UNKNOWN: _("not said")}
