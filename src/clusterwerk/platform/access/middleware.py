"""The transaction of a request, and the seats that act in it.

Two steps, because sessions and accounts stand behind row policies too: `transaction` opens the
transaction outside the session, `seats` enters the person once the session has told who it is.
Django's own ATOMIC_REQUESTS opens inside all middleware, where these settings would be lost.

Public pages may be answered from a replica instead (`replica`), in a transaction of its own.
"""

from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.db import transaction as database
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.urls import Resolver404, resolve

from clusterwerk.platform.access.replica import public_answer
from clusterwerk.platform.access.seats import NOBODY, Seats, seats_for
from clusterwerk.platform.access.session import enter

Respond = Callable[[HttpRequest], HttpResponse]
READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def transaction(get_response: Respond) -> Respond:
    """One transaction for the whole request, rolled back when the answer is an error of ours.

    An exception arrives here as a response, so leaving the block would commit half-done work.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        _receive(request)
        answer = public_answer(request, get_response)
        return answer or _from_primary(request, get_response)

    return respond


def _from_primary(request: HttpRequest, get_response: Respond) -> HttpResponse:
    """A connection lost while the answer is committed leaves it unknown whether it was kept."""
    is_answered = False
    try:
        with database.atomic():
            enter(NOBODY, reason=_reason(request))
            response = get_response(request)
            is_answered = response.status_code < 500  # noqa: PLR2004 - server errors begin here
            if not is_answered:
                database.set_rollback(True)
    except (OperationalError, InterfaceError):
        request.commit_is_unknown = is_answered  # type: ignore[attr-defined]
        raise
    return response


def _receive(request: HttpRequest) -> None:
    """Read what is sent before the transaction begins: who sends slowly must not hold one open."""
    if request.method in READING_METHODS:
        return
    try:
        request.POST  # noqa: B018 - read here, parsed once, used by everybody later
    except UnreadablePostError:
        return  # the sender is gone; the check of the form refuses what came


def seats(get_response: Respond) -> Respond:
    """Enter the seats of the signed-in person; `request.seats` tells the screens.

    What a signed-in person sees is kept by no cache and no browser.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        request.seats = _enter_person(request)  # type: ignore[attr-defined]
        response = get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return respond


def _enter_person(request: HttpRequest) -> Seats:
    actor = request.user.pk if request.user.is_authenticated else None
    if actor is None:
        return NOBODY
    enter(Seats(actor=actor))
    found = seats_for(actor)
    enter(found, reason=_reason(request))
    return found


def _reason(request: HttpRequest) -> str:
    """What history keeps as the reason until an action tells a better one: the screen's name."""
    if request.method in READING_METHODS:
        return ""
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""


def seats_of(request: HttpRequest) -> Seats:
    """Seats acting in this request; nobody's before they were entered."""
    found = getattr(request, "seats", NOBODY)
    assert isinstance(found, Seats)
    return found
