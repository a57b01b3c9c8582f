"""The kinds of check by the name a checks file calls them."""

from collections.abc import Mapping

from clusterwerk.measure.consistency.kinds.base import Kind
from clusterwerk.measure.consistency.kinds.ceiling import Ceiling
from clusterwerk.measure.consistency.kinds.counted import Counted
from clusterwerk.measure.consistency.kinds.hull import Hull
from clusterwerk.measure.consistency.kinds.identical import Identical
from clusterwerk.measure.consistency.kinds.order import Order
from clusterwerk.measure.consistency.kinds.rule import Rule
from clusterwerk.measure.consistency.kinds.same import Same
from clusterwerk.measure.consistency.kinds.share import Share
from clusterwerk.measure.consistency.kinds.total import Total
from clusterwerk.measure.consistency.kinds.weights import Weights

KINDS: Mapping[str, type[Kind]] = {
    "total": Total,
    "share": Share,
    "hull": Hull,
    "weights": Weights,
    "same": Same,
    "count": Counted,
    "order": Order,
    "rule": Rule,
    "identical": Identical,
    "ceiling": Ceiling,
}
