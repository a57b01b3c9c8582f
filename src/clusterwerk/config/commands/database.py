"""`clusterwerk database`: the embedded server by itself, without the web server."""

import json
from typing import Annotated, Any

import typer

from clusterwerk.config import environment, exits
from clusterwerk.platform.postgres import binaries, home, server

app = typer.Typer(
    no_args_is_help=True, help="Start, stop and look at the embedded database server."
)

AsJson = Annotated[bool, typer.Option("--json", help="Answer as one JSON object.")]


@app.command()
def start() -> None:
    """Start the server and let it run until `clusterwerk database stop`."""
    running = server.start(environment.var_folder())
    server.stay(running.home.var)
    running.use.drop()
    word = "started" if running.started else "was running already"
    typer.echo(f"The database {word}; its socket is in {running.home.run}.")


@app.command()
def stop() -> None:
    """Stop the server, whoever uses it."""
    stopped = server.stop(environment.var_folder())
    typer.echo("The database was stopped." if stopped else "No database was running.")


@app.command()
def status(*, as_json: AsJson = False) -> None:
    """Say whether the server runs; exit code 1 when it does not."""
    found = _status()
    if as_json:
        typer.echo(json.dumps(found))
    else:
        typer.echo("\n".join(f"{key}: {value}" for key, value in found.items()))
    raise typer.Exit(exits.OK if found["running"] else exits.PROBLEMS)


def _status() -> dict[str, Any]:
    var = environment.var_folder()
    place = home.recorded(var)
    if place is None:
        return {"running": False, "data": None}
    return {
        "running": server.is_running(var),
        "data": str(place.data),
        "socket": str(place.run),
        "log": str(place.log),
        "account": place.account.name,
        "programs": str(binaries.find().folder),
    }
