"""Every component once, with the template code that makes it; shown on `/styleguide`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.template import Context, Template
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

HERE = Path(__file__).parent
FOLDER = HERE / "templates" / "ui" / "styleguide"
STYLE = HERE / "static" / "ui" / "clusterwerk.css"


def tokens() -> dict[str, tuple[str, str]]:
    """Colour tokens of the style sheet with their light and dark values."""
    css = STYLE.read_text("utf-8")
    found = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", css)
    return {name: (light, dark) for name, light, dark in found}


@dataclass(frozen=True, slots=True)
class Sample:
    """One component: its name, its template code, and what that renders to."""

    key: str
    name: str | Promise
    code: str
    html: SafeString


NAMES = {
    "buttons": _("Buttons"),
    "badges": _("Badges, chips and sources"),
    "icons": _("Icons"),
    "figures": _("Figures and meters"),
    "cards": _("Cards"),
    "forms": _("Forms"),
    "callouts": _("Callouts, messages and empty places"),
    "tables": _("Tables"),
    "lists": _("Lists, facts and timelines"),
    "navigation": _("Tabs, breadcrumbs and steps"),
    "type": _("Type"),
}


def samples() -> Iterator[Sample]:
    """All samples in their order, rendered in the language of the page."""
    for key, name in NAMES.items():
        code = (FOLDER / f"{key}.html").read_text("utf-8").strip()
        yield Sample(key, name, code, Template(code).render(Context(_example())))


def _example() -> dict[str, object]:
    return {"icons": icon_names()}


def icon_names() -> list[str]:
    """Names of the drawings in the icon set."""
    drawn = (HERE / "static" / "ui" / "icons.svg").read_text("utf-8")
    return [part.split('"', maxsplit=1)[0] for part in drawn.split('<symbol id="i-')[1:]]
