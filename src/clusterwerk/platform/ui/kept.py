"""Pages that depend on nothing but published rows, kept in the process under their version.

They are rendered without a visitor: nothing of one can get to another, and because they hold no
secret they are kept compressed as well (decision 0012).
"""

import gzip
from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import resolve

from clusterwerk.platform.ui.context import THEME_COOKIE, THEMES

VARIES = {"Vary": "Accept-Encoding, Cookie"}


class Asked(Hashable, Protocol):
    """A page somebody asks for: its template, its whole address, and what it shows.

    `language` is the language it is rendered in, which the caller has activated.
    """

    @property
    def template(self) -> str: ...

    @property
    def address(self) -> str: ...

    @property
    def language(self) -> str: ...

    @property
    def may_be_kept(self) -> bool:
        """False for typed words, which are without number, and somebody's own."""

    def context(self, version: str) -> dict[str, Any]:
        """What the template shows."""


def page_for(request: HttpRequest, asked: Asked, version: str) -> HttpResponse:
    """The page as this visitor gets it."""
    if not (asked.may_be_kept and _is_plain(request, asked)):
        return HttpResponse(
            render_to_string(asked.template, asked.context(version), request=request)
        )
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return _page(version, asked, theme if theme in THEMES else "").answer(request)


@dataclass(frozen=True, slots=True)
class Page:
    """A rendered page as it goes over the wire, plain and compressed."""

    plain: bytes
    packed: bytes

    def answer(self, request: HttpRequest) -> HttpResponse:
        if "gzip" not in request.headers.get("Accept-Encoding", ""):
            return HttpResponse(self.plain, headers=VARIES)
        return HttpResponse(self.packed, headers={**VARIES, "Content-Encoding": "gzip"})


def _is_plain(request: HttpRequest, asked: Asked) -> bool:
    """A visitor without session and message, at exactly the address that is kept."""
    personal = {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name}
    return not personal & set(request.COOKIES) and request.get_full_path() == asked.address


@lru_cache(maxsize=512)
def _page(version: str, asked: Asked, theme: str) -> Page:
    request = _nobodys(asked.address, theme)
    plain = render_to_string(asked.template, asked.context(version), request=request).encode()
    return Page(plain, gzip.compress(plain, mtime=0))


def _nobodys(address: str, theme: str) -> HttpRequest:
    """A request that nobody made, so that the frame of the page holds nothing of a visitor."""
    request = HttpRequest()
    request.method = "GET"
    request.path, _mark, request.META["QUERY_STRING"] = address.partition("?")
    request.COOKIES = {THEME_COOKIE: theme}
    request.user = AnonymousUser()
    request.resolver_match = resolve(request.path)
    return request
