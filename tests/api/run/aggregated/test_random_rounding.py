"""Random rounding: to multiples, right on average, and the same for the same companies."""

from statistics import mean

from hypothesis import given
from hypothesis import strategies as st

from api.run.aggregated.random_rounding import rounded
from tests.builders import company

ROWS = [company(f"firm-{n:03}") for n in range(400)]


@given(st.integers(0, 500), st.integers(1, 60), st.permutations(range(5)))
def test_a_figure_becomes_a_neighbouring_multiple_whatever_the_order(
    value: int, base: int, order: list[int]
) -> None:
    found = rounded(value, base, [ROWS[n] for n in order])
    assert found % base == 0 and abs(found - value) < base
    assert found == rounded(value, base, ROWS[:5])


def test_a_multiple_stays_and_a_base_of_one_rounds_nothing() -> None:
    assert {rounded(12, 3, ROWS[:n]) for n in range(50)} == {12}
    assert {rounded(7, 1, ROWS[:n]) for n in range(50)} == {7}


def test_the_average_over_many_sets_is_the_figure() -> None:
    """7 of base 3: 6 with probability 2/3, 9 with 1/3; 400 draws stray by 3 · √(2/9 / 400) = 0.07."""
    found = [rounded(7, 3, [row]) for row in ROWS]
    assert set(found) == {6, 9}
    assert abs(mean(found) - 7) < 0.3


def test_the_draw_depends_on_what_a_reader_does_not_know() -> None:
    """The same ids at other places draw otherwise, so nobody can repeat it from ids alone."""
    moved = [rounded(7, 3, [company(f"firm-{n:03}", employees=n + 1)]) for n in range(400)]
    assert moved != [rounded(7, 3, [row]) for row in ROWS]
