"""The kinds of files that this room takes in itself."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.members.moving_in.parts.contacts import ConsentPart, ContactPart
from clusterwerk.members.moving_in.parts.memberships import MembershipPart
from clusterwerk.members.moving_in.parts.notes import InteractionPart
from clusterwerk.members.moving_in.parts.organisations import OrganisationPart
from clusterwerk.members.moving_in.parts.sizes import SizePart
from clusterwerk.members.moving_in.targets import Target, register_target

MEMBERS = Target(
    "members",
    _("Member list"),
    _("One row for each member: organisation, category, since when, contribution, contact."),
    10,
    (OrganisationPart(), MembershipPart(), ContactPart()),
    ("name", "number"),
    names=("leden", "member", "membre"),
    weights={"since": 14, "category": 12, "contribution": 10, "number": 6, "until": 6, "name": 6},
)
ORGANISATIONS = Target(
    "organisations",
    _("Organisations that are not (all) members"),
    _(
        "Companies of another system, such as the export of HubSpot; no memberships. What it says "
        "of sizes is taken in for members."
    ),
    20,
    (OrganisationPart(), SizePart()),
    ("name", "number"),
    signs=frozenset({"companydomainname", "companyowner", "lifecyclestage", "recordid",
                     "numberofassociatedcontacts", "createdate", "industry"}),
    names=("companies", "bedrijven", "hubspot"),
    weights={"name": 6, "website": 6},
)  # fmt: skip
CONTACTS = Target(
    "contacts",
    _("List of contacts"),
    _("One row for each person, with the organisation where they work."),
    30,
    (OrganisationPart(is_needed=False), ContactPart(is_needed=True), ConsentPart()),
    ("email", "last_name", "full_name"),
    signs=frozenset({"associatedcompany", "contactowner", "leadstatus", "jobtitle",
                     "associatedcompanyprimary"}),
    names=("contact", "personen"),
    prefers=("full_name",),
    weights={"first_name": 10, "last_name": 12, "email": 8, "title": 6, "phone": 3, "mobile": 3},
)  # fmt: skip
MAILING = Target(
    "mailing",
    _("Export of a mailing tool"),
    _("Addresses with who unsubscribed and whose mail came back."),
    40,
    (OrganisationPart(makes=False, is_needed=False), ContactPart(is_needed=True), ConsentPart()),
    ("email",),
    signs=frozenset({"memberrating", "optintime", "optinip", "confirmtime", "unsubtime",
                     "unsubcampaignid", "cleantime", "leid", "euid", "lastchanged"}),
    names=("unsubscribed", "subscribed", "cleaned", "mailchimp", "nieuwsbrief", "newsletter",
           "audience"),
    prefers=("full_name",),
    weights={"email": 8, "opted_out": 14, "bounced": 14, "mailing_status": 16, "newsletter": 8},
)  # fmt: skip
NOTES = Target(
    "notes",
    _("Notes, calls and meetings"),
    _("What was said, when, and with which organisation or contact."),
    50,
    (
        OrganisationPart(makes=False, is_needed=False),
        ContactPart(makes=False),
        InteractionPart(),
    ),
    ("note_body", "note_subject"),
    signs=frozenset({"notebody", "activitydate", "noteid", "engagementid", "activityassignedto"}),
    names=("note", "nota", "verslag", "activiteit"),
    weights={"note_body": 22, "happened_at": 10},
)


def register_own_targets() -> None:
    for target in (MEMBERS, ORGANISATIONS, CONTACTS, MAILING, NOTES):
        register_target(target)
