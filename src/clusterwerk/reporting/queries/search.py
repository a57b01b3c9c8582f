"""Finding published readings by figure, subject, place and words, a page at a time."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from clusterwerk.clusters.models import PublicProfile
from clusterwerk.platform.access import reading
from clusterwerk.platform.text import folded
from clusterwerk.reporting.figures.words import words
from clusterwerk.reporting.indicators import labels
from clusterwerk.reporting.models import Document, PublishedReading

PAGE = 50
MOST_COUNTED = 1_000
MOST_SUBJECTS = 100  # clusters that a list can offer; beyond that they are found by their words
MOST_OFFERED = 500
PROGRAMME = "programme"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for; `after` is the key of the last reading on the page before."""

    words: str = ""
    indicator: str = ""
    subject: str = ""
    place: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """Readings in the order of their document, and the key of the next page when there is one.

    They are counted up to `most`; one more stands for any number beyond.
    """

    rows: tuple[PublishedReading, ...]
    total: int
    next: str = ""
    most: int = MOST_COUNTED

    @property
    def sources(self) -> list[Document]:
        """The documents of the page, each once."""
        return list(dict.fromkeys(row.document for row in self.rows))


def readings_asked(question: Question) -> QuerySet[PublishedReading]:
    """Every published reading the question holds, in the order of the documents."""
    rows = PublishedReading.objects.select_related("document")
    for name in ("indicator", "subject", "place"):
        if value := getattr(question, name):
            rows = rows.filter(**{name: value})
    for word in folded(question.words).split():
        rows = rows.filter(_holds(word))
    return rows.order_by("document_id", "position", "id")


def _holds(word: str) -> Q:
    """The word stands in the name of the figure or its subject, in its place, or in its text."""
    named = [key for key, label in labels().items() if word in _text(label.name_nl, label.name_en)]
    subjects = PublicProfile.objects.filter(name_sort__contains=word).values("slug")
    places = [english for english, dutch in _place_words().items() if word in (english, dutch)]
    holds = Q(indicator__in=named) | Q(subject__in=subjects) | Q(subject=word)
    for text in ("text", "place", "qualifier", "segment"):
        holds |= Q(**{f"{text}__icontains": word})
    for place in places:
        holds |= Q(place__contains=place)
    return holds


def _text(*names: str) -> str:
    return folded(" ".join(names))


def _place_words() -> dict[str, str]:
    return dict(words()["place"]["nl"])


def reading_page(question: Question, *, size: int = PAGE) -> ReadingPage:
    """One page; two queries whatever its size. A key that is none begins at the first page."""
    asked = readings_asked(question)
    rows = asked
    if key := _key(question.after):
        document, position, pk = key
        rows = asked.filter(
            Q(document_id__gt=document)
            | Q(document_id=document, position__gt=position)
            | Q(document_id=document, position=position, id__gt=pk)
        )
    found = list(rows[: size + 1])
    shown = tuple(found[:size])
    total = asked.order_by()[: MOST_COUNTED + 1].count()
    return ReadingPage(shown, total, key_of(shown[-1]) if len(found) > size else "")


def key_of(row: PublishedReading) -> str:
    return f"{row.document_id}.{row.position}.{row.pk}"


def _key(after: str) -> tuple[int, int, int] | None:
    parts = after.split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):  # noqa: PLR2004
        return None
    document, position, pk = (int(part) for part in parts)
    return (document, position, pk) if max(document, position, pk) < 2**31 else None


def every_subject_name() -> dict[str, str]:
    """Names of all published clusters by subject."""
    return dict(PublicProfile.objects.order_by().values_list("slug", "name"))


def subject_names(subjects: Iterable[str]) -> dict[str, str]:
    """Names of the clusters among these subjects, by subject; the programme has none."""
    wanted = {subject for subject in subjects if subject != PROGRAMME}
    return dict(PublicProfile.objects.filter(slug__in=wanted).values_list("slug", "name"))


@dataclass(frozen=True, slots=True)
class Offered:
    """What the filter offers: figures, subjects and places that occur."""

    indicators: tuple[str, ...]
    subjects: tuple[str, ...]
    places: tuple[str, ...]


def offered() -> Offered:
    """What occurs among the published readings; one query that reads one row for each value.

    Subjects only as long as a list of them is of use.
    """
    most = {"indicator": MOST_OFFERED, "subject": MOST_SUBJECTS + 1, "place": MOST_OFFERED}
    statement = " union all ".join(f"({_distinct(name)})" for name in most)
    with reading.connection().cursor() as cursor:
        cursor.execute(statement, list(most.values()))
        found = cursor.fetchall()
    values = {name: tuple(value for of, value in found if of == name) for name in most}
    subjects = values["subject"] if len(values["subject"]) <= MOST_SUBJECTS else ()
    return Offered(values["indicator"], subjects, values["place"])


def _distinct(column: str) -> str:
    """Distinct values by hopping through the index, because PostgreSQL would read every row."""
    table = PublishedReading._meta.db_table
    return f"""
        with recursive hop(value) as (
          select min({column}) from {table} union all
          select (select min({column}) from {table} where {column} > hop.value)
          from hop where hop.value is not null)
        select '{column}', value from hop where value is not null limit %s
    """  # noqa: S608 - our own tables and words
