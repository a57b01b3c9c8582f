"""The reader's preferences: language and theme, kept in cookies so that they need no account.

Their forms stand on public pages that are kept for everybody, so they carry no token: the browser
tells where a form comes from, and one from another site is refused.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from clusterwerk.platform.ui.context import KEYS_COOKIE, OFF, THEME_COOKIE, THEMES
from clusterwerk.platform.ui.styleguide import MODES, samples, tokens

A_YEAR = 365 * 24 * 3600

View = Callable[[HttpRequest], HttpResponse]


def from_here(view: View) -> View:
    """Refuse a form that the browser says another site sent; no token is needed then."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        here = f"{request.scheme}://{request.get_host()}"
        if request.headers.get("Origin", here) != here:
            raise PermissionDenied(_("This form was sent from another site."))
        return view(request)

    return guarded


@login_not_required
def styleguide(request: HttpRequest) -> HttpResponse:
    context = {"samples": list(samples(request)), "colours": list(tokens()), "modes": MODES}
    return render(request, "ui/styleguide.html", context)


@login_not_required
@from_here
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch to another language; a signed-in person keeps it on the account too."""
    response = _back(request)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, chosen)
        if request.user.is_authenticated:
            request.user.language = chosen
            request.user.save(update_fields=["language"])
    return response


@login_not_required
@from_here
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Choose light or dark; anything else follows the system again."""
    response = _back(request)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        _keep(response, THEME_COOKIE, chosen)
    else:
        response.delete_cookie(THEME_COOKIE)
    return response


def keys(request: HttpRequest) -> HttpResponse:
    """All keys, and the switch for those of a single sign; as a part for the dialog."""
    if request.method == "POST":
        response = HttpResponseRedirect(request.path)
        if request.POST.get("keys") == OFF:
            _keep(response, KEYS_COOKIE, OFF)
        else:
            response.delete_cookie(KEYS_COOKIE)
        return response
    htmx = request.htmx  # type: ignore[attr-defined] # set by its middleware
    return render(request, "ui/_keys.html" if htmx else "ui/keys.html")


def _back(request: HttpRequest) -> HttpResponse:
    address = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(address if safe else "/")


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=A_YEAR, samesite="Lax", secure=settings.BEHIND_TLS, httponly=True
    )
