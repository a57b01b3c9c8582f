"""What somebody's organisation told of its needs and offers, as a proposal for their own words."""

from datetime import date

from clusterwerk.activities.models import Registration
from clusterwerk.members.models import NeedOrOffer
from clusterwerk.members.models.offers import OfferAudience, OfferKind

MOST = 500  # characters, as of the texts


def proposed_texts(own: Registration, day: date) -> tuple[str, str]:
    """What it looks for and offers; not what it told the team alone. Empty where nothing is."""
    if own.organisation_id is None or own.cluster_id is None:
        return "", ""
    rows = NeedOrOffer.objects.filter(cluster_id=own.cluster_id, organisation=own.organisation_id)
    told = rows.open_on(day).exclude(audience=OfferAudience.TEAM).order_by("-told_on", "-pk")
    found = list(told.values_list("kind", "title"))
    return _joined(found, OfferKind.NEED), _joined(found, OfferKind.OFFER)


def _joined(found: list[tuple[str, str]], kind: str) -> str:
    return "\n".join(title for own, title in found if own == kind)[:MOST]
