"""Every address, tried by every kind of person with another cluster's objects."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from django.contrib.auth.decorators import login_not_required
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from clusterwerk.clusters.models import HandOver
from clusterwerk.members.models import Membership
from clusterwerk.platform.access.session import enter
from clusterwerk.reporting.models import CountedReading, PublishedReading
from factories.asked import asked_by
from factories.world import World, cluster_seats

OURS = "clusterwerk."
# Pages that everybody may read; each says why in its room.
PUBLIC = {
    "accounts:sign_in_link",
    "observing:healthz",
    "observing:metrics",
    "observing:readyz",
    "portal:about",
    "portal:accessibility",
    "portal:cluster_detail",
    "portal:home",
    "portal:privacy",
    "portal:robots",
    "portal:sitemap",
    "reporting:finding_download",
    "reporting:finding_list",
    "reporting:reading_detail",
    "reporting:reading_download",
    "reporting:reading_list",
    "ui:language",
    "ui:styleguide",
    "ui:theme",
    "mail:mail_detail",
    "mail:mail_list",
}
# Pages of everybody who is signed in: they show the person's own rows and hold none of others.
OWN = {
    "accounts:overview",
    "accounts:account_overview",
    "clusters:own_sharing",
    "desk:home",
    "jobs:job_list",
    "desk:record",
    "members:own_members",
}
# What keeping the installation needs of jobs; what a job says and makes is not shown.
STEWARD = {
    "jobs:effect_settle",
    "jobs:job_cancel",
    "jobs:job_detail",
    "jobs:job_overview",
    "legal:breach_add",
    "legal:breach_download",
    "legal:breach_list",
    "legal:document_detail",
    "legal:document_download",
    "legal:pack",
}
# What an agency may open of a cluster of its programme.
AGENCY = {
    "reporting:oversight",
    "reporting:oversight_download",
    "reporting:cluster_detail",
    "reporting:evidence",
    "history:record_past",
    "history:record_undo",
    "clusters:hand_over_detail",
    "clusters:hand_over_propose",
}
REFUSED = {403, 404, 405}
SIGN_IN = "/accounts/login/"


@dataclass(frozen=True)
class Address:
    """One address of ours with the names of its parameters."""

    name: str
    route: str
    parameters: tuple[str, ...]
    is_public: bool


def addresses() -> Iterator[Address]:
    yield from _walk(get_resolver().url_patterns, "", "")


def _walk(
    patterns: "list[URLPattern | URLResolver]", namespace: str, route: str
) -> Iterator[Address]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, here)
        elif pattern.callback.__module__.startswith(OURS):
            assert isinstance(pattern.pattern, RoutePattern)
            yield Address(
                f"{namespace}{pattern.name}",
                here,
                tuple(pattern.pattern.converters),
                not getattr(pattern.callback, "login_required", True),
            )


def hand_over_of(world: World) -> HandOver:
    return HandOver.objects.create(
        agency=world.agency,
        cluster=world.beta,
        to_host=world.rival,
        day=date(2026, 1, 1),
        reason="test",
    )


def others_objects(world: World) -> dict[str, object]:
    """For each parameter an object of the cluster Beta, in which no tried person has a seat."""
    owned = asked_by(world.people["other_manager"])
    enter(cluster_seats(world.beta))
    return {
        "breach": 1,
        "document": "roles",
        "language": "nl",
        "slug": "beta",
        "cluster": "beta",
        "reporting:evidence:pk": CountedReading.objects.filter(cluster=world.beta).latest("pk").pk,
        "reporting:reading_detail:pk": PublishedReading.objects.get(cluster=world.beta).pk,
        "members:membership_detail:pk": Membership.objects.get(cluster=world.beta).pk,
        "clusters:hand_over_detail:pk": hand_over_of(world).pk,
        "files:file_download:pk": owned.file,
        "jobs:job_detail:pk": owned.run,
        "jobs:job_cancel:pk": owned.run,
        "jobs:job_again:pk": owned.run,
        "jobs:effect_settle:pk": owned.effect,
        "membership": Membership.objects.get(cluster=world.beta).pk,
        "room": "members",
        "record": "membership",
        "row": Membership.objects.get(cluster=world.beta).pk,
        "name": "nothing.eml",
        "ending": "csv",
        "key": "nothing",
        "token": "nothing",
    }


def filled(address: Address, values: dict[str, object]) -> str:
    route = "/" + address.route
    for name in address.parameters:
        key = f"{address.name}:{name}" if name == "pk" else name
        assert key in values, f"{address.name}: say here what {name} of another cluster is"
        start = route.index("<")
        route = route[:start] + str(values[key]) + route[route.index(">") + 1 :]
    return route


def test_an_address_its_view_and_its_template_have_one_name() -> None:
    named = [
        (pattern.name, pattern.callback.__name__)
        for resolver in get_resolver().url_patterns
        if isinstance(resolver, URLResolver)
        for pattern in resolver.url_patterns
        if isinstance(pattern, URLPattern) and pattern.callback.__module__.startswith(OURS)
    ]
    assert named
    assert [pair for pair in named if pair[0] != pair[1]] == []


def test_public_pages_are_those_listed_here() -> None:
    assert {address.name for address in addresses() if address.is_public} - PUBLIC == set()
    assert login_not_required.__name__ == "login_not_required"


@pytest.mark.parametrize(
    "person",
    [
        None,
        "stranger",
        "manager",
        "staff",
        "observer",
        "programme_manager",
        "account_manager",
        "member",
        "evaluator",
        "steward",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_opens_another_clusters_objects(
    client: Client, world: World, person: str | None, method: str
) -> None:
    values = others_objects(world)
    if person:
        client.force_login(world.people[person])
    allowed = PUBLIC | (OWN if person else set())
    if person in {"programme_manager", "account_manager"}:
        allowed |= AGENCY
    if person == "steward":
        allowed |= STEWARD
    opened = {}
    for address in addresses():
        response = getattr(client, method)(filled(address, values))
        to_sign_in = response.status_code == 302 and response.headers["Location"].startswith(
            SIGN_IN
        )
        if response.status_code in REFUSED or (to_sign_in and person is None):
            continue
        if address.name in allowed and response.status_code < 500:
            continue
        opened[address.name] = response.status_code
    assert opened == {}
