"""Robust least squares, and the error of a fit."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

HUBER = 1.345
"""Residuals beyond this many standard deviations weigh less (Huber 1964, doi:10.1214/aoms/1177703732)."""
ROUNDS = 50


def robust_fit(columns: Floats, wanted: Floats) -> Floats:
    """Return the factors of `columns` (rows, columns), none below 0, by reweighted least squares."""
    used = np.arange(columns.shape[1])
    while True:
        factors = _huber(columns[:, used], wanted)
        if np.all(factors >= 0):
            found = np.zeros(columns.shape[1])
            found[used] = factors
            return found
        used = np.delete(used, int(np.argmin(factors)))


def _huber(columns: Floats, wanted: Floats) -> Floats:
    weight = np.ones(len(wanted))
    for _ in range(ROUNDS):
        root = np.sqrt(weight)
        factors = np.linalg.lstsq(columns * root[:, None], wanted * root, rcond=None)[0]
        off = np.abs(wanted - columns @ factors)
        spread = 1.4826 * float(np.median(off))
        weight = np.minimum(1, HUBER * spread / np.maximum(off, 1e-9)) if spread else weight
    return np.asarray(factors)


@dataclass(frozen=True)
class FitError:
    """The error of estimates over buddies: mean minutes, shares of the true value, R²."""

    buddies: int
    mean_off_min: float
    mean_off_percent: float
    bias_percent: float
    r_squared: float


def fit_error(estimated: Floats, wanted: Floats) -> FitError:
    """Compare estimates with the true values; the bias is that of the totals."""
    off = estimated - wanted
    return FitError(
        buddies=len(wanted),
        mean_off_min=float(np.abs(off).mean()),
        mean_off_percent=100 * float((np.abs(off) / np.maximum(wanted, 1)).mean()),
        bias_percent=100 * float(off.sum() / wanted.sum()),
        r_squared=1 - float((off**2).sum() / ((wanted - wanted.mean()) ** 2).sum()),
    )
