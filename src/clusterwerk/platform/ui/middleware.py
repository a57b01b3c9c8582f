"""The language of a request: the person's own choice, then the cookie, then the browser's."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

Respond = Callable[[HttpRequest], HttpResponse]


def language(get_response: Respond) -> Respond:
    def respond(request: HttpRequest) -> HttpResponse:
        with translation.override(_chosen(request)):
            request.LANGUAGE_CODE = translation.get_language()
            response = get_response(request)
        response.headers.setdefault("Content-Language", str(request.LANGUAGE_CODE))
        return response

    return respond


def _chosen(request: HttpRequest) -> str:
    offered = dict(settings.LANGUAGES)
    own = getattr(request.user, "language", "")
    if own in offered:
        return str(own)
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return cookie if cookie in offered else translation.get_language_from_request(request)
