"""Whether anything changed that the public pages of activities show (decision 0012).

Rows count by who wrote them last and where they lie, so that not one of their texts is read; the
clock counts where it opens or closes something, and places where the last one went.
"""

import uuid

from clusterwerk.activities.models import ActivityPlaces, PublishedActivity
from clusterwerk.clusters.models import Agency, PublicProfile
from clusterwerk.platform.row_versions import version_of

_PLACES, _SHOWN = ActivityPlaces._meta.db_table, PublishedActivity._meta.db_table
_IS_FULL = (
    f"exists (select from {_PLACES} places where places.activity_id = shown.activity_id"
    " and taken >= capacity)"
)
_MOMENTS = ("opens_at", "closes_at", "starts_at", "ends_at")
_PASSED = "".join(f" || coalesce(shown.{name} > now(), false)" for name in _MOMENTS)
_ACTIVITIES = (
    f"select shown.activity_id || ':' || shown.xmin || shown.ctid || {_IS_FULL}{_PASSED} as part"  # noqa: S608
    f" from {_SHOWN} shown"
)
_HOLDERS = tuple(
    f"select {key} || ':' || xmin || ctid as part from {model._meta.db_table}"  # noqa: S608
    for model, key in ((PublicProfile, "cluster_id"), (Agency, "id"))
)
_TO_COME = (f"{_ACTIVITIES} where shown.ends_at > now()", *_HOLDERS)
_ONE = (f"{_ACTIVITIES} where shown.uid = %(uid)s::uuid", *_HOLDERS)


def agenda_version() -> str:
    """A text that differs once anything to come does, or who holds it."""
    return version_of(_TO_COME)


def activity_version(uid: uuid.UUID) -> str:
    """A text that differs once this activity does, or who holds it."""
    return version_of(_ONE, uid=str(uid))
