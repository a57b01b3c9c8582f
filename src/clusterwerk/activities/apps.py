from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "clusterwerk.activities"
    label = "activities"

    def ready(self) -> None:
        from clusterwerk.activities.entries import ACTIVITY_ENTRIES  # noqa: PLC0415
        from clusterwerk.activities.groups.merging import SAT_ONCE  # noqa: PLC0415
        from clusterwerk.activities.groups.persons import (  # noqa: PLC0415
            MANDATE_PERSONS,
            MANDATES_KEPT,
        )
        from clusterwerk.activities.indicators import ACTIVITY_INDICATORS  # noqa: PLC0415
        from clusterwerk.activities.kinds import ACTIVITY_KINDS  # noqa: PLC0415 - models first
        from clusterwerk.activities.mailings.persons import (  # noqa: PLC0415
            MAILING_PERSONS,
            RECIPIENTS_KEPT,
        )
        from clusterwerk.activities.mailings.returning import RETURNS  # noqa: PLC0415
        from clusterwerk.activities.matchmaking.persons import (  # noqa: PLC0415
            register_matching_persons,
        )
        from clusterwerk.activities.models import (  # noqa: PLC0415
            ActionPoint,
            Attendance,
            MailingRecipient,
            Mandate,
            Registration,
        )
        from clusterwerk.activities.moving_in import register_attendance  # noqa: PLC0415
        from clusterwerk.activities.past import register_past  # noqa: PLC0415
        from clusterwerk.activities.persons import (  # noqa: PLC0415
            ACTIVITY_PERSONS,
            ATTENDANCE_KEPT,
            ATTENDANCE_NAMES,
            REGISTRATION_PERSONS,
            REGISTRATIONS_KEPT,
        )
        from clusterwerk.activities.queries import timeline_entries  # noqa: PLC0415
        from clusterwerk.directory.duplicates import (  # noqa: PLC0415
            Clash,
            Moves,
            register_merging,
        )
        from clusterwerk.members.correspondence.addresses import register_taker  # noqa: PLC0415
        from clusterwerk.members.privacy.naming import register_printed  # noqa: PLC0415
        from clusterwerk.members.privacy.retaining import register_retention  # noqa: PLC0415
        from clusterwerk.members.timeline import (  # noqa: PLC0415
            TimelineSource,
            register_timeline,
        )
        from clusterwerk.platform.evidence import register_indicators  # noqa: PLC0415
        from clusterwerk.platform.history.personal import register_personal  # noqa: PLC0415
        from clusterwerk.platform.kinds import register_kinds  # noqa: PLC0415
        from clusterwerk.platform.ui.navigation import register_entries  # noqa: PLC0415

        register_personal(ACTIVITY_PERSONS)
        register_personal(REGISTRATION_PERSONS)
        register_personal(MAILING_PERSONS)
        register_taker(RETURNS)
        register_printed(ATTENDANCE_NAMES)
        register_retention(ATTENDANCE_KEPT)
        register_retention(REGISTRATIONS_KEPT)
        register_matching_persons()
        register_personal(MANDATE_PERSONS)
        register_retention(MANDATES_KEPT)
        register_retention(RECIPIENTS_KEPT)
        register_indicators(*ACTIVITY_INDICATORS)
        register_kinds(*ACTIVITY_KINDS)
        register_past()
        register_attendance()
        register_merging(
            Moves(Attendance, "organisation"),
            # Somebody on a list twice, once as each of two contacts, was there once.
            Moves(Attendance, "contact", Clash(fields=("activity",))),
            Moves(Registration, "organisation"),
            Moves(Registration, "contact"),
            Moves(MailingRecipient, "contact"),
            Moves(Mandate, "organisation"),
            # Two contacts of one person in one group at once sat there once.
            Moves(Mandate, "contact", SAT_ONCE),
            Moves(ActionPoint, "mandate"),
        )
        register_timeline(TimelineSource("activity", _("Activities"), timeline_entries, order=40))
        register_entries(*ACTIVITY_ENTRIES)
