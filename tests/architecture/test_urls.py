"""Every address, tried by every kind of person with another cluster's objects."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from factories.addresses import OURS, addresses, filled, others_objects
from factories.world import World

# Pages that everybody may read; each says why in its room.
PUBLIC = {
    "accounts:sign_in_link",
    "observing:healthz",
    "observing:metrics",
    "observing:readyz",
    "portal:about",
    "portal:accessibility",
    "portal:cluster_detail",
    "portal:home",
    "portal:privacy",
    "portal:robots",
    "portal:sitemap",
    "reporting:finding_download",
    "reporting:finding_list",
    "reporting:reading_detail",
    "reporting:reading_download",
    "reporting:reading_list",
    "ui:language",
    "agenda:agenda",
    "agenda:activity_calendar",
    "agenda:agenda_calendar",
    "agenda:agenda_detail",
    "agenda:agenda_feed",
    "agenda:agenda_news",
    "agenda:cluster_calendar",
    "agenda:feedback",
    "agenda:match_calendar",
    "agenda:open_handout",
    "agenda:own_handout",
    "agenda:own_handouts",
    "agenda:match_timetable",
    "agenda:match_wishes",
    "agenda:newsletter_detail",
    "agenda:personal_calendar",
    "agenda:newsletter_feed",
    "agenda:newsletter_list",
    "agenda:unsubscribe",
    "agenda:register",
    "agenda:registration_link",
    "embeds:frame_activity",
    "embeds:frame_agenda",
    "embeds:frame_register",
    "ui:styleguide",
    "ui:theme",
    "people:invitation_accept",
    "mail:mail_detail",
    "mail:mail_list",
}
# Pages of everybody who is signed in: they show the person's own rows and hold none of others.
OWN = {
    "accounts:overview",
    "accounts:account_overview",
    "activities:own_activities",
    "activities:own_groups",
    "agenda:own_calendar",
    "agenda:own_calendar_renew",
    "activities:own_mailings",
    "activities:own_participation",
    "clusters:own_sharing",
    "members:own_privacy",
    "members:own_team",
    "members:own_target_groups",
    "members:own_register_news",
    "members:own_reach",
    "desk:home",
    "desk:search",
    "directory:organisation_add",
    "directory:organisation_find",
    "directory:duplicate_list",
    "directory:picker",
    "jobs:job_list",
    "desk:record",
    "members:note_quick",
    "members:note_shell",
    "members:note_worker",
    "members:own_contacts",
    "members:own_mail",
    "members:own_members",
    "members:own_moves",
    "members:own_offers",
    "members:own_person",
    "reporting:own_stated",
    "people:own_people",
    "members:own_tasks",
    "ui:keys",
}
# What keeping the installation needs of jobs; what a job says and makes is not shown.
STEWARD = {
    "directory:register_overview",
    "health:health_overview",
    "history:person_erase",
    "history:seal_overview",
    "jobs:effect_settle",
    "jobs:job_cancel",
    "jobs:job_detail",
    "jobs:job_overview",
    "legal:breach_add",
    "legal:breach_download",
    "legal:breach_list",
    "legal:document_detail",
    "legal:document_download",
    "legal:pack",
    "people:agency_people",
    "people:installation_people",
    "people:invitation_settle",
    "people:request_settle",
    "people:seat_change",
}
# What an agency may open of a cluster of its programme.
AGENCY = {
    "reporting:oversight",
    "reporting:programme_reach",
    "reporting:oversight_download",
    "reporting:cluster_detail",
    "reporting:evidence",
    "history:record_past",
    "history:record_undo",
    "clusters:hand_over_detail",
    "clusters:hand_over_propose",
}
REFUSED = {403, 404, 405}
SIGN_IN = "/accounts/login/"


def test_an_address_its_view_and_its_template_have_one_name() -> None:
    named = [
        (pattern.name, pattern.callback.__name__)
        for resolver in get_resolver().url_patterns
        if isinstance(resolver, URLResolver)
        for pattern in resolver.url_patterns
        if isinstance(pattern, URLPattern) and pattern.callback.__module__.startswith(OURS)
    ]
    assert named
    assert [pair for pair in named if pair[0] != pair[1]] == []


def test_public_pages_are_those_listed_here() -> None:
    assert {address.name for address in addresses() if address.is_public} - PUBLIC == set()
    assert login_not_required.__name__ == "login_not_required"


@pytest.mark.parametrize(
    "person",
    [
        None,
        "stranger",
        "manager",
        "staff",
        "observer",
        "programme_manager",
        "account_manager",
        "member",
        "evaluator",
        "steward",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_opens_another_clusters_objects(
    client: Client, world: World, person: str | None, method: str
) -> None:
    values = others_objects(world)
    if person:
        client.force_login(world.people[person])
    allowed = PUBLIC | (OWN if person else set())
    if person in {"programme_manager", "account_manager"}:
        allowed |= AGENCY
    if person == "steward":
        allowed |= STEWARD
    opened = {}
    for address in addresses():
        response = getattr(client, method)(filled(address, values))
        to_sign_in = response.status_code == 302 and response.headers["Location"].startswith(
            SIGN_IN
        )
        if response.status_code in REFUSED or (to_sign_in and person is None):
            continue
        if address.name in allowed and response.status_code < 500:
            continue
        opened[address.name] = response.status_code
    assert opened == {}
