"""What these pages share: fragment or page, the frame around public pages, and addresses."""

from collections.abc import Callable
from datetime import date
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

Address = Callable[[int], str]


def today() -> date:
    return timezone.localdate()


def swapped(
    request: HttpRequest, page: str, fragment: str, context: dict[str, object], status: int = 200
) -> HttpResponse:
    """The fragment for a swap, else the whole page; a restored history entry gets the page."""
    htmx = getattr(request, "htmx", None)
    wants_fragment = htmx is not None and bool(htmx) and not htmx.history_restore_request
    response = render(request, fragment if wants_fragment else page, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def frame(request: HttpRequest) -> dict[str, object]:
    """Public pages stand among the menus of who is signed in, and on the public site otherwise."""
    signed_in = request.user.is_authenticated
    return {
        "layout": "ui/app.html" if signed_in else "ui/site.html",
        "frame": "page" if signed_in else "wrap section page",
    }


@cache
def addresses(view: str) -> Address:
    """Addresses of rows by number; the pattern is looked up once, not for each of many cells."""
    before, _zero, after = reverse(view, args=[0]).rpartition("0")
    return lambda pk: f"{before}{pk}{after}"
