from django.urls import path

from clusterwerk.members.views import (
    capacity,
    categories,
    changing,
    contacts,
    joining,
    listing,
    memberships,
    reach,
    register_news,
    sizes,
    talks,
    target_groups,
    traits,
    work,
)

app_name = "members"
urlpatterns = [
    path("", memberships.own_members, name="own_members"),
    path("own/register-news/", register_news.own_register_news, name="own_register_news"),
    path("<slug:cluster>/register-news/", register_news.register_news, name="register_news"),
    path("own/team/", capacity.own_team, name="own_team"),
    path("own/reach/", reach.own_reach, name="own_reach"),
    path("own/target-groups/", target_groups.own_target_groups, name="own_target_groups"),
    path("<slug:cluster>/", listing.membership_list, name="membership_list"),
    path("<slug:cluster>/bulk/", listing.membership_bulk, name="membership_bulk"),
    path(
        "<slug:cluster>/<int:membership>/",
        memberships.membership_detail,
        name="membership_detail",
    ),
    path(
        "<slug:cluster>/target-groups/", target_groups.target_group_list, name="target_group_list"
    ),
    path(
        "<slug:cluster>/target-groups/add/", target_groups.target_group_add, name="target_group_add"
    ),
    path(
        "<slug:cluster>/target-groups/<int:target_group>/",
        target_groups.target_group_detail,
        name="target_group_detail",
    ),
    path(
        "<slug:cluster>/target-groups/<int:target_group>/change/",
        target_groups.target_group_change,
        name="target_group_change",
    ),
    path(
        "<slug:cluster>/target-groups/<int:target_group>/count/",
        target_groups.target_group_count,
        name="target_group_count",
    ),
    path(
        "<slug:cluster>/target-groups/<int:target_group>/remove/",
        target_groups.target_group_remove,
        name="target_group_remove",
    ),
    path(
        "<slug:cluster>/target-groups/<int:target_group>/missing/",
        target_groups.target_group_missing,
        name="target_group_missing",
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
    path("<slug:cluster>/add/", joining.member_add, name="member_add"),
    path("<slug:cluster>/renewals/", changing.renewals, name="renewals"),
    path("<slug:cluster>/sizes/", sizes.size_reminders, name="size_reminders"),
    path("<slug:cluster>/categories/", categories.category_list, name="category_list"),
    path("<slug:cluster>/categories/add/", categories.category_add, name="category_add"),
    path(
        "<slug:cluster>/categories/<int:category>/",
        categories.category_edit,
        name="category_edit",
    ),
    path("<slug:cluster>/categories/<int:category>/rule/", categories.rule_set, name="rule_set"),
    path(
        "<slug:cluster>/categories/<int:category>/services/",
        categories.service_keep,
        name="service_keep",
    ),
    path(
        "<slug:cluster>/categories/<int:category>/services/<int:service>/drop/",
        categories.service_drop,
        name="service_drop",
    ),
    path(
        "<slug:cluster>/<int:membership>/renew/",
        changing.membership_renew,
        name="membership_renew",
    ),
    path(
        "<slug:cluster>/<int:membership>/category/",
        changing.membership_change,
        name="membership_change",
    ),
    path(
        "<slug:cluster>/<int:membership>/leave/",
        changing.membership_leave,
        name="membership_leave",
    ),
    path("<slug:cluster>/<int:membership>/size/", sizes.size_state, name="size_state"),
    path("<slug:cluster>/<int:membership>/size/related/", sizes.related_add, name="related_add"),
    path(
        "<slug:cluster>/<int:membership>/size/related/<int:related>/drop/",
        sizes.related_drop,
        name="related_drop",
    ),
]
