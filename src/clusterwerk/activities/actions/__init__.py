"""Every change of what members can take part in, and of who was there."""

from clusterwerk.activities.actions.attendance import Came, note_attendances
from clusterwerk.activities.actions.planning import (
    NewActivity,
    Plan,
    add_activities,
    cancel_activity,
    change_activity,
    drop_draft,
    note_held,
    plan_activity,
    publish_activity,
)

__all__ = [
    "Came",
    "NewActivity",
    "Plan",
    "add_activities",
    "cancel_activity",
    "change_activity",
    "drop_draft",
    "note_attendances",
    "note_held",
    "plan_activity",
    "publish_activity",
]
