"""One page: who the database takes the web server for, and how many times it was asked."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path


def home(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        return HttpResponse(cursor.fetchone()[0])


urlpatterns = [path("", home)]
