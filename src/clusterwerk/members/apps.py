from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "clusterwerk.members"
    label = "members"

    def ready(self) -> None:
        from clusterwerk.clusters.handover.steps import register_steps  # noqa: PLC0415
        from clusterwerk.directory.relations import register_relations  # noqa: PLC0415
        from clusterwerk.members import reminders as _reminders  # noqa: F401, PLC0415
        from clusterwerk.members.access import WRITES_NOTES  # noqa: PLC0415
        from clusterwerk.members.access import may_keep_members as keeps_members  # noqa: PLC0415
        from clusterwerk.members.correspondence import folder as _folder  # noqa: F401, PLC0415
        from clusterwerk.members.correspondence.documents import documents_of  # noqa: PLC0415
        from clusterwerk.members.handover import MEMBER_STEPS  # noqa: PLC0415
        from clusterwerk.members.indicators import MEMBER_INDICATORS  # noqa: PLC0415 - models first
        from clusterwerk.members.kinds import MEMBER_KINDS  # noqa: PLC0415
        from clusterwerk.members.moving_in.own_targets import register_own_targets  # noqa: PLC0415
        from clusterwerk.members.past import register_past  # noqa: PLC0415 - models load first
        from clusterwerk.members.privacy import periodic as _periodic  # noqa: F401, PLC0415
        from clusterwerk.members.privacy.persons import MEMBER_PERSONS  # noqa: PLC0415
        from clusterwerk.members.queries.relating import member_relations  # noqa: PLC0415
        from clusterwerk.members.queries.timeline import MEMBER_TIMELINE  # noqa: PLC0415
        from clusterwerk.members.searching import MEMBER_SOURCES  # noqa: PLC0415
        from clusterwerk.members.timeline import register_timeline  # noqa: PLC0415
        from clusterwerk.platform.evidence import register_indicators  # noqa: PLC0415
        from clusterwerk.platform.history.personal import register_personal  # noqa: PLC0415
        from clusterwerk.platform.kinds import register_kinds  # noqa: PLC0415
        from clusterwerk.platform.searching import register_search  # noqa: PLC0415
        from clusterwerk.platform.takeout.archive import register_documents  # noqa: PLC0415
        from clusterwerk.platform.ui.navigation import (  # noqa: PLC0415
            Entry,
            register_entries,
            register_group,
        )

        register_personal(MEMBER_PERSONS)
        register_own_targets()
        register_indicators(*MEMBER_INDICATORS)
        register_relations(member_relations)
        self._vouch()
        register_kinds(*MEMBER_KINDS)
        register_documents(documents_of)
        self._tell_duplicates()
        self._join_lists()
        register_group("cluster", 10, _("My cluster"))
        register_group("figures", 12, _("Figures"))
        register_group("data", 14, _("Data"))
        register_entries(
            Entry(
                "cluster",
                10,
                _("Members"),
                "members:own_members",
                "members",
                shown=lambda seats: bool(seats.clusters),
                leads_to=(
                    "members:membership_list",
                    "members:membership_detail",
                    "members:member_add",
                    "members:renewals",
                    "members:category_list",
                    "members:category_add",
                    "members:category_edit",
                    "members:membership_renew",
                    "members:membership_change",
                    "members:membership_leave",
                    "members:size_state",
                    "members:related_change",
                    "members:size_reminders",
                    "members:tag_list",
                    "members:tag_change",
                    "members:field_add",
                    "members:field_change",
                    "members:values_change",
                    "members:value_change",
                    "members:interaction_add",
                    "members:interaction_change",
                ),
                key="m",
            )
        )
        register_entries(
            Entry(
                "data",
                20,
                _("News of the register"),
                "members:own_register_news",
                "bell",
                shown=lambda seats: bool(seats.clusters),
                leads_to=("members:register_news",),
            )
        )
        register_entries(
            Entry(
                "figures",
                30,
                _("Team"),
                "members:own_team",
                "clock",
                shown=lambda seats: bool(seats.clusters),
                leads_to=("members:team",),
            )
        )
        register_entries(
            Entry(
                "figures",
                10,
                _("Reach"),
                "members:own_reach",
                "chart",
                shown=lambda seats: bool(seats.clusters),
                leads_to=("members:reach",),
            )
        )
        register_entries(
            Entry(
                "data",
                85,
                _("Privacy"),
                "members:own_privacy",
                "lock",
                shown=lambda seats: bool(seats.managed_clusters),
                leads_to=("members:privacy", "members:contact_erase"),
            )
        )
        register_timeline(*MEMBER_TIMELINE)
        register_entries(
            Entry(
                "cluster",
                11,
                _("Contacts"),
                "members:own_contacts",
                "user",
                shown=lambda seats: bool(seats.clusters),
                leads_to=(
                    "members:contact_list",
                    "members:contact_detail",
                    "members:contact_add",
                    "members:contact_change",
                    "members:consent_record",
                    "members:position_add",
                    "members:position_change",
                    "members:contact_duplicates",
                    "members:contact_compare",
                ),
                key="c",
            ),
            Entry(
                "cluster",
                12,
                _("Tasks"),
                "members:own_tasks",
                "check",
                shown=lambda seats: bool(seats.clusters),
                leads_to=(
                    "members:task_list",
                    "members:task_add",
                    "members:task_change",
                    "members:expectation_list",
                    "members:expectation_add",
                    "members:expectation_change",
                ),
                key="t",
            ),
            Entry(
                "cluster",
                15,
                _("Needs and offers"),
                "members:own_offers",
                "flag",
                shown=lambda seats: bool(seats.clusters),
                leads_to=("members:offer_list", "members:offer_detail"),
                key="o",
            ),
        )
        register_entries(
            Entry(
                "cluster",
                13,
                _("Mail"),
                "members:own_mail",
                "mail",
                shown=lambda seats: bool(seats.clusters),
                leads_to=("members:mail_list", "members:mail_read", "members:mail_address"),
            ),
            Entry(
                "top",
                10,
                _("Quick note"),
                "members:note_quick",
                "pen",
                shown=lambda seats: any(seats.has_role(role) for role in WRITES_NOTES),
            ),
        )
        register_search(*MEMBER_SOURCES)
        register_entries(
            Entry(
                "figures",
                20,
                _("Target groups"),
                "members:own_target_groups",
                "target",
                shown=lambda seats: bool(seats.clusters),
                leads_to=(
                    "members:target_group_list",
                    "members:target_group_add",
                    "members:target_group_change",
                    "members:target_group_detail",
                    "members:target_group_missing",
                ),
            )
        )
        register_entries(
            Entry(
                "data",
                40,
                _("Move in"),
                "members:own_moves",
                "download",
                shown=lambda seats: any(keeps_members(seats, each) for each in seats.clusters),
                leads_to=("members:move_list", "members:move_detail", "members:move_rows"),
            )
        )
        register_past()
        register_steps(*MEMBER_STEPS)

    def _vouch(self) -> None:
        """For whom a cluster may ask that they act for a member."""
        from clusterwerk.clusters.inviting.vouching import register_vouching  # noqa: PLC0415
        from clusterwerk.members.queries.spokespeople import SPEAKERS  # noqa: PLC0415

        register_vouching(SPEAKERS)

    def _tell_duplicates(self) -> None:
        """The page of contacts that may be one, and the mail that tells of organisations."""
        from django.urls import reverse  # noqa: PLC0415

        from clusterwerk.directory.duplicates import (  # noqa: PLC0415
            Tab,
            register_duplicates,
            register_mail_domains,
            register_merging,
        )
        from clusterwerk.members.duplicates.known import mail_of_people  # noqa: PLC0415
        from clusterwerk.members.merging import MEMBER_MOVES  # noqa: PLC0415

        register_merging(*MEMBER_MOVES)
        register_mail_domains(mail_of_people)
        register_duplicates(
            Tab(
                "contacts",
                _("Contacts"),
                lambda key: reverse("members:contact_duplicates", args=[key]),
            )
        )

    def _join_lists(self) -> None:
        """What can be done with ticked members and contacts."""
        from clusterwerk.members.bulk import CONTACT_BULK, MEMBER_BULK  # noqa: PLC0415
        from clusterwerk.platform.ui.lists import register_bulk  # noqa: PLC0415

        register_bulk("members", *MEMBER_BULK)
        register_bulk("contacts", *CONTACT_BULK)
