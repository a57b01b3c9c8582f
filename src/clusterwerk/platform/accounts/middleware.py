"""Refusals that allauth's own views would answer with another status."""

from collections.abc import Callable
from http import HTTPStatus

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

WAIT = 300  # seconds that a refusal lasts at most
FROM_PROVIDER = {"openid_connect_login", "openid_connect_callback"}


class Refusals:
    """Too many attempts is status 429 with the form as it was; a provider that is away is a page.

    A class, because only an object can have the hook for exceptions.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "refused_for_now", False) and response.status_code == HTTPStatus.OK:
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
            response.headers["Retry-After"] = str(WAIT)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The provider did not answer, or answered something that is no OpenID Connect."""
        match = request.resolver_match
        if match is None or match.url_name not in FROM_PROVIDER:
            return None
        if isinstance(exception, (RequestException, OAuth2Error, KeyError)):
            template = "socialaccount/authentication_error.html"
            return render(request, template, status=HTTPStatus.UNAUTHORIZED)
        return None
