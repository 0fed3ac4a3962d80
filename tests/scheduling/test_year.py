"""A quarter of rolling horizons (no-shows, illness, holidays, arrivals): no rule broken, none forgotten."""

import pytest

from benchmarks.year import Year, figures, roll
from data.model.vocabulary import Outcome

WEEKS = 13


@pytest.fixture(scope="module")
def chosen() -> Year:
    return roll(buddies=3, companies=45, weeks=WEEKS, seed=1, random=False)


def test_no_rule_is_broken_and_no_company_forgotten(chosen: Year) -> None:
    assert chosen.violations == []
    assert chosen.forgotten == set()


def test_every_choice_is_proved(chosen: Year) -> None:
    assert (chosen.proved, chosen.chosen) == (3 * WEEKS, 3 * WEEKS)


def test_a_year_has_its_mishaps(chosen: Year) -> None:
    assert chosen.outcomes[Outcome.NO_SHOW] > 0
    assert chosen.outcomes[Outcome.DONE] > 10 * chosen.outcomes[Outcome.NO_SHOW]


def test_weeks_at_random_keep_the_rules_but_neither_rhythm_nor_level(chosen: Year) -> None:
    found = roll(buddies=3, companies=45, weeks=WEEKS, seed=1, random=True)
    assert found.violations == []
    ours, theirs = figures(chosen), figures(found)
    assert ours["drift_mean_days"] < theirs["drift_mean_days"]
    assert ours["load_variation_percent"] < theirs["load_variation_percent"]
    assert ours["travel_h"] / ours["contacts"] < theirs["travel_h"] / theirs["contacts"]
