"""Two connections at once: another transaction beside that of the test."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection, connections
from django.utils import translation

from clusterwerk.clusters.models import Cluster

Other = psycopg.Connection[tuple[Any, ...]]


def apart(act: Callable[[], Any]) -> "Future[Any]":
    """In a thread with a connection of its own; sentences come in English."""

    def run() -> Any:
        try:
            with translation.override("en"):
                return act()
        finally:
            connections.close_all()

    pool = ThreadPoolExecutor(1)
    future = pool.submit(run)
    pool.shutdown(wait=False)
    return future


@contextmanager
def beside(cluster: Cluster) -> Iterator[Other]:
    """Another connection of the application, in an open transaction of the cluster's manager."""
    parameters = connection.get_connection_params()
    wanted = {key: parameters[key] for key in ("host", "dbname", "user") if key in parameters}
    with psycopg.connect(**wanted) as other:
        for name in ("clusters", "written_clusters"):
            other.execute(
                "select set_config(%s, %s, true)", [f"clusterwerk.{name}", f"{{{cluster.pk}}}"]
            )
        yield other
