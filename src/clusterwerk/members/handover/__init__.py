"""What becomes of members, their people and the work for them when a cluster goes into another."""

from clusterwerk.clusters.handover.steps import Step
from clusterwerk.members.handover.memberships import copy_sizes, move_members
from clusterwerk.members.handover.people import copy_people

MEMBER_STEPS = (Step(30, move_members), Step(40, copy_sizes), Step(45, copy_people))

__all__ = ["MEMBER_STEPS", "copy_people", "copy_sizes", "move_members"]
