"""How printed figures are worded for the public: what they count, their value, their remarks."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.search import Found
from clusterwerk.reporting.figures.words import said, said_value
from clusterwerk.reporting.models import PublishedReading

Words = str | Promise
MILLION = 1_000_000
ROUNDED_TO = 100_000  # euro; amounts printed this roundly are shown in millions

LABELS: dict[str, Words] = {
    "members.paying": _("paying members"),
    "members.new": _("of them new during the programme"),
    "collaborations.started": _("started collaborations of three or more"),
    "cofinancing.raised": _("raised by the members themselves"),
    "members.sme_pct": _("of the members are small or medium-sized"),
    "members.of_several_clusters": _("organisations in several clusters"),
    "applications.participations": _("applications with other clusters"),
    "contributions.contributors": _("members that contribute"),
    "contributions.median": _("median yearly contribution"),
    "contributions.minimum": _("smallest yearly contribution"),
    "contributions.maximum": _("largest yearly contribution"),
    "contributions.at_maximum": _("members that give the largest"),
    "contributions.to_half": _("members that bring half together"),
}
REASONS: dict[Found, Words] = {
    Found.NAME: _("Name"),
    Found.ALIAS: _("Also called"),
    Found.KEYWORD: _("Theme"),
    Found.SYNONYM: _("Theme"),
    Found.THEME: _("Group"),
    Found.HOST: _("Run by"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A printed figure as a page shows it."""

    reading: PublishedReading
    label: Words
    value: str
    remark: str


def shown(reading: PublishedReading) -> Shown:
    """The figure in the reader's language, with the words that qualify it."""
    return Shown(
        reading,
        LABELS.get(reading.indicator, reading.indicator),
        value_of(reading),
        ", ".join(remarks_of(reading)),
    )


def value_of(reading: PublishedReading) -> str:
    """The printed value with its unit; round amounts of many digits in millions."""
    number = reading.number
    if number is None or reading.unit != "euro" or number < MILLION or number % ROUNDED_TO:
        return said_value(reading.value, reading.unit)
    return gettext("€%(amount)s m") % {"amount": number_format(number / MILLION, 1)}


def remarks_of(reading: PublishedReading) -> list[str]:
    """Printed words such as "almost", and on what it stands when that is no report."""
    words = (said("qualifier", reading.qualifier), said("basis_short", reading.basis))
    return [word for word in words if word]
