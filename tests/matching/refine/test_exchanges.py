"""Exchanges against enumeration."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.refine.exchanges import NOBODY, Steps, exchanges

HOMES = (0, 0, 1, 1, 2)
"""The buddies of five companies."""
POSSIBLE = [
    (company, buddy, ejected)
    for company, buddy in product(range(5), range(3))
    if HOMES[company] != buddy
    for ejected in (NOBODY, *(other for other in range(5) if HOMES[other] == buddy))
]


def steps_of(rows: list[tuple[tuple[int, int, int], int, int]]) -> Steps:
    company, buddy, ejected = (np.array([row[0][k] for row in rows], dtype=np.int64) for k in range(3))
    gain, change = (np.array([row[k] for row in rows], dtype=np.int64) for k in (1, 2))
    home = np.array(HOMES, dtype=np.int64)[company]
    return Steps(company, home, buddy, ejected, gain, change[None, :])


@st.composite
def step_rows(draw: st.DrawFn) -> list[tuple[tuple[int, int, int], int, int]]:
    chosen = draw(st.lists(st.sampled_from(POSSIBLE), min_size=1, max_size=12, unique=True))
    return [(each, draw(st.integers(-9, 9)), draw(st.integers(-1, 2))) for each in chosen]


def whole(steps: Steps, chain: tuple[int, ...]) -> bool:
    """Each step moves what the previous one ejected, through other buddies, to a free place or the start."""
    after = [*chain[1:], chain[0]]
    follows = all(steps.ejected[a] == steps.company[b] for a, b in zip(chain, after[:-1], strict=False))
    last = steps.ejected[chain[-1]]
    touched = [*steps.home[list(chain)].tolist(), int(steps.buddy[chain[-1]])]
    apart = len(set(touched)) == len(chain) + (last == NOBODY)
    return follows and apart and last in (NOBODY, steps.company[chain[0]])


@given(step_rows(), st.integers(0, 2))
def test_every_exchange_of_one_or_two_companies_is_found_the_best_first(
    rows: list[tuple[tuple[int, int, int], int, int]], room: int
) -> None:
    steps = steps_of(rows)
    tried = [(k,) for k in range(len(rows))] + list(product(range(len(rows)), repeat=2))
    expected = {
        tuple(sorted(chain))
        for chain in tried
        if len(set(chain)) == len(chain)
        and whole(steps, chain)
        and steps.change[0, list(chain)].sum() <= room
    }
    found = exchanges(steps, np.array([room]), -100)
    assert {chain for chain in found if len(chain) <= 2} == expected
    gains = [int(steps.gain_min[list(chain)].sum()) for chain in found]
    assert gains == sorted(gains, reverse=True)
    assert all(steps.change[0, list(chain)].sum() <= room for chain in found)


def test_three_companies_go_round() -> None:
    # 0 replaces 2, 2 replaces 4, 4 replaces 0: 5 + 6 - 3 = 8; no two of them form an exchange
    rows = [((0, 1, 2), 5, 0), ((2, 2, 4), 6, 0), ((4, 0, 0), -3, 0)]
    assert exchanges(steps_of(rows), np.zeros(1, dtype=np.int64), 1) == [(0, 1, 2)]


def test_a_step_that_no_later_one_makes_good_is_not_in_any() -> None:
    # the move adds 1 to a total that must not grow
    assert exchanges(steps_of([((0, 1, NOBODY), 5, 1)]), np.zeros(1, dtype=np.int64), 1) == []
