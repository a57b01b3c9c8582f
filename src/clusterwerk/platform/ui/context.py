"""What every page knows: language, theme, menus."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from clusterwerk.platform.ui.navigation import navigation_for

THEMES = ("light", "dark")
THEME_COOKIE = "theme"
KEYS_COOKIE, OFF = "keys", "off"
NEXT_THEME = {"": "dark", "dark": "light", "light": "system"}


@dataclass(frozen=True, slots=True)
class PageLanguage:
    """The language of the page and the one the switch offers, by its own name."""

    code: str
    other_code: str
    other_name: str


def page_language() -> PageLanguage:
    code = (get_language() or settings.LANGUAGE_CODE).split("-", maxsplit=1)[0]
    others = [(other, name) for other, name in settings.LANGUAGES if other != code]
    return PageLanguage(code, *others[0])


def page(request: HttpRequest) -> dict[str, Any]:
    theme = request.COOKIES.get(THEME_COOKIE, "")
    theme = theme if theme in THEMES else ""
    return {
        "language": page_language(),
        "theme": theme,
        "next_theme": NEXT_THEME[theme],
        "keys_off": request.COOKIES.get(KEYS_COOKIE) == OFF,
        "navigation": SimpleLazyObject(lambda: navigation_for(request)),
        "initials": SimpleLazyObject(lambda: _initials(request)),
    }


def _initials(request: HttpRequest) -> str:
    name = getattr(request.user, "name", "")
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[-1:])[: len(words)]).upper() or "?"
