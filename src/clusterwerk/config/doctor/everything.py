"""All findings in one list, for the command line and for the steward's page."""

from collections.abc import Callable, Iterator

from django.core.exceptions import ImproperlyConfigured

from clusterwerk.config import environment
from clusterwerk.config.doctor import database, machine, mail, mail_in, site
from clusterwerk.config.doctor.finding import Finding, Findings, fail
from clusterwerk.platform.health.findings import Told
from clusterwerk.platform.postgres.errors import ServerError


def all_findings() -> list[Finding]:
    """In the order in which they are mended; what several groups say is said once."""
    var = environment.var_folder()
    groups: list[Callable[[], Findings]] = [
        lambda: machine.findings(var),
        site.findings,
        mail.findings,
        mail_in.findings,
        lambda: database.findings(var),
    ]
    return list(dict.fromkeys(finding for group in groups for finding in _guarded(group)))


def _guarded(group: Callable[[], Findings]) -> Findings:
    """The findings of a group; a setting that cannot be read ends the group, not the doctor."""
    try:
        yield from group()
    except (ImproperlyConfigured, ServerError) as error:
        yield fail("settings", str(error), "Mend the setting (docs/operate/settings.md).")


def told() -> Iterator[Told]:
    for found in all_findings():
        yield Told(found.name, found.state, found.message, found.why, found.mend)
