"""The list of members as an address asks for it, without a browser."""

from datetime import date

from django.http import QueryDict

from clusterwerk.clusters.models import Cluster
from clusterwerk.members.lists import MemberScope, member_listing, member_words
from clusterwerk.members.queries import MemberRow
from clusterwerk.platform.ui.lists import Read, asked_of, read_list
from clusterwerk.programme.queries import term_of_cluster


def listed(
    cluster: Cluster, day: date, query: str = "", *, ends_by: date | None = None, size: int = 50
) -> Read[MemberRow]:
    """One page of the list on a day."""
    scope = MemberScope(cluster, day, term_of_cluster(cluster.pk), ends_by)
    listing = member_listing(scope, member_words(cluster.pk))
    return read_list(listing, asked_of(QueryDict(query), listing), size=size)


def names(
    cluster: Cluster, day: date, query: str = "", *, ends_by: date | None = None
) -> list[str]:
    read = listed(cluster, day, query, ends_by=ends_by)
    return [row.organisation.name for row in read.page.rows]
