"""`clusterwerk serve`: everything in one command."""

from typing import Annotated

import typer

from clusterwerk.config import environment
from clusterwerk.config.supervisor.screen import Screen
from clusterwerk.config.supervisor.serving import Options
from clusterwerk.config.supervisor.serving import serve as run

Port = Annotated[
    int,
    typer.Option(
        min=1,
        max=65_535,
        envvar="CLUSTERWERK_PORT",
        help="Where none is named, the next free one when it is taken.",
    ),
]
Host = Annotated[str, typer.Option(envvar="CLUSTERWERK_HOST", help="Address to listen on.")]
Workers = Annotated[int, typer.Option(min=1, envvar="CLUSTERWERK_WORKERS", help="Web processes.")]
Threads = Annotated[
    int,
    typer.Option(
        min=1,
        envvar="CLUSTERWERK_THREADS",
        help="Threads of each web process, each with a database connection.",
    ),
]
JobWorkers = Annotated[
    int, typer.Option(min=1, envvar="CLUSTERWERK_JOB_WORKERS", help="Workers that do jobs.")
]
Demo = Annotated[
    bool,
    typer.Option(
        "--demo", envvar="CLUSTERWERK_DEMO", help="Load the demo, and say who can sign in."
    ),
]


def serve(
    context: typer.Context,
    *,
    port: Port = 8000,
    host: Host = "127.0.0.1",
    workers: Workers = 2,
    threads: Threads = 4,
    job_workers: JobWorkers = 1,
    demo: Demo = False,
) -> None:
    """Start the database, the worker and the web server, and keep them alive until Ctrl-C.

    A second start in the same folder says where the first one answers, and ends.
    """
    options = Options(
        var=environment.var_folder(),
        host=host,
        port=port,
        is_port_named=_is_named(context, "port"),
        workers=workers,
        threads=threads,
        job_workers=job_workers,
        demo=demo,
    )
    raise typer.Exit(run(options, Screen()))


def _is_named(context: typer.Context, option: str) -> bool:
    """By an option or its variable; a proxy or a monitor in front asks there and nowhere else."""
    source = context.get_parameter_source(option)
    return source is not None and source.name != "DEFAULT"
