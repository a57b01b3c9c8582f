"""Whether two rows are the same organisation: names compared, evidence weighed, pairs found."""

from clusterwerk.measure.duplicates.names import compared, domain_of
from clusterwerk.measure.duplicates.pool import Match, Pool, match_many
from clusterwerk.measure.duplicates.scoring import LIKELY, SURE, Known, Reason, Score, score

__all__ = [
    "LIKELY",
    "SURE",
    "Known",
    "Match",
    "Pool",
    "Reason",
    "Score",
    "compared",
    "domain_of",
    "match_many",
    "score",
]
