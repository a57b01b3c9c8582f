"""Managers of four clusters with members of their own, already signed in."""

import json
import sys
from datetime import date

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db.backends.postgresql.psycopg_any import DateRange

from clusterwerk.clusters.actions import give_seat
from clusterwerk.clusters.models import Agency, Cluster
from clusterwerk.directory.models import Organisation, OrganisationKind
from clusterwerk.members.models import Membership, MembershipCategory
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.seats import SeatKind, SeatRole, Seats
from clusterwerk.platform.access.session import acting, unlocked
from clusterwerk.platform.accounts.actions import open_account
from factories.world import STEWARD, cluster_seats

MEMBERS = (1, 2, 3, 4)  # of the first, second, third, fourth cluster
PASSWORD = "a long quiet evening"


def main() -> None:
    """Writes as JSON: cluster, its manager's session and the number of its members."""
    with acting(STEWARD):
        seats = seats_of_command(agency=Agency.objects.get().pk)
    with acting(seats):
        clusters = list(Cluster.objects.order_by("key")[: len(MEMBERS)])
    found = []
    for cluster, number in zip(clusters, MEMBERS, strict=True):
        found.append([cluster.key, _manager(cluster, seats), number])
        for place in range(number):
            _member(cluster, f"{cluster.key} {place}")
    sys.stdout.write(json.dumps(found))


def _manager(cluster: Cluster, seats: Seats) -> str:
    email = f"{cluster.key}@example.org"
    with acting(seats):
        user = open_account(email=email, name=cluster.key, password=PASSWORD, confirmed=True)
        give_seat(
            seats=seats,
            user=user,
            kind=SeatKind.CLUSTER,
            role=SeatRole.MANAGER,
            cluster=cluster,
            since=date(2020, 1, 1),
        )
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
    return str(session.session_key)


def _member(cluster: Cluster, name: str) -> None:
    with acting(STEWARD), unlocked(STEWARD, "directory"):
        facts = {"name": name, "kind": OrganisationKind.ENTERPRISE, "source": "test"}
        company = Organisation.objects.create(**facts)
    with acting(cluster_seats(cluster)):
        category, _is_new = MembershipCategory.objects.get_or_create(cluster=cluster, name="Member")
        Membership.objects.create(
            agency_id=cluster.agency_id,
            cluster=cluster,
            organisation=company,
            category=category,
            period=DateRange(date(2018, 1, 1), None),
            is_paying=True,
            source="test",
        )
