"""Last year's indicator workbook on its way in: stated figures, apart from counted ones."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.members.moving_in import values
from clusterwerk.members.moving_in.context import Comparison, Import
from clusterwerk.members.moving_in.drafts import Draft, alive, written
from clusterwerk.members.moving_in.fields import Field
from clusterwerk.members.moving_in.targets import Target, register_target
from clusterwerk.members.moving_in.telling import register_words
from clusterwerk.members.moving_in.values import Kind
from clusterwerk.platform.evidence import indicators
from clusterwerk.platform.text import folded
from clusterwerk.reporting.actions import Stated, state_readings
from clusterwerk.reporting.models import StatedReading

INDICATOR_FIELDS = (
    Field("indicator", gettext_lazy("Indicator")),
    Field("indicator_value", gettext_lazy("Value")),
    Field("indicator_target", gettext_lazy("Target")),
    Field("indicator_year", gettext_lazy("Year"), Kind.DAY),
    Field("indicator_source", gettext_lazy("Who says so")),
)


FIGURES = {"indicator_value", "indicator_target"}
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


class IndicatorPart:
    """A row without a value or a target is wrong; a value that is no number stays words."""

    fields: tuple[Field, ...] = INDICATOR_FIELDS

    def compare(self, context: Comparison, drafts: Sequence[Draft]) -> None:
        kept = {
            (folded(row.name), row.year): row
            for row in StatedReading.objects.filter(cluster=context.cluster)
        }
        told = _year_told(context)
        for draft in alive(drafts):
            if told and not draft.get("indicator_year"):
                draft.values["indicator_year"] = told
            stated = self._stated(context, draft)
            if stated is None:
                continue
            draft.notes["stated"] = stated
            row = kept.get((folded(stated.name), stated.year))
            if row is None:
                draft.makes_also("stated reading")
                continue
            draft.differs(_("Value"), _plain(row.number) or row.text, _value(stated))
            draft.differs(_("Target"), _plain(row.target), _plain(stated.target))

    def _stated(self, context: Comparison, draft: Draft) -> Stated | None:
        name, day = draft.get("indicator"), draft.get("indicator_year")
        draft.title = name or draft.title
        if not name:
            draft.wrong(_("The name of the indicator is missing."), "indicator")
            return None
        if day is None:
            draft.wrong(_("The year of the figure is missing."), "indicator_year")
            return None
        number, text = _read(draft.get("indicator_value"))
        target, _words = _read(draft.get("indicator_target"))
        if number is None and not text and target is None:
            draft.wrong(_("Neither value nor target is filled in."), "indicator_value")
            return None
        return Stated(
            name=name[:200],
            year=day.year,
            source=context.source,
            indicator=known_indicator(name),
            number=number,
            target=target,
            text=text[:300],
            said_by=str(draft.get("indicator_source") or "")[:200],
            is_demo=context.is_demo,
        )

    def write(self, context: Import, drafts: Sequence[Draft]) -> None:
        stated = [draft.notes["stated"] for draft in written(drafts) if "stated" in draft.notes]
        number = state_readings(seats=context.seats, cluster=context.cluster, stated=stated)
        context.done["stated readings"] += number


def _year_told(context: Comparison) -> date | None:
    """The one year in the headers of figures, else in the titles of the sheet and the file."""
    headers = [each["header"] for each in context.file.columns if each["field"] in FIGURES]
    for texts in (headers, context.options.get("titles", [])):
        years = {year for text in texts for year in YEAR.findall(text)}
        if len(years) == 1:
            return date(int(years.pop()), 1, 1)
    return None


def _read(text: str | None) -> tuple[Decimal | None, str]:
    """A number (a percentage is its share), or words."""
    if not text:
        return None, ""
    bare = text.strip()
    try:
        if bare.endswith("%"):
            return values.amount(bare.removesuffix("%")) / 100, ""
        return values.amount(bare), ""
    except ValueError:
        return None, bare


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"


def _value(stated: Stated) -> str:
    return _plain(stated.number) or stated.text


def known_indicator(name: str) -> str:
    """The key of the indicator that bears this name in Dutch or English; empty where none does."""
    wanted = folded(name).strip()
    for language in ("nl", "en"):
        with translation.override(language):
            for key, indicator in indicators().items():
                if folded(str(indicator.name)) == wanted:
                    return key
    return ""


WORKBOOK = Target(
    "indicators",
    gettext_lazy("Indicators of an earlier year"),
    gettext_lazy("One row for each indicator: target, value, year, and who says so."),
    80,
    (IndicatorPart(),),
    ("indicator",),
    names=("indicator", "kpi"),
    weights={"indicator": 26, "indicator_value": 10, "indicator_target": 10, "indicator_year": 8},
)


def register_workbook() -> None:
    register_target(WORKBOOK)
    register_words(
        done={"stated readings": gettext_lazy("figures of earlier years")},
        makes={"stated reading": gettext_lazy("figure of an earlier year")},
    )
