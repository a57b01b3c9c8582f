"""Lines of the log: one object each, with the number of the request and nobody's data."""

import io
import json
import logging
import re
from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from pytest_django.fixtures import Settings

from clusterwerk.platform.observing import numbers
from clusterwerk.platform.observing.logs import JsonFormatter, LineFormatter

ADDRESS = "an@example.org"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the log of requests and of errors says, in JSON."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    loggers = [logging.getLogger(name) for name in ("clusterwerk.requests", "clusterwerk.errors")]
    for logger in loggers:
        logger.addHandler(handler)
    yield stream
    for logger in loggers:
        logger.removeHandler(handler)


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.django_db
def test_a_request_is_one_line_without_address_or_search(
    client: Client, settings: Settings, written: io.StringIO
) -> None:
    settings.LOG_REQUESTS = True
    response = client.get("/about/?q=An+Peeters")
    (line,) = lines(written)
    assert line["view"] == "portal:about"
    assert (line["method"], line["status"], line["level"]) == ("GET", 200, "info")
    assert line["request"] == response.headers["X-Request-ID"]
    assert set(line) == {
        "at", "level", "logger", "message", "request", "method", "view", "status", "milliseconds",
    }  # fmt: skip
    assert "Peeters" not in written.getvalue()


@pytest.mark.django_db
def test_requests_are_not_written_unless_asked_for(client: Client, written: io.StringIO) -> None:
    client.get("/about/")
    assert lines(written) == []


@pytest.mark.django_db
def test_an_error_page_its_answer_and_its_line_have_one_number(
    client: Client, written: io.StringIO
) -> None:
    response = client.get("/no-such-page/")
    number = response.headers["X-Request-ID"]
    assert re.fullmatch("[0-9a-f]{8}", number)
    assert number in response.content.decode()
    assert [line["request"] for line in lines(written)] == [number]


@pytest.mark.django_db
def test_a_visitor_cannot_choose_the_number(client: Client) -> None:
    response = client.get("/about/", headers={"x-request-id": "chosen"})
    assert response.headers["X-Request-ID"] != "chosen"
    assert numbers.number() == ""


@pytest.mark.django_db
@pytest.mark.parametrize("formatter", [LineFormatter(), JsonFormatter()])
def test_a_refused_row_is_logged_without_its_values(formatter: logging.Formatter) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("create temporary table people (email text unique) on commit drop")
            cursor.execute("insert into people values (%s), (%s)", [ADDRESS, ADDRESS])
    except IntegrityError as error:
        record = logging.LogRecord(
            "x", logging.ERROR, "", 0, "Not kept", (), (type(error), error, error.__traceback__)
        )
    text = formatter.format(record)
    assert "people_email_key" in text
    assert ADDRESS not in text
