"""`clusterwerk legal`: the legal pack of this installation as files."""

from pathlib import Path
from typing import Annotated

import typer

from clusterwerk.config import exits
from clusterwerk.config.running import django_ready


def _language(language: str) -> str:
    if language not in ("nl", "en"):
        message = "the pack is written in nl and en"
        raise typer.BadParameter(message)
    return language


def legal(
    to: Annotated[Path, typer.Option(help="Folder to write to; made when it is missing.")],
    *,
    language: Annotated[
        str, typer.Option(callback=_language, help="Language of the texts: nl or en.")
    ] = "nl",
) -> None:
    """Write the legal pack, a draft for a lawyer, as .html and .docx files.

    What is not answered in legal.toml is marked as open and counted.
    """
    with django_ready():
        names, still_open = _written(to.expanduser(), language)
    for name in names:
        typer.echo(str(to / name))
    typer.echo(f"{still_open} places are still open: answer them in legal.toml (docs/operate).")


def _written(folder: Path, language: str) -> tuple[list[str], int]:
    """Names of the files, and how many places are still open."""
    from django.utils import timezone  # noqa: PLC0415 - once Django is set up

    from clusterwerk.platform.access.commands import seats_of_command  # noqa: PLC0415
    from clusterwerk.platform.access.session import acting  # noqa: PLC0415
    from clusterwerk.platform.legal.documents import documents, known  # noqa: PLC0415
    from clusterwerk.platform.legal.files import written  # noqa: PLC0415
    from clusterwerk.platform.legal.queries import noted_breaches  # noqa: PLC0415

    with acting(seats_of_command(), reason="the legal pack is written"):
        pack = documents(known(timezone.localdate(), noted_breaches()), language)
    names = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in written(pack):
            (folder / name).write_bytes(content)
            names.append(name)
    except OSError as error:
        typer.echo(f"The pack cannot be written to {folder}: {error.strerror}.", err=True)
        raise typer.Exit(exits.ENVIRONMENT) from None
    return names, sum(document.open_pieces for document in pack)
