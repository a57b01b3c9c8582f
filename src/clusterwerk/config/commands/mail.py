"""`clusterwerk mail`: mail that comes in, handed over by the mail server."""

import os
import sys
from typing import Annotated

import typer

from clusterwerk.config.running import django_ready

app = typer.Typer(no_args_is_help=True, help="Mail that comes in for the timelines of teams.")

# What a mail server understands (sysexits.h): refuse for good, or keep the mail and try again.
WRONG_DATA = 65
NO_SUCH_RECIPIENT = 67
NOT_SET_UP = 69
LATER = 75


@app.callback()
def _group() -> None:
    """Keeps `receive` a command of its own name."""


@app.command()
def receive(
    *,
    recipient: Annotated[
        str, typer.Option(help="Address that the mail is for; else RECIPIENT of the environment.")
    ] = "",
    sender: Annotated[
        str,
        typer.Option(help="Sender by the envelope; else SENDER of the environment, Return-Path."),
    ] = "",
) -> None:
    """Take in one mail from the standard input, as a pipe of a mail server gives it.

    Exit codes are those of sysexits.h: 0 taken, 65 too large, 67 no such address, 69 this
    installation takes no mail, 75 try again later.
    """
    recipient = recipient or os.environ.get("ORIGINAL_RECIPIENT", "")
    recipient = recipient or os.environ.get("RECIPIENT", "")
    code, said = _outcome(recipient, sender or os.environ.get("SENDER", ""))
    if said:
        typer.echo(f"clusterwerk: {said}", err=True)
    raise typer.Exit(code)


def _outcome(recipient: str, sender: str) -> tuple[int, str]:
    """Whatever goes wrong on our side, the mail server keeps the mail."""
    try:
        with django_ready():
            return _received(recipient, sender)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a mail must not get lost
        return LATER, f"{type(error).__name__}: {error}"


def _received(recipient: str, sender: str) -> tuple[int, str]:
    from clusterwerk.members.correspondence.addresses import is_configured  # noqa: PLC0415
    from clusterwerk.members.correspondence.arriving import (  # noqa: PLC0415
        UnknownRecipientError,
        receive,
    )
    from clusterwerk.members.correspondence.parsing import MOST_BYTES, TooLargeError  # noqa: PLC0415

    if not is_configured():
        return NOT_SET_UP, "CLUSTERWERK_MAIL_IN_DOMAIN is not set; no mail is taken."
    raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        receive(raw, recipient=recipient, sender=sender)
    except UnknownRecipientError as error:
        return NO_SUCH_RECIPIENT, str(error)
    except TooLargeError as error:
        return WRONG_DATA, str(error)
    return 0, ""
