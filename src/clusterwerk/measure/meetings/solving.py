"""Which pairs meet, solved as a mixed integer program by HiGHS, with a proven bound.

The library is loaded by a planning alone, because it takes 20 MB and a quarter of a second that no
other process should pay.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from clusterwerk.measure.meetings.day import Worth
from clusterwerk.measure.meetings.pairs import Market, adds

if TYPE_CHECKING:
    from highspy import HighsLp

NODES = 2000  # of the search tree; a clock would make two plans of one day differ
WHOLE = 0.5  # objectives are whole numbers: a plan this near the bound is the best
OPTIONS = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 1,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": WHOLE,
}
SLACK = 0.1  # for what the solver rounds

Option = tuple[int, int]  # a pair, and a slot or `ANY`
ANY = -1


@dataclass(frozen=True)
class Solved:
    options: tuple[Option, ...]
    bound: Worth


@dataclass
class Program:
    """Maximise cost over columns from 0 to 1, under rows that must not pass their upper limit."""

    costs: list[int] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    limits: list[int] = field(default_factory=list)
    rows: list[dict[int, int]] = field(default_factory=list)

    def column(self, cost: int, *, whole: bool) -> int:
        self.costs.append(cost)
        self.whole.append(whole)
        return len(self.costs) - 1

    def row(self, columns: Sequence[int], limit: int, less: Sequence[int] = ()) -> None:
        """The sum of the columns without that of ``less``."""
        if len(columns) > limit:
            self.rows.append(dict.fromkeys(columns, 1) | dict.fromkeys(less, -1))
            self.limits.append(limit)

    def solve(self, nodes: int = NODES) -> tuple[list[float], float]:
        """The value of each column and the bound of the total; the same for the same program."""
        import highspy  # noqa: PLC0415 - see above

        solver = highspy.Highs()  # type: ignore[no-untyped-call] # theirs has no annotation
        for option, value in (OPTIONS | {"mip_max_nodes": nodes}).items():
            solver.setOptionValue(option, value)
        solver.passModel(self._model(highspy.HighsLp()))
        solver.run()
        return list(solver.getSolution().col_value), solver.getInfo().mip_dual_bound

    def _model(self, model: "HighsLp") -> "HighsLp":
        import highspy  # noqa: PLC0415 - see above

        kinds = highspy.HighsVarType
        model.sense_ = highspy.ObjSense.kMaximize
        model.num_col_, model.num_row_ = len(self.costs), len(self.rows)
        model.col_cost_ = [float(cost) for cost in self.costs]
        model.col_lower_, model.col_upper_ = [0.0] * len(self.costs), [1.0] * len(self.costs)
        model.integrality_ = [kinds.kInteger if it else kinds.kContinuous for it in self.whole]
        model.row_lower_ = [-highspy.kHighsInf] * len(self.rows)
        model.row_upper_ = [float(limit) for limit in self.limits]
        matrix = model.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.start_ = list(accumulate(map(len, self.rows), initial=0))
        matrix.index_ = [column for row in self.rows for column in row]
        matrix.value_ = [float(one) for row in self.rows for one in row.values()]
        return model


def whom(market: Market) -> Solved:
    """Which pairs would meet if slots did not matter: the best, and so a bound of every plan."""
    pairs = [pair for pair in range(len(market.pairs)) if pair not in market.kept]
    return _solved(market, [(pair, ANY) for pair in pairs], served_by_kept(market))


def served_by_kept(market: Market) -> Counter[int]:
    """How many meetings that stand each person asked for."""
    return Counter(key for pair in market.kept for key in market.pairs[pair].served)


def when(
    market: Market, options: Sequence[Option], already: Counter[int], nodes: int = NODES
) -> Solved:
    """Which pairs meet in which of the offered slots, beside meetings that stay as they are.

    ``already`` counts for each person the meetings they asked for among those.
    """
    return _solved(market, options, already, nodes)


def _solved(
    market: Market, options: Sequence[Option], already: Counter[int], nodes: int = NODES
) -> Solved:
    if not options:
        return Solved((), Worth(0, 0))
    program = Program()
    columns = {
        option: program.column(market.pairs[option[0]].weight, whole=True) for option in options
    }
    firsts = _returns(program, market, columns, already)
    prize = sum(program.costs) + 1
    if market.day.fair:
        for column in firsts:
            program.costs[column] += prize
    _limits(program, market, columns)
    values, bound = program.solve(nodes)
    chosen = tuple(option for option, column in columns.items() if values[column] > WHOLE)
    return Solved(chosen, Worth(*divmod(int(bound + SLACK), prize)))


def _returns(
    program: Program, market: Market, columns: dict[Option, int], already: Counter[int]
) -> list[int]:
    """What the meetings of each person add, ever less; the columns of a first meeting."""
    theirs = defaultdict(list)
    for (pair, _slot), column in columns.items():
        for key in market.pairs[pair].served:
            theirs[key].append(column)
    firsts = []
    for key, meetings in sorted(theirs.items()):
        before = already[key]
        numbers = range(before + 1, before + 1 + min(len(meetings), market.day.slots))
        steps = [program.column(adds(n), whole=False) for n in numbers if adds(n)]
        program.row(steps, 0, less=meetings)
        firsts += [] if before else steps[:1]
    return firsts


def _limits(program: Program, market: Market, columns: dict[Option, int]) -> None:
    of_side, of_pair, of_slot = defaultdict(list), defaultdict(list), defaultdict(list)
    for (pair, slot), column in columns.items():
        for side in (market.pairs[pair].left, market.pairs[pair].right):
            of_side[side, slot].append(column)
        of_pair[pair].append(column)
        of_slot[slot].append(column)
    for (side, slot), mine in of_side.items():
        program.row(mine, len(market.free[side]) if slot == ANY else 1)
    for same in of_pair.values():
        program.row(same, 1)
    for slot, held in of_slot.items():
        program.row(held, _room(market) if slot == ANY else market.tables(slot))


def _room(market: Market) -> int:
    """Meetings that the whole day holds at most: by its tables, and by who is there."""
    there = Counter(slot for slots in market.free for slot in slots)
    return sum(min(market.tables(slot), there[slot] // 2) for slot in range(market.day.slots))
