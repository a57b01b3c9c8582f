from django.urls import path

from clusterwerk.members.duplicates.views import (
    contact_compare,
    contact_duplicates,
    contact_separate,
)
from clusterwerk.members.views import (
    adding,
    capacity,
    categories,
    changing,
    contact_listing,
    contacts,
    correspondence,
    joining,
    listing,
    memberships,
    offers,
    privacy,
    prospects,
    quick_notes,
    reach,
    register_news,
    renewals,
    sizes,
    talks,
    target_groups,
    telling,
    traits,
    work,
)
from clusterwerk.members.views.moves import files as move_files
from clusterwerk.members.views.moves import results as move_results
from clusterwerk.members.views.moves import rows as move_rows
from clusterwerk.members.views.moves import steps as moves

app_name = "members"
OWN = "own/organisations/<int:organisation>/"
urlpatterns = [
    path(f"{OWN}profile/", telling.own_profile, name="own_profile"),
    path(f"{OWN}profile/withdraw/", telling.own_profile_withdraw, name="own_profile_withdraw"),
    path(f"{OWN}size/", telling.own_size, name="own_size"),
    path(f"{OWN}needs-and-offers/add/", telling.own_offer_add, name="own_offer_add"),
    path(f"{OWN}needs-and-offers/<uuid:entry>/", telling.own_offer_change, name="own_offer_change"),
    path(
        f"{OWN}needs-and-offers/<uuid:entry>/close/",
        telling.own_offer_close,
        name="own_offer_close",
    ),
    path(
        f"{OWN}needs-and-offers/<uuid:entry>/withdraw/",
        telling.own_offer_withdraw,
        name="own_offer_withdraw",
    ),
    path("own/needs-and-offers/", offers.own_offers, name="own_offers"),
    path("<slug:cluster>/needs-and-offers/", offers.offer_list, name="offer_list"),
    path("<slug:cluster>/needs-and-offers/<int:offer>/", offers.offer_detail, name="offer_detail"),
    path("own/moves/", moves.own_moves, name="own_moves"),
    path("<slug:cluster>/moves/", moves.move_list, name="move_list"),
    path("<slug:cluster>/moves/<int:move>/", moves.move_detail, name="move_detail"),
    path(
        "<slug:cluster>/moves/<int:move>/figures/<str:indicator>/",
        move_results.move_figure,
        name="move_figure",
    ),
    path(
        "<slug:cluster>/moves/<int:move>/files/<int:move_file>/",
        move_files.move_file,
        name="move_file",
    ),
    path("<slug:cluster>/moves/<int:move>/rows/", move_rows.move_rows, name="move_rows"),
    path(
        "<slug:cluster>/moves/<int:move>/rows/<int:move_line>/", move_rows.move_row, name="move_row"
    ),
    path(
        "<slug:cluster>/moves/<int:move>/left-over/",
        move_results.move_left_over,
        name="move_left_over",
    ),
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
    path("<slug:cluster>/prospects/", prospects.prospect_list, name="prospect_list"),
    path("<slug:cluster>/prospects/note/", prospects.prospect_note, name="prospect_note"),
    path("<slug:cluster>/team/", capacity.team, name="team"),
    path("<slug:cluster>/team/posts/", capacity.team_post_add, name="team_post_add"),
    path("<slug:cluster>/team/posts/<int:post>/", capacity.team_post_end, name="team_post_end"),
    path("own/mail/", correspondence.own_mail, name="own_mail"),
    path("own/note/", quick_notes.note_quick, name="note_quick"),
    path("own/note/shell/", quick_notes.note_shell, name="note_shell"),
    path("own/note/worker.js", quick_notes.note_worker, name="note_worker"),
    path("<slug:cluster>/mail/", correspondence.mail_list, name="mail_list"),
    path("<slug:cluster>/mail/drop/", correspondence.mail_drop, name="mail_drop"),
    path("<slug:cluster>/mail/address/", correspondence.mail_address, name="mail_address"),
    path("<slug:cluster>/mail/<int:mail>/", correspondence.mail_read, name="mail_read"),
    path(
        "<slug:cluster>/mail/<int:mail>/contact/",
        correspondence.mail_contact,
        name="mail_contact",
    ),
    path(
        "<slug:cluster>/mail/files/<int:attachment>/",
        correspondence.mail_file,
        name="mail_file",
    ),
    path("own/contacts/", contacts.own_contacts, name="own_contacts"),
    path("own/tasks/", work.own_tasks, name="own_tasks"),
    path("<slug:cluster>/contacts/", contact_listing.contact_list, name="contact_list"),
    path("<slug:cluster>/contacts/bulk/", contact_listing.contact_bulk, name="contact_bulk"),
    path("<slug:cluster>/contacts/add/", adding.contact_add, name="contact_add"),
    path("<slug:cluster>/contacts/duplicates/", contact_duplicates, name="contact_duplicates"),
    path(
        "<slug:cluster>/contacts/duplicates/<int:merge>/undo/",
        contact_separate,
        name="contact_separate",
    ),
    path(
        "<slug:cluster>/contacts/<int:contact>/same/<int:other>/",
        contact_compare,
        name="contact_compare",
    ),
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
    path("own/privacy/", privacy.own_privacy, name="own_privacy"),
    path("<slug:cluster>/privacy/", privacy.privacy, name="privacy"),
    path(
        "<slug:cluster>/contacts/<int:contact>/erase/",
        privacy.contact_erase,
        name="contact_erase",
    ),
    path("<slug:cluster>/contacts/<int:contact>/data/", privacy.contact_data, name="contact_data"),
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
    path("<slug:cluster>/values/<int:field>/", traits.value_change, name="value_change"),
    path("<slug:cluster>/values/", traits.values_change, name="values_change"),
    path("<slug:cluster>/add/", joining.member_add, name="member_add"),
    path("<slug:cluster>/renewals/", renewals.renewals, name="renewals"),
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
        "<slug:cluster>/<int:membership>/size/related/<int:related>/",
        sizes.related_change,
        name="related_change",
    ),
    path(
        "<slug:cluster>/<int:membership>/size/related/<int:related>/drop/",
        sizes.related_drop,
        name="related_drop",
    ),
]
