"""`clusterwerk web`: the web server alone."""

from typing import Annotated

import typer

from clusterwerk.config import environment
from clusterwerk.config.commands.serve import Host, Threads, Workers
from clusterwerk.config.supervisor import apart

Port = Annotated[
    int, typer.Option(min=1, max=65_535, envvar="CLUSTERWERK_PORT", help="Port to listen on.")
]


def web(
    *, port: Port = 8000, host: Host = "127.0.0.1", workers: Workers = 2, threads: Threads = 4
) -> None:
    """Serve pages alone, beside workers and other web servers on the same database.

    Ends at a signal, once the requests under way are answered. Several may share one port.
    """
    try:
        apart.become_web(
            environment.var_folder(), host=host, port=port, processes=workers, threads=threads
        )
    except KeyboardInterrupt:
        raise typer.Exit from None
