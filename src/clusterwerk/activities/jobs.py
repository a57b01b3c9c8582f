"""What this room does in the background; the worker finds it here."""

from clusterwerk.activities.keeping import keep_registrations
from clusterwerk.activities.mailings.jobs import prepare_mailing, send_mailings

__all__ = ["keep_registrations", "prepare_mailing", "send_mailings"]
