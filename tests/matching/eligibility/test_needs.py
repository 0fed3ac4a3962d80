"""Care minutes, visits, weights and months together."""

from datetime import date
from fractions import Fraction

import pytest

from data.model.policy import CoverageWeight, Policy
from data.model.problem import Care, SpecialistGroup
from data.model.relation import Relation
from data.model.vocabulary import CareMode, CompanyState
from matching.eligibility.caseload import care_targets, caseload_limits, kept_relations
from matching.eligibility.needs import (
    active_companies,
    care_min,
    coverage_weight,
    present_main,
    relation_weight,
    visits,
)
from tests.builders import buddy, company, problem


def test_care_minutes_of_four_weeks_over_all_modes_halves_up():
    weekly = Care(company="c", every_weeks=1, minutes=30)
    call = Care(company="c", mode=CareMode.CALL, every_weeks=3, times=2, minutes=10)
    assert care_min((weekly, call)) == 147  # 4 × 30 + 2 × 10 × 4/3 = 146.67
    assert care_min((Care(company="c", every_weeks=8, minutes=75),)) == 38  # 75/2 = 37.5
    assert care_min(()) == 0


def test_only_visits_are_visits():
    care = (Care(company="c", every_weeks=3, times=2), Care(company="c", mode=CareMode.VIDEO, every_weeks=1))
    assert visits(care) == Fraction(8, 3)


@pytest.mark.parametrize(
    ("weight", "expected"),
    [(CoverageWeight.COMPANIES, 1), (CoverageWeight.SPECIALISTS, 5), (CoverageWeight.CARE_HOURS, 150)],
)
def test_coverage_weight(weight: CoverageWeight, expected: int):
    of = problem(
        (),
        (company("c"), company("bare")),
        care=(Care(company="c", every_weeks=2),),
        specialists=tuple(SpecialistGroup(company="c", languages=("ar",), count=n) for n in (2, 3)),
        policy=Policy(coverage_weight=weight),
    )
    assert coverage_weight(of, "c") == expected
    assert coverage_weight(of, "bare") == 1  # nobody is left out at no cost


def test_only_active_companies_are_matched():
    of = problem((), (company("b"), company("a"), company("p", state=CompanyState.PAUSED)))
    assert active_companies(of) == ("a", "b")


def test_the_present_relation_is_the_one_begun_last_that_lasts_on_the_first_day():
    relations = (
        Relation(company="c", buddy="unknown_since"),
        Relation(company="c", buddy="older", since=date(2025, 1, 1)),
        Relation(company="c", buddy="now", since=date(2026, 11, 23)),
        Relation(company="c", buddy="tomorrow", since=date(2026, 11, 24)),
        Relation(company="c", buddy="over", since=date(2026, 11, 1), until=date(2026, 11, 22)),
    )
    of = problem((), (company("c"),), relations=relations)  # the horizon starts on 2026-11-23
    assert present_main(of)["c"].buddy == "now"


@pytest.mark.parametrize(
    ("since", "weight"),
    [
        (None, 1),
        (date(2026, 11, 23), 1),
        (date(2026, 10, 24), 1),  # one day less than a month
        (date(2026, 10, 23), 2),
        (date(2025, 12, 1), 12),
        (date(2019, 1, 1), 13),
    ],
)
def test_a_relation_weighs_one_and_its_full_months(since: date | None, weight: int):
    of = problem((), (company("c"),))
    assert relation_weight(of, Relation(company="c", buddy="b", since=since)) == weight


def test_contract_hours_of_four_weeks_are_less_the_desk_work():
    assert caseload_limits(buddy("b", week_work_min=1200, desk_work_min=300)) == (25, 6000, 3600)
    assert caseload_limits(buddy("b", week_work_min=60, desk_work_min=300))[2] == 0


def test_targets_are_shares_by_contract():
    assert care_targets({"full": 2400, "half": 1200}, 1000) == {"full": 667, "half": 333}
    assert care_targets({"none": 0}, 1000) == {"none": 0}


def test_relations_are_kept_longest_first_as_far_as_they_fit():
    relations = [
        Relation(company="new", buddy="b", since=date(2026, 9, 1)),
        Relation(company="old", buddy="b", since=date(2024, 1, 1)),
        Relation(company="large", buddy="b", since=date(2025, 1, 1)),
    ]
    care = {"new": 20, "old": 50, "large": 60}
    kept = kept_relations(
        relations,
        {"b": (1, 10, 10)},
        {"b": (9, 90, 999)},
        lambda _, key: (1, care[key], care[key]),
        lambda _: 0,
    )
    assert kept == {"old": "b", "new": "b"}  # 10 + 50 + 20 ≤ 90, with 60 more it would be 120
