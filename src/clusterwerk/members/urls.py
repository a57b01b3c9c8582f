from django.urls import path

from clusterwerk.members.views import (
    capacity,
    contacts,
    listing,
    memberships,
    reach,
    talks,
    traits,
    work,
)

app_name = "members"
urlpatterns = [
    path("", memberships.own_members, name="own_members"),
    path("own/team/", capacity.own_team, name="own_team"),
    path("own/reach/", reach.own_reach, name="own_reach"),
    path("<slug:cluster>/", listing.membership_list, name="membership_list"),
    path("<slug:cluster>/bulk/", listing.membership_bulk, name="membership_bulk"),
    path(
        "<slug:cluster>/<int:membership>/",
        memberships.membership_detail,
        name="membership_detail",
    ),
    path("<slug:cluster>/reach/", reach.reach, name="reach"),
    path("<slug:cluster>/team/", capacity.team, name="team"),
    path("<slug:cluster>/team/posts/", capacity.team_post_add, name="team_post_add"),
    path("<slug:cluster>/team/posts/<int:post>/", capacity.team_post_end, name="team_post_end"),
    path("own/contacts/", contacts.own_contacts, name="own_contacts"),
    path("own/tasks/", work.own_tasks, name="own_tasks"),
    path("<slug:cluster>/contacts/", contacts.contact_list, name="contact_list"),
    path("<slug:cluster>/contacts/add/", contacts.contact_add, name="contact_add"),
    path("<slug:cluster>/contacts/<int:contact>/", contacts.contact_detail, name="contact_detail"),
    path(
        "<slug:cluster>/contacts/<int:contact>/change/",
        contacts.contact_change,
        name="contact_change",
    ),
    path(
        "<slug:cluster>/contacts/<int:contact>/archive/",
        contacts.contact_archive,
        name="contact_archive",
    ),
    path(
        "<slug:cluster>/contacts/<int:contact>/consent/",
        contacts.consent_record,
        name="consent_record",
    ),
    path(
        "<slug:cluster>/contacts/<int:contact>/positions/",
        contacts.position_add,
        name="position_add",
    ),
    path(
        "<slug:cluster>/positions/<int:position>/",
        contacts.position_change,
        name="position_change",
    ),
    path(
        "<slug:cluster>/positions/<int:position>/end/", contacts.position_end, name="position_end"
    ),
    path("<slug:cluster>/timeline/", talks.interaction_add, name="interaction_add"),
    path(
        "<slug:cluster>/timeline/<int:interaction>/",
        talks.interaction_change,
        name="interaction_change",
    ),
    path("<slug:cluster>/tasks/", work.task_list, name="task_list"),
    path("<slug:cluster>/tasks/add/", work.task_add, name="task_add"),
    path("<slug:cluster>/tasks/<int:task>/", work.task_change, name="task_change"),
    path("<slug:cluster>/tasks/<int:task>/done/", work.task_finish, name="task_finish"),
    path("<slug:cluster>/expectations/", work.expectation_list, name="expectation_list"),
    path("<slug:cluster>/expectations/add/", work.expectation_add, name="expectation_add"),
    path(
        "<slug:cluster>/expectations/<int:expectation>/",
        work.expectation_change,
        name="expectation_change",
    ),
    path("<slug:cluster>/tags/", traits.tag_list, name="tag_list"),
    path("<slug:cluster>/tags/<int:tag>/", traits.tag_change, name="tag_change"),
    path("<slug:cluster>/tags/on/", traits.organisation_tag, name="organisation_tag"),
    path("<slug:cluster>/fields/add/", traits.field_add, name="field_add"),
    path("<slug:cluster>/fields/<int:field>/", traits.field_change, name="field_change"),
    path("<slug:cluster>/values/", traits.values_change, name="values_change"),
]
