"""The past of documents and readings in words; figures are never taken back from here."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.history.records import Record, register_records
from clusterwerk.reporting.models import (
    CountedReading,
    Document,
    PublishedProject,
    PublishedProjectCluster,
    PublishedReading,
    StatedReading,
)

_VALUE = {
    "indicator": _("Indicator"),
    "number": _("Number"),
    "unit": _("Unit"),
}


def register_past() -> None:
    register_records(
        Record(
            StatedReading,
            _("Stated figure"),
            {
                "name": _("Indicator"),
                "year": _("Year"),
                "number": _("Number"),
                "target": _("Target"),
                "text": _("Value in words"),
                "said_by": _("Who says so"),
                "source": _("Source"),
            },
        ),
        Record(
            Document,
            _("Document"),
            {
                "title": _("Title"),
                "publisher": _("Publisher"),
                "published_on": _("Published on"),
                "digest": _("Digest of its figures"),
            },
        ),
        Record(
            PublishedReading,
            _("Published figure"),
            {
                **_VALUE,
                "day": _("Day"),
                "text": _("Text"),
                "qualifier": _("Qualifier"),
                "basis": _("Basis"),
                "as_of": _("As of"),
                "place": _("Place in the document"),
            },
        ),
        Record(
            PublishedProject,
            _("Published project"),
            {
                "title": _("Title"),
                "kind": _("Kind"),
                "instrument": _("Instrument"),
                "years": _("Years"),
                "partners": _("Partners"),
                "approved": _("Approved"),
                "place": _("Place in the document"),
            },
        ),
        Record(
            PublishedProjectCluster,
            _("Cluster of a published project"),
            {"project": _("Project"), "cluster": _("Cluster")},
        ),
        Record(
            CountedReading,
            _("Counted value"),
            {
                **_VALUE,
                "day": _("Day"),
                "definition_version": _("Version of the definition"),
                "evidence_count": _("Records counted"),
                "evidence_digest": _("Digest of the evidence"),
            },
        ),
    )
