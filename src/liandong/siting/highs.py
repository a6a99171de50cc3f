"""A mixed-integer model for HiGHS: sparse rows in, an answer with its bound out; stoppable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from liandong.siting.problem import Floats

Indices = NDArray[np.int64]


@dataclass
class Model:
    """Minimise cost over variables in [0, upper] under rows; integer says which are whole numbers."""

    cost: Floats
    upper: Floats
    integer: NDArray[np.bool_]
    _rows: list[tuple[Indices, Floats, float, float]] = field(default_factory=list)

    def row(self, columns: Indices, values: Floats, low: float = -np.inf, high: float = np.inf) -> None:
        """Add low ≤ Σ values · x[columns] ≤ high."""
        self._rows.append((np.asarray(columns), np.asarray(values, dtype=float), low, high))

    def without_last_row(self) -> None:
        """Take the last row away again."""
        self._rows.pop()

    def matrix(self) -> tuple[csr_matrix, Floats, Floats]:
        """All rows with their bounds."""
        starts = np.cumsum([0, *(len(columns) for columns, *_ in self._rows)])
        columns = np.concatenate([row[0] for row in self._rows]) if self._rows else np.zeros(0, dtype=int)
        values = np.concatenate([row[1] for row in self._rows]) if self._rows else np.zeros(0)
        shape = (len(self._rows), len(self.cost))
        return (
            csr_matrix((values, columns, starts), shape=shape),
            np.array([row[2] for row in self._rows]),
            np.array([row[3] for row in self._rows]),
        )


@dataclass(frozen=True)
class Answer:
    """What HiGHS found. x: the best point, None if none. bound: no point costs less. closed: proven (optimal,
    or infeasible if x is None). row_prices: duals, of a linear model only.
    """

    x: Floats | None
    bound: float
    closed: bool
    row_prices: Floats | None = None


def solve(
    model: Model,
    seconds: float,
    *,
    start: Floats | None = None,
    on_better: Callable[[Floats], None] | None = None,
    cancel: Callable[[], bool] = lambda: False,
) -> Answer:
    """Solve within the time. start: a point that satisfies all rows. on_better: sees each better point.

    cancel: asked several times a second; True ends the search with what is known.
    """
    if seconds <= 0 or cancel():
        return Answer(start, -np.inf, False)
    if not len(model.cost):
        met = all(low <= 0 <= high for _, _, low, high in model._rows)
        return Answer(np.zeros(0), 0.0, True) if met else Answer(None, np.inf, True)
    lp, linear = _lp(model), not model.integer.any()
    solver = highspy.Highs()
    for name, value in (
        ("output_flag", False),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 1e-6),
        ("time_limit", float(seconds)),
        ("threads", 2),
        ("random_seed", 1),
    ):
        solver.setOptionValue(name, value)
    solver.passModel(lp)
    if start is not None:
        point = highspy.HighsSolution()
        point.col_value = start.tolist()
        solver.setSolution(point)
    _listen(solver, cancel, on_better)
    solver.run()
    status, info = solver.getModelStatus(), solver.getInfo()
    solution = solver.getSolution()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Answer(None, np.inf, True)
    known = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    optimal = status == highspy.HighsModelStatus.kOptimal
    bound = info.objective_function_value if optimal else info.mip_dual_bound if not linear else -np.inf
    return Answer(
        np.array(solution.col_value) if known else start,
        float(bound),
        optimal,
        np.array(solution.row_dual) if linear and optimal else None,
    )


def _lp(model: Model) -> highspy.HighsLp:
    matrix, low, high = model.matrix()
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(model.cost), matrix.shape[0]
    lp.col_cost_ = model.cost
    lp.col_lower_, lp.col_upper_ = np.zeros(len(model.cost)), model.upper
    lp.row_lower_, lp.row_upper_ = low, high
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
    if model.integer.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[int(whole)] for whole in model.integer]
    return lp


def _listen(
    solver: highspy.Highs, cancel: Callable[[], bool], on_better: Callable[[Floats], None] | None
) -> None:
    last = [perf_counter()]

    def interrupt(event: highspy.HighsCallbackEvent) -> None:
        if perf_counter() - last[0] > 0.2:
            last[0] = perf_counter()
            if cancel():
                event.interrupt()

    solver.cbMipInterrupt += interrupt
    solver.cbSimplexInterrupt += interrupt
    if on_better is not None:
        solver.cbMipImprovingSolution += lambda event: on_better(np.array(event.data_out.mip_solution))
