"""The past of contacts, talks, tasks and own words, and what may be taken back."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clusterwerk.members import access
from clusterwerk.members.models import (
    Consent,
    Contact,
    CustomField,
    CustomValue,
    Expectation,
    Interaction,
    InteractionParty,
    Position,
    Tag,
    TagUse,
    Task,
)
from clusterwerk.platform.access.decision import Decision
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.history.records import Part, Record


def _may_undo(seats: Seats, row: Any) -> Decision:  # noqa: ANN401 - a row of any of these tables
    return access.may_keep_members(seats, row.cluster_id)


def _file_of_contact(row: Any) -> Iterable[Part]:  # noqa: ANN401 - an event of a contact
    of_contact = {"cluster_id": row.cluster_id, "contact_id": row.pgh_obj_id}
    return [(Position, of_contact), (Consent, of_contact), (CustomValue, of_contact)]


PEOPLE_RECORDS = (
    Record(
        Contact,
        _("Contact"),
        {
            "first_name": _("First name"),
            "last_name": _("Last name"),
            "email": _("E-mail address"),
            "phone": _("Telephone"),
            "mobile": _("Mobile telephone"),
            "language": _("Language"),
            "note": _("Note"),
            "bounced_on": _("Mail came back on"),
            "archived_on": _("No longer kept in lists since"),
            "source": _("Source"),
        },
        parts=_file_of_contact,
        may_undo=_may_undo,
    ),
    Record(
        Position,
        pgettext_lazy("at an organisation", "Position"),
        {
            "contact": _("Contact"),
            "organisation": _("Organisation"),
            "title": _("Title"),
            "role": _("Role"),
            "is_main": _("Main contact"),
            "period": _("Period"),
        },
        may_undo=_may_undo,
    ),
    Record(
        Consent,
        _("Consent"),
        {
            "contact": _("Contact"),
            "purpose": _("Purpose"),
            "state": _("State"),
            "said_on": _("Said on"),
            "way": _("How"),
            "source": _("Source"),
        },
        may_undo=_may_undo,
    ),
)
WORK_RECORDS = (
    Record(
        Interaction,
        _("Meeting, call, mail or note"),
        {
            "kind": _("Kind"),
            "happened_at": _("When"),
            "subject": _("Subject"),
            "body": _("What was said"),
            "author": _("Author"),
            "source": _("Source"),
            "external_id": _("Number in the source"),
        },
        parts=lambda row: [
            (InteractionParty, {"cluster_id": row.cluster_id, "interaction_id": row.pgh_obj_id})
        ],
        may_undo=_may_undo,
    ),
    Record(
        InteractionParty,
        _("Who took part"),
        {
            "interaction": _("Meeting, call, mail or note"),
            "organisation": _("Organisation"),
            "contact": _("Contact"),
        },
        may_undo=_may_undo,
    ),
    Record(
        Expectation,
        _("Expectation"),
        {
            "organisation": _("Organisation"),
            "contact": _("Contact"),
            "said_on": _("Said on"),
            "text": _("What the member expects"),
            "state": _("State"),
            "answer": _("Answer"),
            "answered_on": _("Answered on"),
        },
        may_undo=_may_undo,
    ),
    Record(
        Task,
        _("Task"),
        {
            "title": _("What has to be done"),
            "note": _("Note"),
            "owner": _("Owner"),
            "due_on": _("Due on"),
            "remind_on": _("Remind on"),
            "reminded_at": _("Reminded at"),
            "done_at": _("Done at"),
            "organisation": _("Organisation"),
            "contact": _("Contact"),
            "expectation": _("Expectation"),
        },
        may_undo=_may_undo,
    ),
)
TRAIT_RECORDS = (
    Record(Tag, _("Tag"), {"name": _("Name"), "kind": _("Kind")}, may_undo=_may_undo),
    Record(
        TagUse,
        _("Tag on an organisation"),
        {"tag": _("Tag"), "organisation": _("Organisation")},
        may_undo=_may_undo,
    ),
    Record(
        CustomField,
        _("Own field"),
        {
            "subject": _("About"),
            "key": _("Key"),
            "label": _("Label"),
            "kind": _("Kind"),
            "choices": _("Choices"),
            "position": _("Position"),
            "is_active": _("In use"),
        },
        may_undo=_may_undo,
    ),
    Record(
        CustomValue,
        _("Value of an own field"),
        {
            "field": _("Own field"),
            "organisation": _("Organisation"),
            "contact": _("Contact"),
            "value": _("Value"),
        },
        may_undo=_may_undo,
    ),
)
