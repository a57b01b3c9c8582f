"""Whether anything changed that a portfolio, a cluster's desk or the public pages show."""

from collections.abc import Collection

from clusterwerk.activities.models import PublishedActivity
from clusterwerk.clusters.models import Cluster, ClusterHost, PublicProfile
from clusterwerk.directory.models import Organisation
from clusterwerk.members.models import (
    Contribution,
    Membership,
    Service,
    TeamHours,
    TeamPost,
)
from clusterwerk.platform.row_versions import newest_of, rows_of, version_of
from clusterwerk.programme.models import Agreement, Target
from clusterwerk.reporting.models import (
    CountedReading,
    Document,
    PublishedStamp,
)

OF_AGENCY = "agency_id = any(%(agencies)s)"
OF_CLUSTER = "cluster_id = %(cluster)s"
_HOSTS = f"select organisation_id from {ClusterHost._meta.db_table}"  # noqa: S608 - our own tables
_ITS_AGENCY = f"select agency_id from {Cluster._meta.db_table} where id = %(cluster)s"  # noqa: S608
_MEMBERS = f"select organisation_id from {Membership._meta.db_table} where {OF_CLUSTER}"  # noqa: S608

# Activities to come, each with who wrote it last and where it lies: not one of their texts is read,
# and one that ends leaves the pages that show it.
_TO_COME = (
    "select activity_id || ':' || xmin || ctid as part"  # noqa: S608 - our own tables
    f" from {PublishedActivity._meta.db_table} where ends_at > now()"
)
_PUBLISHED = (rows_of(PublishedStamp), _TO_COME)
_PORTFOLIO = (
    *(rows_of(model, OF_AGENCY) for model in (Document, PublicProfile, Agreement, ClusterHost)),
    rows_of(Organisation, f"id in ({_HOSTS} where {OF_AGENCY})"),
    newest_of(CountedReading, OF_AGENCY),
)
_CLUSTER = (
    rows_of(Document, f"agency_id = ({_ITS_AGENCY})"),
    rows_of(Cluster, "id = %(cluster)s"),
    *(
        rows_of(model, OF_CLUSTER)
        for model in (
            PublicProfile,
            Agreement,
            Target,
            Membership,
            Contribution,
            Service,
            TeamPost,
            TeamHours,
        )
    ),
    rows_of(Organisation, f"id in ({_MEMBERS})"),
    newest_of(CountedReading, OF_CLUSTER),
)


def published_version() -> str:
    """A text that differs once anything published does: a row of each agency, what is to come."""
    return version_of(_PUBLISHED)


def portfolio_version(agencies: Collection[int]) -> str:
    """A text that differs once anything in the portfolio of these agencies differs."""
    return version_of(_PORTFOLIO, agencies=sorted(agencies))


def cluster_version(cluster: int) -> str:
    """A text that differs once figures, members, promises or the team of the cluster differ."""
    return version_of(_CLUSTER, cluster=cluster)
