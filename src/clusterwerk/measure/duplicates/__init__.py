"""Whether two rows are the same organisation or person: evidence weighed, pairs found."""

from clusterwerk.measure.duplicates.names import company_domain, compared, domain_of
from clusterwerk.measure.duplicates.people import (
    People,
    Person,
    PersonMatch,
    PersonReason,
    mailbox_of,
    person_score,
)
from clusterwerk.measure.duplicates.pool import Match, Pool, match_many
from clusterwerk.measure.duplicates.scoring import LIKELY, SURE, Known, Reason, Score, score

__all__ = [
    "LIKELY",
    "SURE",
    "Known",
    "Match",
    "People",
    "Person",
    "PersonMatch",
    "PersonReason",
    "Pool",
    "Reason",
    "Score",
    "company_domain",
    "compared",
    "domain_of",
    "mailbox_of",
    "match_many",
    "person_score",
    "score",
]
