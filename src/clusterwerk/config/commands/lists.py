"""`clusterwerk lists`: places, activity codes and ecosystems, from the files of the product."""

import typer

from clusterwerk.config.running import django_ready

app = typer.Typer(
    no_args_is_help=True, help="Lists that everybody shares: places, activity codes, ecosystems."
)


@app.callback()
def _group() -> None:
    """Named so that its one command keeps its name."""


@app.command()
def load() -> None:
    """Load them; what is there already is corrected, and nothing is lost. Again changes nothing."""
    with django_ready():
        from clusterwerk.directory.places import load_places  # noqa: PLC0415
        from clusterwerk.directory.sectors import load_sectors  # noqa: PLC0415
        from clusterwerk.platform.access.commands import seats_of_command  # noqa: PLC0415
        from clusterwerk.platform.access.session import acting  # noqa: PLC0415

        with acting(seats_of_command(), reason="load of the shared lists") as seats:
            places, codes = load_places(seats=seats), load_sectors(seats=seats)
    typer.echo(f"Changed: {places} municipalities, {codes} activity codes.")
