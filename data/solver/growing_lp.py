"""A linear program to which columns are added between solutions, each found from the last, solved by GLOP.

The primal simplex goes on from the last basis, which stays feasible when columns come; MathOpt's dual one
begins anew and takes two to three times the steps.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Solved:
    """The least cost, and what a unit of each row's limit is worth."""

    value: float
    duals: NDArray[np.float64]


class GrowingLp:
    """Minimise the cost of columns ≥ 0 within the limits of rows, (lower, upper) each; ±inf: none there."""

    def __init__(self, rows: Sequence[tuple[float, float]]) -> None:
        # It takes half a second to load, and most weeks are solved without a linear program.
        from ortools.math_opt.python import mathopt

        self._mathopt = mathopt
        self._model = mathopt.Model()
        self._rows = [self._model.add_linear_constraint(lb=lower, ub=upper) for lower, upper in rows]
        self._solver = self._new_solver()

    def add(self, cost: float, entries: Iterable[tuple[int, float]]) -> None:
        """Add a column with its coefficients by row, no row twice."""
        column = self._model.add_variable(lb=0.0)
        self._model.objective.set_linear_coefficient(column, cost)
        for row, coefficient in entries:
            self._rows[row].set_coefficient(column, coefficient)

    def solve(self) -> Solved | None:
        """Solve from the last solution, or else from the beginning; None where GLOP fails at both."""
        # Columns came since the last solution; from it the simplex may not find its way.
        return self._solved() or self._solved_anew()

    def _solved_anew(self) -> Solved | None:
        self._solver = self._new_solver()
        return self._solved()

    def _solved(self) -> Solved | None:
        no_columns = self._mathopt.VariableFilter(filtered_items=[])
        asked = self._mathopt.ModelSolveParameters(
            variable_values_filter=no_columns, reduced_costs_filter=no_columns
        )
        primal = self._mathopt.SolveParameters(lp_algorithm=self._mathopt.LPAlgorithm.PRIMAL_SIMPLEX)
        try:
            result = self._solver.solve(params=primal, model_params=asked)
        except (AttributeError, RuntimeError):
            # GLOP ended abnormally, and OR-Tools 9.15 stumbles over its own way to say so.
            return None
        if result.termination.reason is not self._mathopt.TerminationReason.OPTIMAL:
            return None
        return Solved(result.objective_value(), np.array(result.dual_values(self._rows), dtype=np.float64))

    def _new_solver(self) -> Any:
        return self._mathopt.IncrementalSolver(self._model, self._mathopt.SolverType.GLOP)
