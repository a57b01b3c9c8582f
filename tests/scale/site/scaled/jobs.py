"""One job whose every run leaves a row."""

from django.db import connection
from procrastinate.contrib.django import app


@app.task(name="scaled.note")
def note(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("insert into scaled_done (number) values (%s)", [number])
