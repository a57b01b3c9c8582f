"""The product's addresses and two views that answer nothing: one open, one signed in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from clusterwerk.config.urls import handler400, handler403, handler404, handler500, urlpatterns


def signed_in(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return HttpResponse("")


@login_not_required
def anonymous(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return HttpResponse("")


urlpatterns = [
    *urlpatterns,
    path("empty/signed-in/", signed_in),
    path("empty/", anonymous),
]

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
