"""Fits to data whose factors are known."""

import numpy as np
import pytest

from api.studies.calibrate.robust_fit import fit_error, robust_fit

COLUMNS = np.array([[1.0, 0], [2, 1], [3, 5], [4, 2], [5, 7], [6, 1], [7, 3]])


def test_factors_are_found_again() -> None:
    assert robust_fit(COLUMNS, COLUMNS @ np.array([2.0, 3])).tolist() == pytest.approx([2, 3])


def test_one_odd_row_hardly_sways_them() -> None:
    wanted = COLUMNS @ np.array([2.0, 3])
    wanted[3] += 500
    plain = np.linalg.lstsq(COLUMNS, wanted, rcond=None)[0]
    robust = robust_fit(COLUMNS, wanted)
    assert np.abs(robust - [2, 3]).max() < 0.1 < np.abs(plain - [2, 3]).max()


def test_no_factor_is_negative() -> None:
    assert robust_fit(COLUMNS, COLUMNS @ np.array([2.0, -1]))[1] == 0


def test_errors_with_the_sum_shown() -> None:
    error = fit_error(np.array([90.0, 220]), np.array([100.0, 200]))
    # off by 10 and 20 of 100 and 200; 310 against 300; 1 - (100 + 400) / (2 × 50²)
    assert (error.buddies, error.mean_off_min, error.mean_off_percent) == (2, 15, 10)
    assert error.bias_percent == pytest.approx(100 * 10 / 300)
    assert error.r_squared == pytest.approx(0.9)
