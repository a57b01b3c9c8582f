"""How old the enterprise register is that members are found in."""

from datetime import date

from django.utils import timezone

from clusterwerk.config.doctor.finding import Finding, ok, warn
from clusterwerk.directory.models import RegisterEdition
from clusterwerk.directory.queries.register import edition_in_use
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.session import acting

OLD = 60  # days; there is a full extract each month
LOAD = "Fetch the newest full extract: `clusterwerk register load FILE` (docs/operate/register.md)."


def register() -> Finding:
    with acting(seats_of_command()):
        return judge(edition_in_use(), timezone.localdate())


def judge(edition: RegisterEdition | None, today: date) -> Finding:
    """Without a register everything works, and an invented one does not age."""
    if edition is None:
        return ok("enterprise register", "None is loaded; organisations are typed in by hand.")
    age = (today - edition.snapshot_on).days
    shown = f"Edition {edition.number} of {edition.snapshot_on:%Y-%m-%d}"
    if edition.is_synthetic:
        return ok("enterprise register", f"{shown}, invented.")
    if age > OLD:
        return warn("enterprise register", f"{shown} is {age} days old.", LOAD)
    return ok("enterprise register", f"{shown}.")
