"""The product's pages, and some that say where and as whom they run."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from clusterwerk.config.urls import handler400, handler403, handler404, handler500, urlpatterns
from clusterwerk.members.models import Membership
from clusterwerk.platform.access import reading
from clusterwerk.platform.access.replica import download, published
from clusterwerk.platform.models import User


def _rows(statement: str, *parameters: float) -> list[Any]:
    with reading.connection().cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


def seen(request: HttpRequest) -> HttpResponse:
    """Rows of cluster tables that the person sees, by the policies alone."""
    memberships = sorted(Membership.objects.values_list("cluster__key", flat=True))
    (actor,) = _rows("select current_setting('clusterwerk.actor', true)")[0]
    return JsonResponse({"actor": actor, "memberships": memberships})


def broken(request: HttpRequest) -> HttpResponse:
    """Fails in the middle of its transaction, with the seats of the person entered."""
    list(Membership.objects.all())
    _rows("select 1 / 0")
    raise AssertionError("the statement fails")


def copied(request: HttpRequest) -> HttpResponse:
    """Rows through a temporary table, as imports bring them in."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("create temporary table brought (number int) on commit drop")
        with cursor.copy("copy brought from stdin") as copy:
            for number in range(1000):
                copy.write_row((number,))
        cursor.execute("select count(*), sum(number) from brought")
        return JsonResponse({"found": cursor.fetchone()})


@login_not_required
@csrf_exempt
def note(request: HttpRequest) -> HttpResponse:
    """Two rows in one transaction, with a pause between them when one is asked for."""
    number, pause = int(request.POST["number"]), float(request.POST.get("pause", 0))
    _rows("insert into scaled_notes (number) values (%s) returning 1", number)
    if pause:
        _rows("select pg_sleep(%s)", pause)
    _rows("insert into scaled_notes (number) values (%s) returning 1", number)
    return HttpResponse("kept")


def _place() -> HttpResponse:
    (found,) = _rows(
        "select pg_is_in_recovery(), coalesce(max(number), 0), current_user,"
        " current_setting('transaction_read_only') from scaled_notes"
    )
    return JsonResponse(dict(zip(("replica", "newest", "role", "read_only"), found, strict=True)))


@login_not_required
@published
def place(request: HttpRequest) -> HttpResponse:
    return _place()


@download
def file(request: HttpRequest) -> HttpResponse:
    members = Membership.objects.values_list("cluster__key", flat=True)
    return JsonResponse({"memberships": sorted(members), "replica": reading.alias()})


@login_not_required
@published
def writing(request: HttpRequest) -> HttpResponse:
    """Declared to read only, and does not keep to it."""
    try:
        User(email="nobody@example.org").save()
    except reading.WriteOnReplicaError as error:
        return HttpResponse(str(error))
    return HttpResponse("written")


urlpatterns = [
    *urlpatterns,
    path("scaled/seen/", seen),
    path("scaled/broken/", broken),
    path("scaled/copied/", copied),
    path("scaled/note/", note),
    path("scaled/place/", place),
    path("scaled/file/", file),
    path("scaled/writing/", writing),
]

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
