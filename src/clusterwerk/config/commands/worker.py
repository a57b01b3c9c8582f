"""`clusterwerk worker`: one worker alone."""

import typer

from clusterwerk.config import environment
from clusterwerk.config.supervisor import apart


def worker() -> None:
    """Do jobs alone, beside web servers and other workers on the same database.

    Each job is done by one of them. Ends at a signal; a job that does not end in time is taken up
    again by another worker.
    """
    try:
        apart.become_worker(environment.var_folder())
    except KeyboardInterrupt:
        raise typer.Exit from None
