"""`clusterwerk web`: the web server alone."""

import typer

from clusterwerk.config import environment
from clusterwerk.config.commands.serve import Host, Port, Threads, Workers
from clusterwerk.config.supervisor import apart


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
