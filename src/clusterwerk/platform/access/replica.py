"""Views that may be answered from the replica: public pages, and downloads.

`published` pages lag by what the installation declares. A `download` lags by nothing: the replica
answers once it has replayed all that was committed before, otherwise the primary does. Whatever
the replica cannot answer the primary is asked, so one that dies costs a moment and no page.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from clusterwerk.platform.access import reading
from clusterwerk.platform.access.seats import NOBODY, Seats
from clusterwerk.platform.access.session import enter

More = ParamSpec("More")
View = Callable[Concatenate[HttpRequest, More], HttpResponse]
Respond = Callable[[HttpRequest], HttpResponse]

MARK = "reads_published_rows"
AWAY = 503


def published(view: View[More]) -> View[More]:
    """Declare that the view reads published rows alone, and may lag for who is not signed in."""
    setattr(view, MARK, True)
    return view


def download(view: View[More]) -> View[More]:
    """Answer from the replica with the seats of the person, once it has caught up.

    The view reads only; whether it refuses is decided on the replica's rows, which are the same.
    """

    @wraps(view)
    def answer(request: HttpRequest, /, *args: More.args, **more: More.kwargs) -> HttpResponse:
        if reading.alias() == reading.REPLICA or not reading.is_caught_up():
            return view(request, *args, **more)
        try:
            with reading.from_replica():
                enter(_seats(request))
                return view(request, *args, **more)
        except (OperationalError, InterfaceError) as error:
            reading.note_away(error)
        return view(request, *args, **more)

    return answer


def _seats(request: HttpRequest) -> Seats:
    found: Any = getattr(request, "seats", NOBODY)
    assert isinstance(found, Seats)
    return found


def public_answer(request: HttpRequest, get_response: Respond) -> HttpResponse | None:
    """The whole request from the replica; None when it is not for it, or it could not answer.

    Nothing was written when it could not, so the primary may begin anew.
    """
    if not (_may_lag(request) and reading.is_usable()):
        return None
    try:
        with reading.from_replica():
            enter(NOBODY)
            response = get_response(request)
    except (OperationalError, InterfaceError) as error:
        reading.note_away(error)
        return None
    if response.status_code == AWAY:
        reading.note_away("it was lost in the middle of a page")
        return None
    return response


def _may_lag(request: HttpRequest) -> bool:
    """Whoever has a session sees their own changes at once, and a session is read and kept."""
    if request.method not in {"GET", "HEAD"} or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return False
    if reading.REPLICA not in settings.DATABASES:
        return False
    try:
        return hasattr(resolve(request.path_info).func, MARK)
    except Resolver404:
        return False
