"""Integer programs as arrays: what goes to a solver, how it is solved, and what comes back."""

import threading
from dataclasses import dataclass
from enum import Enum
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Mip:
    """Minimise `cost`·x over `lower` ≤ x ≤ `upper` with `row_lower` ≤ Ax ≤ `row_upper`; ±inf: no limit there.

    A is given by its entries: `coefficient[k]` stands in row `row[k]` and column `column[k]`, no place twice.
    """

    cost: ArrayLike
    lower: ArrayLike
    upper: ArrayLike
    row_lower: ArrayLike
    row_upper: ArrayLike
    row: ArrayLike
    column: ArrayLike
    coefficient: ArrayLike


class Method(Enum):
    """How a program is solved, on one thread each."""

    INTERIOR_POINT = "the linear relaxation by HiGHS, with crossover to a vertex"
    BRANCH_AND_BOUND = "the integer program by HiGHS, until both gaps are 0"
    CP_SAT = "the integer program by CP-SAT"


@dataclass(frozen=True)
class Stop:
    """When to stop short of the proof; None: no such limit.

    `nodes` of branch and bound hold for HiGHS, deterministic `work` for CP-SAT. Once `cancel` is set, there
    is no answer.
    """

    seconds: float | None = None
    nodes: int | None = None
    work: float | None = None
    cancel: threading.Event | None = None


@dataclass(frozen=True)
class Found:
    """What a solver knows at its end: the best point and the row duals (None: none), and the dual bound.

    `status` is MathOpt's word for how it ended; `limit` what ended it too early.
    """

    status: str
    limit: Literal["seconds", "work"] | None
    bound: float
    point: Floats | None
    duals: Floats | None
