from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "clusterwerk.members"
    label = "members"

    def ready(self) -> None:
        self._keep_records()
        self._join_lower_rooms()
        self._join_lists()
        self._tell_duplicates()
        self._fill_menus()
        self._start_at_night()

    def _keep_records(self) -> None:
        """What is kept of organisations and people, for history, privacy and the take-out."""
        from clusterwerk.members.correspondence.documents import documents_of  # noqa: PLC0415
        from clusterwerk.members.kinds import MEMBER_KINDS  # noqa: PLC0415
        from clusterwerk.members.past import register_past  # noqa: PLC0415 - models load first
        from clusterwerk.members.privacy.persons import MEMBER_PERSONS  # noqa: PLC0415
        from clusterwerk.platform.history.personal import register_personal  # noqa: PLC0415
        from clusterwerk.platform.kinds import register_kinds  # noqa: PLC0415
        from clusterwerk.platform.takeout.archive import register_documents  # noqa: PLC0415

        register_past()
        register_personal(MEMBER_PERSONS)
        register_kinds(*MEMBER_KINDS)
        register_documents(documents_of)

    def _join_lower_rooms(self) -> None:
        """What they ask of members without knowing them."""
        from clusterwerk.clusters.handover.steps import register_steps  # noqa: PLC0415
        from clusterwerk.clusters.inviting.vouching import register_vouching  # noqa: PLC0415
        from clusterwerk.directory.relations import register_relations  # noqa: PLC0415
        from clusterwerk.members.handover import MEMBER_STEPS  # noqa: PLC0415
        from clusterwerk.members.indicators import MEMBER_INDICATORS  # noqa: PLC0415 - models first
        from clusterwerk.members.queries.relating import member_relations  # noqa: PLC0415
        from clusterwerk.members.queries.spokespeople import SPEAKERS  # noqa: PLC0415
        from clusterwerk.members.searching import MEMBER_SOURCES  # noqa: PLC0415
        from clusterwerk.platform.evidence import register_indicators  # noqa: PLC0415
        from clusterwerk.platform.searching import register_search  # noqa: PLC0415

        register_steps(*MEMBER_STEPS)
        register_vouching(SPEAKERS)
        register_relations(member_relations)
        register_indicators(*MEMBER_INDICATORS)
        register_search(*MEMBER_SOURCES)

    def _join_lists(self) -> None:
        """What can be done with ticked members and contacts, timelines, and files of a move."""
        from clusterwerk.members.bulk import CONTACT_BULK, MEMBER_BULK  # noqa: PLC0415
        from clusterwerk.members.moving_in.own_targets import register_own_targets  # noqa: PLC0415
        from clusterwerk.members.queries.timeline.sources import MEMBER_TIMELINE  # noqa: PLC0415
        from clusterwerk.members.timeline import register_timeline  # noqa: PLC0415
        from clusterwerk.platform.ui.lists import register_bulk  # noqa: PLC0415

        register_bulk("members", *MEMBER_BULK)
        register_bulk("contacts", *CONTACT_BULK)
        register_timeline(*MEMBER_TIMELINE)
        register_own_targets()

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

    def _fill_menus(self) -> None:
        from clusterwerk.members.entries import MEMBER_ENTRIES  # noqa: PLC0415
        from clusterwerk.platform.ui.navigation import (  # noqa: PLC0415
            register_entries,
            register_group,
        )

        register_group("cluster", 10, _("My cluster"))
        register_group("figures", 12, _("Figures"))
        register_group("data", 14, _("Data"))
        register_entries(*MEMBER_ENTRIES)

    def _start_at_night(self) -> None:
        """Modules with work that comes again by itself."""
        from clusterwerk.members import reminders  # noqa: F401, PLC0415
        from clusterwerk.members.correspondence import folder  # noqa: F401, PLC0415
        from clusterwerk.members.privacy import periodic  # noqa: F401, PLC0415
