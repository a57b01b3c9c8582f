"""The worker: takes jobs out of the database and runs them, until it is asked to end.

Run by the supervisor as `python -m clusterwerk.config.supervisor.working`. A job in progress gets
GRACE seconds, is then asked to give up, and is noted as aborted.
"""

import logging

GRACE = 3.0


def main() -> None:
    import django  # noqa: PLC0415 - `children` reads GRACE and must not load Django

    django.setup()
    from procrastinate.contrib.django import app  # noqa: PLC0415 - needs the line before
    from procrastinate.contrib.django.django_connector import DjangoConnector  # noqa: PLC0415

    _quiet()
    assert isinstance(app.connector, DjangoConnector), "what procrastinate's Django app sets up"
    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(shutdown_graceful_timeout=GRACE)


def _quiet() -> None:
    """One line, not pages, while the database is away; the supervisor says that it is."""
    logging.basicConfig(format="worker: %(message)s", level=logging.WARNING)
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)
    logging.getLogger().handlers[0].addFilter(_without_traceback_of_lost_connections)


def _without_traceback_of_lost_connections(record: logging.LogRecord) -> bool:
    from procrastinate.exceptions import ConnectorException  # noqa: PLC0415 - see above

    if record.exc_info and isinstance(record.exc_info[1], ConnectorException):
        record.msg, record.args, record.exc_info = "The database is away.", (), None
    return True


if __name__ == "__main__":
    main()
