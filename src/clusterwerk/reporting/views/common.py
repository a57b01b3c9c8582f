"""What these pages share: fragment or page, the frame around public pages, and addresses."""

from collections.abc import Callable
from datetime import date
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

Address = Callable[[int], str]


def today() -> date:
    return timezone.localdate()


def is_swap(request: HttpRequest, target: str) -> bool:
    """The reader's browser only replaces this part; a restored history entry needs the page."""
    headers = request.headers
    return headers.get("HX-Target") == target and "HX-History-Restore-Request" not in headers


def swapped(response: HttpResponse) -> HttpResponse:
    """The response of an address that serves a page and a part of it, kept apart by caches."""
    patch_vary_headers(response, ["HX-Target"])
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
