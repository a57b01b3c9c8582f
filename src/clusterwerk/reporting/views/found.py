"""A finding as a page shows it: its sentence, both values with their places, and a drawing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext

from clusterwerk.clusters.models import PublicProfile
from clusterwerk.measure.consistency import Fact, Side, Verdict
from clusterwerk.measure.consistency.kinds.hull import Hull
from clusterwerk.platform.access.seats import Seats
from clusterwerk.reporting.access import may_see_cluster
from clusterwerk.reporting.figures.words import language, said_place, said_segment, said_value
from clusterwerk.reporting.indicators import indicator_name
from clusterwerk.reporting.queries.findings import FoundIn, check_of
from clusterwerk.reporting.views.common import addresses
from clusterwerk.reporting.views.shapes import Scale, hull_scale

MANY = 6
BADGES = {
    Verdict.IMPOSSIBLE: "is-danger",
    Verdict.INCOMPATIBLE: "is-warn",
    Verdict.EXPLAINED: "is-ok",
    Verdict.ROUNDING: "",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is printed; `address` leads to the reading when one print gives the value."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class SideView:
    """One of the two values; `others` is how many prints are not listed one by one.

    `printed_at` names the place of several prints; it is empty when their links name it.
    """

    value: str
    places: tuple[Place, ...]
    printed_at: str
    others: int


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a finding is about; the address is empty for the programme."""

    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class FoundView:
    """One finding in the reader's language."""

    found: FoundIn
    subject: Subject
    printed: SideView
    against: SideView
    scale: Scale | None
    badge: str

    @property
    def sentence(self) -> str:
        return self.found.finding.sentence[language()]

    @property
    def reason(self) -> str:
        return self.found.finding.reason.get(language(), "")

    @property
    def anchor(self) -> str:
        """Name of the place on the page; keys hold signs that addresses do not."""
        return "f-" + "".join(sign if sign.isalnum() else "-" for sign in self.found.finding.key)


def found_views(found: Iterable[FoundIn], seats: Seats) -> list[FoundView]:
    """The findings as these seats see them; one query for the names of their subjects."""
    several = list(found)
    subjects = subjects_seen({each.finding.subject for each in several}, seats)
    return [_view(each, subjects) for each in several]


def _view(found: FoundIn, subjects: dict[str, Subject]) -> FoundView:
    finding = found.finding
    return FoundView(
        found=found,
        subject=subjects.get(finding.subject) or Subject(gettext("The programme")),
        printed=_side(finding.printed, found),
        against=_side(finding.against, found),
        scale=_scale(found),
        badge=BADGES[finding.verdict],
    )


def subjects_seen(slugs: set[str], seats: Seats) -> dict[str, Subject]:
    """Clusters by slug; who may see more of a cluster is led there, others to its public page."""
    rows = PublicProfile.objects.filter(slug__in=slugs)
    return {
        profile.slug: Subject(profile.name, cluster_address(profile, seats)) for profile in rows
    }


def cluster_address(profile: PublicProfile, seats: Seats) -> str:
    inside = may_see_cluster(seats, cluster=profile.cluster_id, agency=profile.agency_id)
    view = "reporting:cluster_detail" if inside else "portal:cluster_detail"
    return reverse(view, args=[profile.slug])


def _side(side: Side, found: FoundIn) -> SideView:
    """A value that one print gives leads there by its place; one that rests on several leads to
    each by what tells them apart, and names the place once.
    """
    address = addresses("reporting:reading_detail")
    facts = [fact for fact in side.facts if fact.key in found.readings]
    name = _telling_apart(facts)
    shown = [Place(name(fact), address(found.readings[fact.key])) for fact in facts[:MANY]]
    places = ", ".join(said_place(place) for place in side.places) if len(facts) > 1 else ""
    return SideView(_said_side(side), tuple(shown), places, len(facts) - len(shown))


def _said_side(side: Side) -> str:
    """The value with its unit; scores that are compared together come joined by a semicolon."""
    if isinstance(side.value, str) and side.unit == "score":
        return "; ".join(said_value(Decimal(part), side.unit) for part in side.value.split("; "))
    return said_value(side.value, side.unit)


def _telling_apart(facts: Sequence[Fact]) -> Callable[[Fact], str]:
    """How the prints of one value are told apart: by place, indicator, segment or cluster."""
    if len(facts) == 1:
        return lambda fact: said_place(fact.place)
    if len({fact.indicator for fact in facts}) == len(facts):
        return lambda fact: indicator_name(fact.indicator)
    if len({(fact.dimension, fact.segment) for fact in facts}) > 1:
        return lambda fact: said_segment(fact.dimension, fact.segment) or gettext("all")
    if len({fact.subject for fact in facts}) > 1:
        return lambda fact: fact.attributes.get("name", "") or gettext("The programme")
    return lambda fact: said_place(fact.place)


def _scale(found: FoundIn) -> Scale | None:
    """The drawing of an overall mean outside the means of its groups."""
    check = check_of(found)
    if check is None or not isinstance(check.kind, Hull):
        return None
    facts = found.finding.against.facts
    groups = [(said_segment(fact.dimension, fact.segment), fact.number) for fact in facts]
    whole = found.finding.printed.facts[0].number
    return hull_scale(groups, (gettext("all"), whole))
