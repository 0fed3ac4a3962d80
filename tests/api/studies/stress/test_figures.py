"""Percentiles and shares with their exact intervals: values from published tables."""

import pytest

from api.studies.stress.draw_outcome import DrawOutcome
from api.studies.stress.figures import differences, share, spread


def outcome(draw: int, served: int) -> DrawOutcome:
    fields = dict.fromkeys(DrawOutcome.model_fields.keys() - {"faults"}, 0)
    return DrawOutcome(**{**fields, "draw": draw, "served": served})


def test_percentiles_are_values_that_occurred() -> None:
    found = spread("served", [50, 10, 30, 20, 40])
    assert [each.value for each in found.percentiles] == [10, 20, 30, 40, 50]
    assert found.at(50) == 30


def test_intervals_of_a_hundred_draws() -> None:
    found = {each.percent: each for each in spread("served", range(1, 101)).percentiles}
    # Of 100 draws the median lies between the 40th and the 61st with 96.5 %; the usual table of ranks.
    assert (found[50].value, found[50].low, found[50].high) == (50, 40, 61)
    # For the 5th percentile the 1st to the 11th: P(none below) = 0.95¹⁰⁰ = 0.6 %, P(11 or more) = 1.1 %.
    assert (found[5].low, found[5].high) == (1, 11)
    assert (found[95].low, found[95].high) == (90, 100)


def test_few_draws_say_that_they_are_few() -> None:
    found = {each.percent: each for each in spread("served", range(5)).percentiles}
    # All five above the median: 1/32 = 3.1 %, more than 2.5 %.
    assert (found[50].low, found[50].high) == (None, None)
    six = {each.percent: each for each in spread("served", range(6)).percentiles}
    # 1/64 = 1.6 %: six draws are the first number that gives an interval.
    assert (six[50].low, six[50].high) == (0, 5)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        (0, 10, 0, 309),  # 1 - 0.025^(1/10) = 0.3085
        (10, 10, 691, 1000),
        (93, 100, 861, 972),  # 0.8611 … 0.9714
        (5, 10, 187, 813),  # 0.1871 … 0.8129
    ],
)
def test_shares_have_exact_intervals(hits: int, of: int, low: int, high: int) -> None:
    found = share(hits, of)
    assert (found.low_permille, found.high_permille) == (low, high)


def test_differences_are_taken_draw_by_draw() -> None:
    before = [outcome(0, 5), outcome(1, 9), outcome(2, 4)]
    after = [outcome(0, 7), outcome(1, 8), outcome(2, 4)]
    served = differences("a", before, "b", after)[0]
    # 7 − 5 = 2, 8 − 9 = −1, 4 − 4 = 0
    assert (served.more.draws, served.less.draws, served.equal) == (1, 1, 1)
    assert served.spread.at(50) == 0
    with pytest.raises(ValueError, match="same draws"):
        differences("a", before, "b", after[:2])
