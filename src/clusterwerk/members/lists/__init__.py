"""The lists of this room, declared on the machinery of `platform.ui.lists`."""

from clusterwerk.members.lists.contacts import CONTACTS, ContactScope, contact_listing
from clusterwerk.members.lists.members import (
    MEMBERS,
    MemberScope,
    MemberWords,
    member_listing,
    member_words,
)

__all__ = [
    "CONTACTS",
    "MEMBERS",
    "ContactScope",
    "MemberScope",
    "MemberWords",
    "contact_listing",
    "member_listing",
    "member_words",
]
