"""Error pages in the style of the rest: what happened, what to do, and a number for the log.

They need no database, session or person. Who is signed in and asked for what is not there, or not
open, keeps the menu; when that cannot be drawn, the page stands without it.
"""

import logging
import secrets
import sys
from dataclasses import dataclass, replace
from http import HTTPStatus

from django.core.exceptions import BadRequest
from django.db import InterfaceError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.errors import NotHereError
from clusterwerk.platform.files.uploads import TooLarge
from clusterwerk.platform.observing import numbers
from clusterwerk.platform.observing.requests import view_of
from clusterwerk.platform.ui.context import THEME_COOKIE, THEMES, page_language

log = logging.getLogger("clusterwerk.errors")
RETRY_AFTER_SECONDS = "10"
SAFE = ("GET", "HEAD", "OPTIONS")
Words = str | Promise


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """Title, what happened, what to do."""

    status: HTTPStatus
    title: Words
    happened: Words
    advice: Words


UNREADABLE = ErrorPage(
    HTTPStatus.BAD_REQUEST,
    _("We could not read this request"),
    _("Something in the address or the form was not as expected."),
    _("Go back, check what was typed and send it again."),
)
TOO_LARGE = replace(
    UNREADABLE,
    title=_("This upload is too large"),
    advice=_("Go back and choose a smaller file, or send the files one by one."),
)
REFUSED = ErrorPage(
    HTTPStatus.FORBIDDEN,
    _("This is not open to you"),
    _("Your seats do not lead here."),
    _("Ask the manager of the cluster or the agency when you think they should."),
)
FORM_TOO_OLD = ErrorPage(
    HTTPStatus.FORBIDDEN,
    _("This form had become too old"),
    _("It was opened in another session, or the browser refused our cookie."),
    _("Go back, reload the page and send it again; cookies of this site must be allowed."),
)
NOTHING_HERE = ErrorPage(
    HTTPStatus.NOT_FOUND,
    _("There is nothing here"),
    _("The page does not exist, moved, or is not for you to see."),
    _("Search for the cluster, or start again from the front page."),
)
BROKEN = ErrorPage(
    HTTPStatus.INTERNAL_SERVER_ERROR,
    _("Something broke on our side"),
    _("Nothing you sent was kept, and nothing was half done."),
    _("Try again. When it stays, give the number below to whoever runs this platform."),
)
DATABASE_AWAY = ErrorPage(
    HTTPStatus.SERVICE_UNAVAILABLE,
    _("Back in a moment"),
    _("The database cannot be reached just now."),
    _("Wait a little and reload the page; nothing was lost."),
)
NOT_KEPT = replace(
    DATABASE_AWAY,
    happened=_("The database could not be reached, so nothing of what you sent was kept."),
    advice=_(
        "Wait a little and reload this page: the browser offers to send it again. "
        "Or go back: it still shows what you typed."
    ),
)
PERHAPS_KEPT = replace(
    DATABASE_AWAY,
    happened=_(
        "The connection to the database broke at the very end: "
        "what you sent may have been kept, or not."
    ),
    advice=_(
        "Wait a little and look whether it is there. Only when it is not, go back, where the "
        "browser still shows what you typed, and send it again."
    ),
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What a view of ours could not read carries its reason; what Django found stays in the log."""
    log.warning("bad request: %s", exception)
    reason = str(exception) if isinstance(exception, BadRequest) else ""
    page = TOO_LARGE if isinstance(exception, TooLarge) else UNREADABLE
    return _answer(request, _because(page, reason))


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A refused action carries its reason, which is shown."""
    return _answer(request, _because(REFUSED, str(exception or "")))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    reason = str(exception) if isinstance(exception, NotHereError) else ""
    return _answer(request, _because(NOTHING_HERE, reason))


def server_error(request: HttpRequest) -> HttpResponse:
    """A mistake of ours, or the database away: then the page asks to come back."""
    if _is_of_the_connection(sys.exc_info()[1]):
        return database_away(request)
    return _answer(request, BROKEN)


def _is_of_the_connection(error: BaseException | None) -> bool:
    """Whether a lost connection is what went wrong, or what led to it (as the queue wraps it)."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, (OperationalError, InterfaceError)):
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False


def database_away(request: HttpRequest) -> HttpResponse:
    """What was typed is not lost: the browser holds it, and the page says how to send it again."""
    page = DATABASE_AWAY if request.method in SAFE else NOT_KEPT
    if getattr(request, "commit_is_unknown", False) and request.method not in SAFE:
        page = PERHAPS_KEPT
    response = _answer(request, page)
    response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    log.warning("form refused: %s", reason)
    return _answer(request, FORM_TOO_OLD)


def _because(page: ErrorPage, reason: str) -> ErrorPage:
    return replace(page, happened=reason) if reason else page


def _answer(request: HttpRequest, error: ErrorPage) -> HttpResponse:
    number = numbers.number() or secrets.token_hex(4)
    level = logging.ERROR if _is_ours(error) else logging.INFO
    log.log(level, "%s %s on %s", error.status.value, number, view_of(request))
    with translation.override(_language(request)):
        context = _context(request, error, number)
        html = _inside(request, error, context) or render_to_string("ui/error.html", context)
        headers = {"Content-Language": translation.get_language()}
    return HttpResponse(html, status=error.status, headers=headers)


def _inside(request: HttpRequest, error: ErrorPage, context: dict[str, object]) -> str:
    """The page with the menu, for who is signed in; nothing where that is not safe to draw."""
    if _is_ours(error) or not hasattr(request, "user") or request.headers.get("HX-Request"):
        return ""
    try:
        with transaction.atomic():  # a query that fails here must not spoil what comes after
            if request.user.is_authenticated:
                return render_to_string("ui/error_inside.html", context, request)
    except Exception:  # an error page must never fail itself, whatever else is broken
        log.exception("an error page was drawn without its menu")
    return ""


def _is_ours(error: ErrorPage) -> bool:
    return error.status >= HTTPStatus.INTERNAL_SERVER_ERROR


def _language(request: HttpRequest) -> str:
    """The language of the page; what failed before it was chosen follows cookie and browser."""
    chosen = getattr(request, "LANGUAGE_CODE", None)
    return str(chosen or translation.get_language_from_request(request))


def _context(request: HttpRequest, error: ErrorPage, number: str) -> dict[str, object]:
    theme = request.COOKIES.get(THEME_COOKIE, "")
    may_repeat = _is_ours(error) and request.method == "GET"
    return {
        "error": error,
        "again": escape_leading_slashes(request.get_full_path()) if may_repeat else "",
        "number": number,
        "moment": timezone.localtime(),
        "language": page_language(),
        "theme": theme if theme in THEMES else "",
    }
