"""Every change of state in the members' room; a file for each group of nouns."""

from clusterwerk.members.actions.memberships import (
    NewMember,
    Promise,
    Size,
    join,
    join_many,
    offer_category,
    promise_contribution,
    promise_contributions,
    state_size,
    state_sizes,
)

__all__ = [
    "NewMember",
    "Promise",
    "Size",
    "join",
    "join_many",
    "offer_category",
    "promise_contribution",
    "promise_contributions",
    "state_size",
    "state_sizes",
]
