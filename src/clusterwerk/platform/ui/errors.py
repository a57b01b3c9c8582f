"""Error pages in the style of the rest, without database, session or person.

They say what happened and what to do, with a number that finds the request in the log.
"""

import logging
import secrets
import sys
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from clusterwerk.platform.ui.context import THEME_COOKIE, THEMES, page_language

log = logging.getLogger("clusterwerk.errors")
RETRY_AFTER_SECONDS = "10"


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """Title, what happened, what to do."""

    status: int
    title: str
    happened: str
    advice: str


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    log.warning("bad request: %s", exception)
    return _answer(
        request,
        ErrorPage(
            400,
            _("We could not read this request"),
            _("Something in the address or the form was not as expected."),
            _("Go back, check what was typed and send it again."),
        ),
    )


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A refused action carries its reason, which is shown."""
    reason = str(exception or "")
    return _answer(
        request,
        ErrorPage(
            403,
            _("This is not open to you"),
            reason or _("Your seats do not lead here."),
            _("Ask the manager of the cluster or the agency when you think they should."),
        ),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return _answer(
        request,
        ErrorPage(
            404,
            _("There is nothing here"),
            _("The page does not exist, moved, or is not for you to see."),
            _("Search for the cluster, or start again from the front page."),
        ),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """A mistake of ours, or the database away: then the page asks to come back."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return database_away(request)
    return _answer(
        request,
        ErrorPage(
            500,
            _("Something broke on our side"),
            _("Nothing you sent was kept, and nothing was half done."),
            _("Try again. When it stays, give the number below to whoever runs this platform."),
        ),
    )


def database_away(request: HttpRequest) -> HttpResponse:
    response = _answer(
        request,
        ErrorPage(
            503,
            _("Back in a moment"),
            _("The database cannot be reached just now."),
            _("Wait a little and reload the page; nothing was lost."),
        ),
    )
    response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    log.warning("form refused: %s", reason)
    return _answer(
        request,
        ErrorPage(
            403,
            _("This form had become too old"),
            _("It was opened in another session, or the browser refused our cookie."),
            _("Go back, reload the page and send it again; cookies of this site must be allowed."),
        ),
    )


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return _answer(
        request,
        ErrorPage(
            429,
            _("That was too often"),
            _("To keep accounts safe we slow down after several attempts."),
            _("Wait a few minutes and try again."),
        ),
    )


def _answer(request: HttpRequest, error: ErrorPage) -> HttpResponse:
    number = secrets.token_hex(4)
    log.log(
        logging.ERROR if error.status >= 500 else logging.INFO,  # noqa: PLR2004
        "%s %s on %s",
        error.status,
        number,
        request.path,
    )
    theme = request.COOKIES.get(THEME_COOKIE, "")
    html = render_to_string(
        "ui/error.html",
        {
            "error": error,
            "number": number,
            "language": page_language(),
            "theme": theme if theme in THEMES else "",
        },
    )
    return HttpResponse(html, status=error.status)
