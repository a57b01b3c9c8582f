"""The past of activities and attendance in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from clusterwerk.activities import access
from clusterwerk.activities.handouts import open_handouts
from clusterwerk.activities.models import (
    ActionPoint,
    Activity,
    ActivityPart,
    AgendaPoint,
    Attendance,
    GroupMeeting,
    Handout,
    Mailing,
    MailingRecipient,
    Mandate,
    MatchProfile,
    MatchResult,
    MatchRound,
    PublishedActivity,
    PublishedNewsletter,
    Registration,
    StandingGroup,
)
from clusterwerk.activities.questions import answers_in, asked_now
from clusterwerk.platform.history.records import Record, register_records

# What is told of an activity, to its team and to everybody.
TOLD = {
    "name": _("Name"),
    "kind": _("Kind"),
    "state": _("State"),
    "language": _("Language"),
    "summary": _("In one sentence"),
    "description": _("Description"),
    "day": _("Day"),
    "starts_at": _("Starts"),
    "ends_at": _("Ends"),
    "time_zone": _("Time zone"),
    "venue": _("Venue"),
    "address": _("Address"),
    "place": _("Municipality"),
    "is_online": _("Online"),
    "takes_registrations": _("People register"),
    "audience": _("For whom"),
    "opens_at": _("Registration opens"),
    "closes_at": _("Registration closes"),
    "has_waiting_list": _("Waiting list when full"),
    "price_member": _("Price for members"),
    "price_other": _("Price for others"),
    "questions": _("Questions"),
    "competences": _("Competences"),
    "cancelled_because": _("Why it is cancelled"),
}


MATCHING = (
    Record(
        MatchRound,
        _("Round of a matchmaking day"),
        {
            "starts_at": _("First meeting"),
            "minutes": _("Minutes of a meeting"),
            "pause": _("Minutes between two"),
            "slots": _("Meetings after each other"),
            "gaps": _("Hours without meetings"),
            "tables": _("Number of tables"),
            "closes_at": _("Wishes until"),
            "planned_at": _("Planned"),
            "served": _("People with a wish fulfilled"),
            "points": _("Points of the plan"),
            "most_served": _("People at most"),
            "most_points": _("Points at most"),
            "published_at": _("Published"),
            "noted_at": _("On the timelines"),
        },
        # Mails and plans follow from it: its own form and buttons alone change it.
    ),
    Record(
        MatchProfile,
        _("Profile for a matchmaking day"),
        {
            "registration": _("Registration"),
            "looks_for": _("Looks for"),
            "offers": _("Offers"),
            "away": _("Slots not there"),
            "invited_at": _("Invited"),
            "answered_at": _("Answered"),
        },
    ),
    Record(
        MatchResult,
        _("Result of a meeting"),
        {
            "meeting": _("Meeting"),
            "registration": _("Registration"),
            "useful": _("Useful"),
            "goes_on": _("We go on"),
            "note": _("Note"),
            "said_at": _("Said"),
        },
    ),
)
WRITTEN = {
    "subject_nl": _("Subject in Dutch"),
    "text_nl": _("Text in Dutch"),
    "subject_en": _("Subject in English"),
    "text_en": _("Text in English"),
}


def register_past() -> None:
    register_records(*MATCHING)
    register_records(
        Record(
            Activity,
            _("Activity"),
            {
                **TOLD,
                "online_url": _("Address of the online meeting"),
                "capacity": _("Places"),
                "source": _("Source"),
            },
            parts=lambda row: [
                (Attendance, {**_owner(row), "activity_id": row.pgh_obj_id}),
                (ActivityPart, {**_owner(row), "activity_id": row.pgh_obj_id}),
                (Registration, {**_owner(row), "activity_id": row.pgh_obj_id}),
                (Handout, {**_owner(row), "activity_id": row.pgh_obj_id}),
            ],
            wording={"questions": _asked, "competences": " · ".join},
            # Its public page, places and calendars follow from it: its own form alone changes it.
        ),
        Record(
            Attendance,
            _("Attendance"),
            {
                "activity": _("Activity"),
                "organisation": _("Organisation"),
                "contact": _("Contact"),
                "registration": _("Registration"),
                "printed_name": _("Name on the list"),
                "email": _("E-mail address"),
                "printed_organisation": _("Organisation on the list"),
                "guests": _("Guests"),
                "arrived_at": _("Arrived"),
                "source": _("Source"),
            },
            may_undo=lambda seats, row: access.may_keep_activities(seats, row.cluster_id or 0),
        ),
        Record(
            Registration,
            _("Registration"),
            {
                "activity": _("Activity"),
                "name": _("Name"),
                "email": _("E-mail address"),
                "telephone": _("Telephone"),
                "organisation": _("Organisation"),
                "printed_organisation": _("Organisation as typed"),
                "contact": _("Contact"),
                "guests": _("Guests"),
                "remark": _("Remark"),
                "answers": _("Answers"),
                "state": _("State"),
                "approved": _("May come"),
                "language": _("Language"),
                "price": _("Price"),
                "asked_at": _("Asked"),
                "confirmed_at": _("Confirmed"),
                "reminded_at": _("Reminded"),
                "feedback_asked_at": _("Asked how it was"),
                "relevance": _("Relevance"),
                "takes_along": _("Takes along"),
                "better": _("Could be better"),
                "said_at": _("Said how it was"),
            },
            wording={"answers": _answered},
            # Mails and places follow from it: the buttons of its list alone change it.
        ),
        Record(
            Handout,
            _("Document of an activity"),
            {
                "activity": _("Activity"),
                "name": _("Name"),
                "reach": _("For whom"),
                "position": _("Place"),
                "media_type": _("Type"),
                "size": _("Size"),
                "added_at": _("Added"),
            },
            # What it holds is in no history: its own form and buttons alone change it.
        ),
        Record(
            PublishedActivity,
            _("Activity as it is published"),
            {**TOLD, "handouts": _("Documents")},
            wording={
                "questions": _asked,
                "competences": " · ".join,
                "handouts": lambda rows: " · ".join(each.name for each in open_handouts(rows)),
            },
        ),
        Record(
            Mailing,
            _("Mailing"),
            {
                **WRITTEN,
                "kind": _("Kind"),
                "state": _("State"),
                "sender_name": _("Sender"),
                "reply_to": _("Answers go to"),
                "audience": _("To whom"),
                "view_name": _("Saved view"),
                "view_query": _("What the view asks"),
                "reach": _("Whom of a member"),
                "activity": _("About the activity"),
                "is_public": _("On the public site too"),
                "asked_at": _("Sending asked"),
                "ended_at": _("Ended"),
            },
            # Its recipients follow from it: its own buttons alone change it.
        ),
        Record(
            MailingRecipient,
            _("Recipient of a mailing"),
            {
                "mailing": _("Mailing"),
                "contact": _("Contact"),
                "name": _("Name"),
                "first_name": _("First name"),
                "organisation_name": _("Organisation"),
                "email": _("E-mail address"),
                "language": _("Language"),
                "state": _("State"),
                "left_out": _("Why left out"),
                "handed_at": _("Handed over"),
                "unsubscribed_at": _("Unsubscribed"),
            },
        ),
        Record(
            PublishedNewsletter,
            _("Newsletter as it is published"),
            {**WRITTEN, "mailing": _("Mailing"), "published_at": _("Published")},
        ),
        Record(
            StandingGroup,
            _("Group"),
            {
                "name": _("Name"),
                "kind": _("Kind"),
                "purpose": _("What it is for"),
                "since": _("Since"),
                "until": _("First day without"),
            },
            parts=lambda row: [
                (Mandate, {"cluster_id": row.cluster_id, "group_id": row.pgh_obj_id})
            ],
        ),
        Record(
            Mandate,
            _("Mandate"),
            {
                "group": _("Group"),
                "contact": _("Contact"),
                "name": _("Name"),
                "role": _("Role"),
                "period": _("Period"),
            },
        ),
        Record(
            GroupMeeting,
            _("Meeting of a group"),
            {
                "group": _("Group"),
                "activity": _("Activity"),
                "invited_at": _("Agenda mailed"),
                "fixed_at": _("Minutes stand"),
                "sent_at": _("Minutes mailed"),
            },
            parts=lambda row: [
                (AgendaPoint, {"cluster_id": row.cluster_id, "meeting_id": row.pgh_obj_id}),
                (ActionPoint, {"cluster_id": row.cluster_id, "meeting_id": row.pgh_obj_id}),
            ],
        ),
        Record(
            AgendaPoint,
            _("Point of the agenda"),
            {
                "meeting": _("Meeting"),
                "position": _("Place"),
                "title": _("Title"),
                "presenter": _("Who presents it"),
                "minutes": _("Minutes of time"),
                "text": _("What to know beforehand"),
                "notes": _("What was said"),
                "decision": _("What was decided"),
                "corrected_at": _("Corrected"),
            },
        ),
        Record(
            ActionPoint,
            _("To be done"),
            {"meeting": _("Meeting"), "task": _("Task"), "mandate": _("Mandate")},
        ),
        Record(
            ActivityPart,
            _("Cluster that was asked"),
            {
                "activity": _("Activity"),
                "asked": _("Cluster"),
                "state": _("Answer"),
                "name": _("Name"),
                "day": _("Day"),
                "words": _("What is asked"),
                "themes": _("Themes"),
                "asked_on": _("Asked on"),
                "answered_on": _("Answered on"),
            },
        ),
    )


def _asked(rows: Any) -> str:  # noqa: ANN401 - JSON
    return " · ".join(question.words for question in asked_now(rows))


def _answered(rows: Any) -> str:  # noqa: ANN401 - JSON
    return " · ".join(f"{answer.asked} {answer.written}" for answer in answers_in(rows))


def _owner(row: Any) -> dict[str, int]:  # noqa: ANN401 - an event
    """The lead by which the rows of an activity are found first."""
    if row.cluster_id is not None:
        return {"cluster_id": row.cluster_id}
    return {"agency_id": row.agency_id}
