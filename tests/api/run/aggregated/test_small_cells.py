"""Merged cells against everything that subtraction and bounds can reveal, by exact enumeration."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from api.run.aggregated.small_cells import Keys, Spread, coarsest, merged

ROWS = "abcde"


def spread(*rows: tuple[int, int]) -> Spread:
    """Rows a, b, … with these numbers of served and unserved companies."""
    part, rest = {}, {}
    for key, (served, unserved) in zip(ROWS, rows, strict=False):
        part[key] = {f"{key}{n}": 1 for n in range(served)}
        rest[key] = {f"{key}{n}": 1 for n in range(served, served + unserved)}
    return Spread(part, rest)


def cells_of(of: Spread, least: int, rows: str) -> tuple[Keys, ...]:
    sizes = {key: len(of.part[key]) + len(of.rest[key]) for key in rows}
    return merged(
        [(key,) for key in rows],
        lambda keys: of.stands_for_enough(keys, least),
        lambda keys: sum(sizes[key] for key in keys),
    )


def test_rows_that_are_large_enough_stand_alone() -> None:
    assert cells_of(spread((3, 3), (5, 0), (0, 4)), 3, "abc") == (("a",), ("b",), ("c",))


def test_one_small_row_takes_the_smallest_that_is_enough_with_it() -> None:
    """Row a has one unserved; with b still one, with c four, and d is larger than c."""
    assert cells_of(spread((9, 1), (3, 0), (3, 3), (9, 9)), 3, "abcd") == (("a", "c"), ("b",), ("d",))


def test_several_small_rows_are_one_cell() -> None:
    """1 + 2 = 3 unserved."""
    assert cells_of(spread((9, 1), (9, 2), (4, 0)), 3, "abc") == (("a", "b"), ("c",))


def test_small_rows_make_several_cells_where_they_can() -> None:
    """Five rows with 1, 2, 1, 2, 1 unserved: 1 + 2 and 1 + 2 are enough, the last takes the smallest cell."""
    five = spread((9, 1), (9, 2), (9, 1), (9, 2), (9, 1))
    assert cells_of(five, 3, "abcde") == (("a", "b", "e"), ("c", "d"))


def test_nothing_is_shown_where_all_together_are_too_few() -> None:
    assert cells_of(spread((9, 1), (9, 0), (9, 1)), 3, "abc") == ()


def test_with_a_least_of_one_nothing_is_merged() -> None:
    assert cells_of(spread((1, 0), (1, 1)), 1, "ab") == (("a",), ("b",))


def test_the_coarsest_of_two_partitions() -> None:
    one, other = (("a", "b"), ("c",), ("d",)), (("a",), ("b", "c"), ("d",))
    assert coarsest(one, other) == (("a", "b", "c"), ("d",))
    assert coarsest(one, one) == one


counts = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=4)


@given(counts, st.integers(2, 4))
def test_nobody_can_tell_that_a_hidden_count_is_small(rows: list[tuple[int, int]], least: int) -> None:
    """The attacker knows all cells and each row's number of companies, and tries every table that fits.

    Rows with fewer than `least` companies are merged beforehand, so they enter as one row or not at all.
    """
    rows = [row for row in rows if sum(row) >= least]
    names = ROWS[: len(rows)]
    of = spread(*rows)
    cells = cells_of(of, least, names)
    if not cells:
        assert not names or not of.stands_for_enough(names, least)
        return
    assert sorted(key for cell in cells for key in cell) == list(names)
    sizes = dict(zip(names, map(sum, rows), strict=True))
    for cell in cells:
        total = of.sum_of(cell)
        fitting = [
            table for table in product(*(range(sizes[key] + 1) for key in cell)) if sum(table) == total
        ]
        for i, key in enumerate(cell):
            served = [table[i] for table in fitting]
            for true, possible in (
                (of.sum_of([key]), served),
                (sizes[key] - of.sum_of([key]), [sizes[key] - each for each in served]),
            ):
                if 0 < true < least:
                    assert len(cell) > 1
                    assert max(possible) >= least
