"""Jobs whose every run leaves a row."""

from django.db import connection, transaction

from clusterwerk.platform.jobs.asking import app
from clusterwerk.platform.jobs.errors import AsTheRowSays


@app.task(name="scaled.note")
def note(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("insert into scaled_done (number) values (%s)", [number])


@app.task(name="scaled.slow", retry=AsTheRowSays())
def slow(number: int, pause: int) -> None:
    """Its row, and then a statement that takes so many seconds, in one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("insert into scaled_done (number) values (%s)", [number])
        cursor.execute("select pg_sleep(%s)", [pause])
