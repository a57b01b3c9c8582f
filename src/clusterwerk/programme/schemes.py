"""Funding schemes as readable files: `data/schemes/<key>.toml`, one file a dated version.

A file that does not fit is refused with the place and what was expected, before anything uses it.
"""

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated

from django.utils.translation import get_language
from pydantic import BaseModel, ConfigDict, Field, ValidationError

FOLDER = Path(__file__).parent / "data" / "schemes"
Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")]


class SchemeFileError(ValueError):
    """A scheme file does not fit; the message lists every place and what is wrong there."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(_Part):
    """A rule with where it comes from; unconfirmed rules are shown as such."""

    source: str = Field(min_length=1)
    confirmed: bool


class Duration(Rule):
    months: int = Field(gt=0)


class Subsidy(Rule):
    """Yearly ceiling in euro and the agency's share of the cost in percent."""

    yearly_maximum_eur: Decimal = Field(gt=0)
    rate_pct: Decimal = Field(gt=0, le=100)


class Indicator(Rule):
    """An indicator every cluster of the scheme gets a target for, due some months after start."""

    key: Key
    name_nl: str
    name_en: str
    due_after_months: int = Field(gt=0)

    @property
    def name(self) -> str:
        return self.name_nl if _dutch() else self.name_en


class SchemeRules(_Part):
    """Everything one version of a scheme lays down."""

    key: Key
    version: str
    agency: Key
    name_nl: str
    name_en: str
    short_nl: str
    short_en: str
    duration: Duration
    subsidy: Subsidy
    indicator: tuple[Indicator, ...] = ()

    @property
    def name(self) -> str:
        return self.name_nl if _dutch() else self.name_en

    @property
    def short(self) -> str:
        return self.short_nl if _dutch() else self.short_en

    @property
    def subsidy_maximum_eur(self) -> Decimal:
        """Ceiling over the whole duration, in euro."""
        return self.subsidy.yearly_maximum_eur * self.duration.months / 12


def scheme_name(key: str) -> str:
    """The short name; of a scheme without a file, its key."""
    rules = scheme_rules().get(key)
    return rules.short if rules else key


def target_name(indicator: str) -> str:
    """What schemes call the indicator of a target; one that none of them names, by its key."""
    named = (each for rules in scheme_rules().values() for each in rules.indicator)
    return next((each.name for each in named if each.key == indicator), indicator)


def _dutch() -> bool:
    return (get_language() or "nl").startswith("nl")


def read_scheme(path: Path) -> SchemeRules:
    """Rules of one file; raises `SchemeFileError` that names every place that does not fit."""
    try:
        return SchemeRules.model_validate(tomllib.loads(path.read_text("utf-8")))
    except tomllib.TOMLDecodeError as error:
        message = f"{path.name}: not readable as TOML: {error}"
        raise SchemeFileError(message) from error
    except ValidationError as error:
        lines = [
            f"{path.name}: {'.'.join(map(str, problem['loc']))}: {problem['msg']}"
            for problem in error.errors()
        ]
        raise SchemeFileError("\n".join(lines)) from error


@cache
def scheme_rules() -> dict[str, SchemeRules]:
    """Rules of every scheme by key, in the order of their file names."""
    found = [read_scheme(path) for path in sorted(FOLDER.glob("*.toml"))]
    return {rules.key: rules for rules in found}
