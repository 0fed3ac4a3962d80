"""The only module that calls a solver: HiGHS inside OR-Tools' MathOpt.

Never import `highspy` together with `ortools` (undefined symbols in either order). MathOpt's HiGHS does not
support `threads`, `iteration_limit` or `cutoff_limit`; a node limit, a time limit, a seed and a hint work. It
cannot be interrupted either: a cancelled call is abandoned in a thread of its own.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.math_opt.solvers import highs_pb2

from matching.program.arrays import FREE, Numbers, Program

Floats = NDArray[np.float64]
Stopped = Literal["seconds", "work", "cancelled"] | None
"""The limit that ended a search; None if it finished."""
Listen = Callable[[int | None, int | None], None]
"""Called with the best value and the bound so far, None if unknown."""
POLL_S = 0.02
"""Polling interval for a call that may be cancelled."""


@dataclass(frozen=True)
class Limits:
    """When to stop before the proof: after `work` branch-and-bound nodes, or at the `deadline`.

    `deadline` is in seconds of `time.monotonic()`; None: no such limit. `work` applies to each search;
    `workers` components are solved in parallel. Once `cancel` is set, the best known solution is returned.
    `listen` is called with every better value or bound, from any thread.
    """

    work: int | None = None
    deadline: float | None = None
    workers: int = 1
    seed: int = 0
    cancel: threading.Event | None = None
    listen: Listen | None = None

    @property
    def left(self) -> float | None:
        """Return the seconds until the deadline, None if there is none."""
        return None if self.deadline is None else max(0.01, self.deadline - time.monotonic())

    @property
    def cancelled(self) -> bool:
        """Return whether the search was cancelled."""
        return self.cancel is not None and self.cancel.is_set()

    def tell(self, value: int | None, bound: int | None) -> None:
        """Report the best value and the bound so far to `listen`."""
        if self.listen:
            self.listen(value, bound)


@dataclass(frozen=True)
class Relaxed:
    """The linear relaxation: whether it is proved infeasible, an optimal vertex, and its row duals.

    Point and duals are None if it was not solved.
    """

    infeasible: bool
    point: Floats | None = None
    duals: Floats | None = None


@dataclass(frozen=True)
class Searched:
    """The result of branch and bound: a point (None: none), the dual bound, and the limit that stopped it.

    `infeasible` is a proof.
    """

    point: Numbers | None
    bound: float
    infeasible: bool
    stopped: Stopped


def relax(program: Program, limits: Limits) -> Relaxed:
    """Solve the linear relaxation by interior point, with crossover."""
    model = _model(program, integer=False)
    parameters = _parameters(limits, lp_algorithm=mathopt.LPAlgorithm.BARRIER)
    result = _solved(model, parameters, mathopt.ModelSolveParameters(), limits)
    if result is None:
        return Relaxed(infeasible=False)
    reason = result.termination.reason
    if reason in (mathopt.TerminationReason.INFEASIBLE, mathopt.TerminationReason.INFEASIBLE_OR_UNBOUNDED):
        return Relaxed(infeasible=True)
    if not result.has_dual_feasible_solution() or not result.has_primal_feasible_solution():
        return Relaxed(infeasible=False)
    return Relaxed(
        infeasible=False,
        point=np.array(result.variable_values(list(model.variables())), dtype=np.float64),
        duals=np.array(result.dual_values(list(model.linear_constraints())), dtype=np.float64),
    )


def search(program: Program, hint: Numbers | None, limits: Limits) -> Searched:
    """Solve by branch and bound, to optimality unless a limit is reached first."""
    model = _model(program, integer=True)
    variables = list(model.variables())
    extra = mathopt.ModelSolveParameters()
    if hint is not None:
        values = dict(zip(variables, hint.astype(float).tolist(), strict=True))
        extra.solution_hints.append(mathopt.SolutionHint(variable_values=values))
    parameters = _parameters(limits, node_limit=limits.work)
    result = _solved(model, parameters, extra, limits)
    if result is None:
        return Searched(None, -np.inf, False, "cancelled")
    ended = result.termination
    infeasible = ended.reason == mathopt.TerminationReason.INFEASIBLE
    stopped: Stopped = None
    if ended.limit is not None:
        stopped = "seconds" if ended.limit == mathopt.Limit.TIME else "work"
    point = None
    if result.has_primal_feasible_solution():
        point = np.rint(np.array(result.variable_values(variables))).astype(np.int64)
        if not program.allows(point):
            point = None
    return Searched(point, ended.objective_bounds.dual_bound, infeasible, stopped)


def _solved(model: Any, parameters: Any, extra: Any, limits: Limits) -> Any:
    """Call HiGHS; None if cancelled: its thread then continues until HiGHS returns."""

    def call() -> Any:
        return mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters, model_params=extra)

    if limits.cancel is None:
        return call()
    future: Future[Any] = Future()

    def run() -> None:
        try:
            future.set_result(call())
        except BaseException as error:
            future.set_exception(error)

    thread = threading.Thread(target=run, daemon=True)
    if not limits.cancelled:
        thread.start()
    while thread.is_alive() and not limits.cancelled:
        thread.join(POLL_S)
    return future.result() if future.done() else None


def _parameters(limits: Limits, **more: Any) -> mathopt.SolveParameters:
    return mathopt.SolveParameters(
        time_limit=None if limits.left is None else timedelta(seconds=limits.left),
        random_seed=limits.seed,
        relative_gap_tolerance=0.0,  # by default HiGHS stops at 1e-4 and calls that optimal
        absolute_gap_tolerance=0.0,
        highs=highs_pb2.HighsOptionsProto(string_options={"parallel": "off"}),
        **more,
    )


def _model(program: Program, integer: bool) -> mathopt.Model:
    """Build the model from arrays; one call per coefficient takes seconds for large programmes."""
    columns, rows = len(program.cost), len(program.row_lower)
    proto = model_pb2.ModelProto()
    proto.variables.ids.extend(range(columns))
    proto.variables.lower_bounds.extend(program.lower.astype(float).tolist())
    proto.variables.upper_bounds.extend(program.upper.astype(float).tolist())
    proto.variables.integers.extend([integer] * columns)
    costly = np.flatnonzero(program.cost)
    proto.objective.linear_coefficients.ids.extend(costly.tolist())
    proto.objective.linear_coefficients.values.extend(program.cost[costly].astype(float).tolist())
    proto.linear_constraints.ids.extend(range(rows))
    proto.linear_constraints.lower_bounds.extend(_open(program.row_lower))
    proto.linear_constraints.upper_bounds.extend(_open(program.row_upper))
    order = np.lexsort((program.column, program.row))
    proto.linear_constraint_matrix.row_ids.extend(program.row[order].tolist())
    proto.linear_constraint_matrix.column_ids.extend(program.column[order].tolist())
    proto.linear_constraint_matrix.coefficients.extend(program.coefficient[order].astype(float).tolist())
    return mathopt.Model.from_model_proto(proto)


def _open(limits: Numbers) -> list[float]:
    values = limits.astype(float)
    values[limits >= FREE] = np.inf
    values[limits <= -FREE] = -np.inf
    return [float(value) for value in values]
