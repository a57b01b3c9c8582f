"""Who reads and who writes the rows of an access class, read off its row policies.

The policies name settings of the transaction (`access.clusters()` and the like) or a door; each
stands for people who can be named in words. A policy that names something else has no words yet,
and `audiences` says so instead of leaving somebody out.
"""

import re
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.classes import (
    EVERYBODY,
    LED_BY_AGENCY,
    SHARED_ROWS,
    STEWARDS_WHERE_SHARED,
    TableAccess,
)

NOBODY = "false"
_LED = re.compile(re.escape(LED_BY_AGENCY) + r"agency_id = any\(access\.(\w+)\(\)\)")
_NAMED = re.compile(r"access\.(\w+)\((?:'(\w+)')?\)")


class Audience(StrEnum):
    """People whom a policy lets through; the value is the setting or door that it asks for."""

    EVERYBODY = "everybody"
    EVERYBODY_WHERE_SHARED = "everybody where shared"
    CLUSTER = "clusters"
    CLUSTER_WRITERS = "written_clusters"
    CLUSTER_MANAGERS = "managed_clusters"
    AGENCY = "agencies"
    AGENCY_WRITERS = "written_agencies"
    LEADING_AGENCY = "agencies where it leads"
    LEADING_AGENCY_WRITERS = "written_agencies where it leads"
    ORGANISATION = "organisations"
    PROGRAMME = "programmes"
    PERSON = "actor"
    STEWARD = "steward"
    STEWARD_WHERE_SHARED = "steward where shared"
    DIRECTORY = "unlocked directory"
    REPORTING = "unlocked reporting"
    PROGRAM = "unlocked"

    @property
    def words(self) -> str:
        return str(WORDS[self])


WORDS = {
    Audience.EVERYBODY: _("everybody, without signing in too"),
    Audience.EVERYBODY_WHERE_SHARED: _("everybody, unless it is private to one cluster"),
    Audience.CLUSTER: _("everybody with a seat in the cluster"),
    Audience.CLUSTER_WRITERS: _("manager, staff and finance seats of the cluster"),
    Audience.CLUSTER_MANAGERS: _("managers of the cluster"),
    Audience.AGENCY: _("programme and account managers of its agency"),
    Audience.AGENCY_WRITERS: _("programme managers of its agency"),
    Audience.LEADING_AGENCY: _("an agency, where it leads and no cluster does"),
    Audience.LEADING_AGENCY_WRITERS: _(
        "programme managers of an agency, where it leads and no cluster does"
    ),
    Audience.ORGANISATION: _("representatives of the organisation that the row is about"),
    Audience.PROGRAMME: _("agency, clusters and evaluators of the programme"),
    Audience.PERSON: _("the person that the row is about"),
    Audience.STEWARD: _("stewards of the installation"),
    Audience.STEWARD_WHERE_SHARED: _("stewards, only where it is about the shared directory"),
    Audience.DIRECTORY: _("whoever works for a cluster, an agency or the installation"),
    Audience.REPORTING: _("only by recording a count, which adds and never changes"),
    Audience.PROGRAM: _("the program itself, in the one step that needs them"),
}


class UnknownAudienceError(ValueError):
    """A policy asks for a setting or door that no audience names."""


def readers(access: TableAccess) -> tuple[Audience, ...]:
    return audiences(access.read)


def writers(access: TableAccess) -> tuple[Audience, ...]:
    """Whoever may add, change or delete rows; nobody when only triggers write."""
    return audiences(" ".join((access.insert, access.update, access.delete)))


def readers_of_the_past(access: TableAccess) -> tuple[Audience, ...]:
    """Who reads earlier states of a row, which can be fewer than who read the row."""
    return readers(access.of_the_past())


def audiences(policy: str) -> tuple[Audience, ...]:
    """Audiences that a policy names, in the order of `Audience`; none where nobody may."""
    unshared = policy.replace(STEWARDS_WHERE_SHARED, "")
    own = _LED.sub("", unshared)
    named = {_audience(*found) for found in _NAMED.findall(own)}
    named |= {f"{setting} where it leads" for setting in _LED.findall(unshared)}
    if unshared != policy:
        named.add(Audience.STEWARD_WHERE_SHARED.value)
    if EVERYBODY in policy.split():
        named.add(Audience.EVERYBODY.value)
    if policy.startswith(SHARED_ROWS):
        named.add(Audience.EVERYBODY_WHERE_SHARED.value)
    if policy.strip() in {"", NOBODY}:
        return ()
    unknown = named - {audience.value for audience in Audience}
    if unknown or not named:
        message = f"No words for {sorted(unknown) or policy!r}: add an audience for it."
        raise UnknownAudienceError(message)
    return tuple(audience for audience in Audience if audience.value in named)


def _audience(setting: str, door: str) -> str:
    """A door without words of its own is opened by the program alone."""
    named = f"{setting} {door}".strip()
    has_words = named in {audience.value for audience in Audience}
    return setting if door and not has_words else named
