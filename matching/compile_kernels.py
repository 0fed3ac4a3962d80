"""Compile the kernels ahead of the first assignment and frontier: `python -m matching.compile_kernels`."""

import numpy as np

from matching.assignment.by_parts import load_kernels
from matching.positions.filling import refill
from matching.positions.knapsacks import Openings, price_all
from matching.positions.serving import Reach, Serving, close, fund, serve_exactly, served_weight, settle


def main() -> None:
    """Solve a tiny assignment that uses every kernel."""
    load_kernels()
    _one_position()


def _one_position() -> None:
    """Let one position serve one company."""
    zero, one = np.zeros(1, dtype=np.int64), np.ones(1, dtype=np.int64)
    first, mark = np.array([0, 1], dtype=np.int64), np.zeros(1, dtype=np.uint8)
    room = np.ones((1, 3), dtype=np.int64)
    openings = Openings(first, zero, one, one, room, mark)
    reach = Reach(first, zero, zero, one)
    held = np.zeros((1, 2), dtype=np.int64)
    serving = Serving(-one, room.copy(), mark.copy(), held, zero.copy())
    price_all(openings, one, np.zeros((1, 2), dtype=np.int64), zero.copy(), mark.copy())
    fund(openings, reach, serving, 0)
    settle(openings, reach, serving, zero)
    refill(openings, reach, serving, one)
    served_weight(reach, serving)
    serve_exactly(openings, reach, serving, zero)
    close(openings, reach, serving, 0)


if __name__ == "__main__":
    main()
