"""Every change of what members can take part in, and of who was there."""

from clusterwerk.activities.actions.attendance import Came, note_attendances
from clusterwerk.activities.actions.door import (
    WalkIn,
    note_arrival,
    note_walk_in,
    take_back_arrival,
)
from clusterwerk.activities.actions.feedback import is_asked, say_feedback
from clusterwerk.activities.actions.parts import (
    accept_part,
    ask_cluster,
    decline_part,
    end_part,
    leave_part,
)
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
    put_question,
    remove_question,
)
from clusterwerk.activities.actions.registrations import (
    add_registration,
    approve_registration,
    cancel_registration,
)
from clusterwerk.activities.actions.visitors import (
    Registrant,
    UnknownLinkError,
    confirm_registration,
    register,
    registration_by_link,
    state_shown,
    withdraw_registration,
)

__all__ = [
    "Came",
    "NewActivity",
    "Plan",
    "Registrant",
    "UnknownLinkError",
    "WalkIn",
    "accept_part",
    "add_activities",
    "add_registration",
    "approve_registration",
    "ask_cluster",
    "cancel_activity",
    "cancel_registration",
    "change_activity",
    "confirm_registration",
    "decline_part",
    "drop_draft",
    "end_part",
    "is_asked",
    "leave_part",
    "note_arrival",
    "note_attendances",
    "note_held",
    "note_walk_in",
    "plan_activity",
    "publish_activity",
    "put_question",
    "register",
    "registration_by_link",
    "remove_question",
    "say_feedback",
    "state_shown",
    "take_back_arrival",
    "withdraw_registration",
]
