"""`clusterwerk people`: who may enter an installation that has no people yet."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from clusterwerk.config import exits
from clusterwerk.config.running import django_ready

if TYPE_CHECKING:
    from clusterwerk.platform.history.erasing import Erased, Part
    from clusterwerk.platform.models import User

app = typer.Typer(
    no_args_is_help=True, help="People: the first who may sign in, and who asks to be erased."
)

STAYS = (
    "What stays: the number of the account, where others' rows and their history name who acted;"
    " the days of its seats."
)
NOT_REACHED = (
    "What is not reached: names that somebody typed into notes, reasons or documents; mails already"
    " sent; back-ups made before. docs/operate/history.md says what to do about them."
)
LONGEST_ADDRESS = 254
LONGEST_NAME = 200


def _address(email: str) -> str:
    """The address as accounts keep it; checked before a database is started for it."""
    from django.core.exceptions import ValidationError  # noqa: PLC0415 - `--help` stays quick
    from django.core.validators import validate_email  # noqa: PLC0415

    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        message = f"“{email}” is not an e-mail address."
        raise typer.BadParameter(message) from None
    if len(email) > LONGEST_ADDRESS:
        message = f"an e-mail address has at most {LONGEST_ADDRESS} characters."
        raise typer.BadParameter(message)
    return email


def _name(name: str) -> str:
    name = name.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        message = f"a name has 1 to {LONGEST_NAME} characters."
        raise typer.BadParameter(message)
    return name


Email = Annotated[str, typer.Argument(callback=_address, help="Where the person reads mail.")]
Name = Annotated[
    str,
    typer.Option(
        callback=_name, help="How the person is called; an existing account keeps its own."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as one JSON object.")]
Reason = Annotated[str, typer.Option(help="Why, without naming the person: it is kept for ever.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would go; change nothing.")]


@app.callback()
def _group() -> None:
    """Keeps `steward` a command of its own name."""


@app.command()
def steward(email: Email, *, name: Name, as_json: AsJson = False) -> None:
    """Make a person steward of the installation, and open their account when they have none.

    The account has no password: the person signs in by a link in a mail, or asks for a new
    password. A second run changes nothing.
    """
    with django_ready():
        account_opened, seat_given = _make_steward(email, name)
    if as_json:
        facts = {"email": email, "account_opened": account_opened, "seat_given": seat_given}
        typer.echo(json.dumps(facts))
        return
    opened = "Account opened. " if account_opened else ""
    given = "is now a steward" if seat_given else "was a steward already; nothing has changed"
    typer.echo(f"{opened}{email} {given}.")
    if account_opened:
        typer.echo(
            "The account has no password: on the sign-in page the person takes “Mail me a sign-in "
            "link”, or “Forgot your password?” to set one."
        )


@app.command()
def erase(
    email: Email, *, reason: Reason, dry_run: DryRun = False, as_json: AsJson = False
) -> None:
    """Destroy what is personal of an account, in its rows and in their history.

    What others did about the person stays, with the number of the account and no name. A second
    run finds nobody under the address.
    """
    with django_ready():
        erased = _erase(email, reason, rehearse=dry_run)
    if as_json:
        parts = [_part(part) for part in erased.parts]
        facts = {"account": erased.subject.pk, "rehearsed": dry_run, "parts": parts}
        typer.echo(json.dumps(facts | ({} if dry_run else {"erasure": str(erased.key)})))
        return
    typer.echo("\n".join(_said(erased, rehearsed=dry_run)))


def _erase(email: str, reason: str, *, rehearse: bool) -> "Erased":
    from django.utils import timezone  # noqa: PLC0415 - once Django is set up

    from clusterwerk.platform.access.commands import seats_of_command  # noqa: PLC0415
    from clusterwerk.platform.access.session import acting  # noqa: PLC0415
    from clusterwerk.platform.accounts.erasing import erase_account  # noqa: PLC0415
    from clusterwerk.platform.errors import DomainError  # noqa: PLC0415

    try:
        with acting(seats_of_command(), reason="an erasure at the command line") as seats:
            erased = erase_account(
                seats=seats,
                email=email,
                reason=reason,
                on=timezone.localdate(),
                rehearse=rehearse,
            )
    except DomainError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(exits.PROBLEMS) from None
    return erased


def _part(part: "Part") -> dict[str, str | int]:
    fate = "deleted" if part.is_deleted else "emptied"
    return {"table": part.table, "rows": part.rows, "fate": fate, "events": part.events}


def _said(erased: "Erased", *, rehearsed: bool) -> list[str]:
    """What went, what stays, and what nobody can reach from here."""
    first = "Nothing was changed; this would go" if rehearsed else "Erased"
    return [
        f"{first}, of account {erased.subject.pk}:",
        *(
            f"- {part.table}: {part.rows} rows"
            f" {'deleted' if part.is_deleted else 'emptied'}, {part.events} events emptied"
            for part in erased.parts
        ),
        STAYS,
        NOT_REACHED,
    ]


def _make_steward(email: str, name: str) -> tuple[bool, bool]:
    """Whether the account is new, and whether the seat is."""
    from django.utils import timezone  # noqa: PLC0415 - once Django is set up

    from clusterwerk.clusters.actions import give_seat  # noqa: PLC0415
    from clusterwerk.platform.access.commands import seats_of_command  # noqa: PLC0415
    from clusterwerk.platform.access.seats import SeatKind, SeatRole  # noqa: PLC0415
    from clusterwerk.platform.access.session import acting  # noqa: PLC0415
    from clusterwerk.platform.errors import DomainError  # noqa: PLC0415

    try:
        with acting(seats_of_command(), reason="a steward named at the command line") as seats:
            account, is_new = _account(email, name)
            _seat, is_given = give_seat(
                seats=seats,
                user=account,
                kind=SeatKind.STEWARD,
                role=SeatRole.STEWARD,
                since=timezone.localdate(),
            )
    except DomainError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(exits.PROBLEMS) from None
    return is_new, is_given


def _account(email: str, name: str) -> "tuple[User, bool]":
    """The account of the address, and whether it was opened now."""
    from clusterwerk.platform.accounts.actions import open_account  # noqa: PLC0415 - see above
    from clusterwerk.platform.accounts.queries import account_of_address  # noqa: PLC0415
    from clusterwerk.platform.errors import DomainError  # noqa: PLC0415

    account = account_of_address(email)
    if account is None:
        return open_account(email=email, name=name), True
    if not account.is_active:
        message = f"The account of {email} is closed; nothing was changed."
        raise DomainError(message)
    return account, False
