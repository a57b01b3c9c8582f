"""The homes of the agency, an evaluator and the steward."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from clusterwerk.clusters.models import PublicProfile, RequestState, Seat, SeatRequest
from clusterwerk.directory.models import Organisation, Place
from clusterwerk.platform.jobs.queries import job_counts
from clusterwerk.platform.models import User
from clusterwerk.programme.models import Agreement
from clusterwerk.programme.queries import months_before
from clusterwerk.reporting.models import Document, PublishedReading
from clusterwerk.reporting.queries.findings import documents, found_in
from clusterwerk.reporting.queries.oversight import ProgrammeTotal, programme_totals

SURVEY_MEANS = (
    "survey.effects_desired.mean",
    "survey.effects_realised.mean",
    "survey.effects_contribution.mean",
    "survey.collaborative_strength.mean",
)
FIELDWORK = ("survey.invited", "survey.responded", "survey.completed", "survey.response_rate_pct")


MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class AgencyDesk:
    """The programme in short; `ending` are agreements that end within a year of the day."""

    totals: tuple[ProgrammeTotal, ...]
    ending: tuple[Agreement, ...]
    running: int
    ended: int
    disagreements: int


def agency_desk(agencies: Collection[int], today: date) -> AgencyDesk:
    """The home of people who run a programme or look after clusters of it."""
    found = found_in(documents(agencies))
    agreements = list(
        Agreement.objects.filter(agency_id__in=agencies)
        .select_related("cluster__profile")
        .order_by("ends_on", "cluster__name_sort")
    )
    running = [agreement for agreement in agreements if agreement.ends_on >= today]
    within_a_year = months_before(today, -12)
    return AgencyDesk(
        totals=tuple(programme_totals(agencies, found)),
        ending=tuple(each for each in running if each.ends_on <= within_a_year),
        running=len(running),
        ended=len(agreements) - len(running),
        disagreements=sum(each.is_open for each in found),
    )


@dataclass(frozen=True, slots=True)
class EvaluatorDesk:
    """Published documents, what the survey found, and the figures that do not agree."""

    documents: tuple[Document, ...]
    readings: int
    fieldwork: tuple[PublishedReading, ...]
    means: tuple[PublishedReading, ...]
    disagreements: int


def evaluator_desk(agencies: Collection[int]) -> EvaluatorDesk:
    """The home of people who evaluate a programme."""
    sources = documents(agencies)
    published = PublishedReading.objects.filter(agency_id__in=agencies)
    survey = list(published.whole().filter(indicator__in=SURVEY_MEANS + FIELDWORK))
    return EvaluatorDesk(
        documents=tuple(sources),
        readings=published.count(),
        fieldwork=_in_order(survey, FIELDWORK),
        means=_in_order(survey, SURVEY_MEANS),
        disagreements=sum(each.is_open for each in found_in(sources)),
    )


def _in_order(rows: list[PublishedReading], keys: tuple[str, ...]) -> tuple[PublishedReading, ...]:
    """The first print of each indicator, in the order of the keys."""
    first = {row.indicator: row for row in reversed(rows)}
    return tuple(first[key] for key in keys if key in first)


@dataclass(frozen=True, slots=True)
class StewardDesk:
    """The installation in numbers; whose clusters they are, the steward does not read.

    Organisations are counted up to `most`; one more stands for any number beyond.
    """

    organisations: int
    demo_organisations: int
    places: int
    published_clusters: int
    accounts: int
    seats: dict[str, int]
    jobs: dict[str, int]
    attention: int
    undecided: int
    seat_requests: int
    most: int = MOST_COUNTED

    @property
    def failed_jobs(self) -> int:
        """Of the queue: also those that run by the clock, which nobody asked for."""
        return self.jobs.get("failed", 0) + self.jobs.get("aborted", 0)


def _counted(rows: QuerySet[Organisation]) -> int:
    """How many there are, up to one more than `MOST_COUNTED`: beyond it counting takes its time."""
    return rows.order_by()[: MOST_COUNTED + 1].count()


def steward_desk(today: date) -> StewardDesk:
    """The home of who keeps the installation."""
    seats = Seat.objects.held_on(today).order_by("kind").values("kind")
    asked = job_counts(timezone.now())
    jobs = ProcrastinateJob.objects.order_by("status").values("status")
    return StewardDesk(
        organisations=_counted(Organisation.objects.filter(is_demo=False)),
        demo_organisations=_counted(Organisation.objects.filter(is_demo=True)),
        places=Place.objects.count(),
        published_clusters=PublicProfile.objects.count(),
        accounts=User.objects.filter(is_active=True).count(),
        seats={row["kind"]: row["number"] for row in seats.annotate(number=Count("pk"))},
        jobs={row["status"]: row["number"] for row in jobs.annotate(number=Count("id"))},
        attention=asked.attention,
        undecided=asked.undecided,
        seat_requests=SeatRequest.objects.filter(state=RequestState.ASKED).count(),
    )
