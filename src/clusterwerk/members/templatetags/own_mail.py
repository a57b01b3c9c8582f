"""The mail that became a talk, above the page of that talk."""

from typing import Any

from django import template

from clusterwerk.clusters.models import Cluster
from clusterwerk.members.correspondence.quoting import passages
from clusterwerk.members.models import Interaction
from clusterwerk.members.queries.correspondence import mail_of

register = template.Library()


@register.inclusion_tag("members/_mail_of.html")
def mail_behind(row: Any, cluster: Cluster) -> dict[str, Any]:  # noqa: ANN401 - the row of any page
    """Who wrote it to whom, its files, and its text with what is quoted folded; else nothing."""
    mail = mail_of(row) if isinstance(row, Interaction) else None
    if mail is None:
        return {}
    return {"mail": mail, "cluster": cluster, "passages": passages(row.body)}
