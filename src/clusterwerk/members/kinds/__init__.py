"""What the tables of this room hold, for "who can see what of us"; a file for each group."""

from clusterwerk.members.kinds.memberships import MEMBERSHIP_KINDS

MEMBER_KINDS = (*MEMBERSHIP_KINDS,)
