"""Each objective on a programme small enough to count by hand, and against the plain recomputation."""

from datetime import date
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from data.model.dated import Availability
from data.model.policy import CoverageWeight, ObjectiveName, Policy
from data.model.problem import Care, Problem, SpecialistGroup
from data.model.relation import Relation
from data.model.vocabulary import RelationRole
from matching.levels.objectives import terms_of
from matching.levels.pairs import pairs_of
from matching.levels.values import objective_values
from matching.solve import matched_pairs
from tests.builders import MAGDEBURG, buddy, company, problem, speaks, times
from tests.drawn import drawn
from tests.matching.programmes import programmes

N = ObjectiveName


def values(of: Problem, **buddy_of: str) -> dict[ObjectiveName, int]:
    """The values of a choice, from linear terms and recomputed, which must agree."""
    travel = times(of)
    pairs = pairs_of(of, travel)
    chosen = np.zeros(len(pairs.company), dtype=np.int64)
    for firm, who in buddy_of.items():
        chosen[pairs.index[who, firm]] = 1
    found = {name: terms_of(name, pairs).value(chosen) for name in N}
    assert found == objective_values(of, travel, matched_pairs(pairs, chosen, travel))
    return found


def three(*buddies: Any, **fields: Any) -> Problem:
    firms = (company("x", priority=5), company("y"), company("z", district="15090"))
    people = buddies or (buddy("b", districts=("15003", "15090")),)
    return problem(people, firms, **fields)


def test_unserved_is_priority_times_coverage_weight():
    assert values(three())[N.UNSERVED] == 5 + 3 + 3
    assert values(three(), x="b")[N.UNSERVED] == 3 + 3
    by_specialists = three(
        specialists=(SpecialistGroup(company="x", languages=("ar",), count=4),),
        policy=Policy(coverage_weight=CoverageWeight.SPECIALISTS),
    )
    assert values(by_specialists, y="b")[N.UNSERVED] == 5 * 4 + 3


def test_district_shortfall_is_the_largest_gap_in_points_rounded_up():
    assert values(three(), x="b", z="b")[N.DISTRICT_SHORTFALL] == 80 - 50
    assert values(three(), x="b", y="b")[N.DISTRICT_SHORTFALL] == 80
    assert values(three(), x="b", y="b", z="b")[N.DISTRICT_SHORTFALL] == 0
    firms = tuple(company(key) for key in "uvw")
    of = problem((buddy("b"),), firms, policy=Policy(district_floor_percent=50))
    assert values(of, u="b")[N.DISTRICT_SHORTFALL] == 17  # 50 - 33.3 = 16.7


def test_without_language_counts_specialists_of_groups_nobody_speaks_to():
    groups = (
        SpecialistGroup(company="x", languages=("uk", "ru"), count=3),
        SpecialistGroup(company="x", languages=("ar",), count=2),
        SpecialistGroup(company="y", languages=("ar",), count=1),
        SpecialistGroup(company="y", languages=(), count=9),  # unknown languages: cannot be counted
    )
    speaker = buddy("b", districts=("15003", "15090"), languages=speaks(ru="B1", ar="A2"))
    helper = buddy("h", languages=speaks(ar="C1"))
    of = three(speaker, helper, specialists=groups)
    assert values(of)[N.WITHOUT_LANGUAGE] == 3 + 2 + 1
    assert values(of, x="b", y="b")[N.WITHOUT_LANGUAGE] == 2 + 1
    helped = of.replace(relations=(Relation(company="x", buddy="h", role=RelationRole.LANGUAGE),))
    assert values(helped, x="b", y="b")[N.WITHOUT_LANGUAGE] == 1
    away = Availability(who="h", first=date(2026, 11, 23), last=date(2026, 11, 29))
    assert values(helped.replace(availability=(away,)), x="b", y="b")[N.WITHOUT_LANGUAGE] == 2 + 1


def test_broken_relations_weigh_the_months_together_also_where_the_buddy_has_left():
    of = three(
        buddy("b"),
        buddy("other"),
        policy=Policy(rematch=True),
        relations=(
            Relation(company="x", buddy="b", since=date(2026, 8, 1)),  # 1 + 3 months
            Relation(company="y", buddy="gone"),  # 1, regardless of the choice
        ),
    )
    assert values(of)[N.BROKEN_RELATIONS] == 5
    assert values(of, x="other", y="b")[N.BROKEN_RELATIONS] == 5
    assert values(of, x="b")[N.BROKEN_RELATIONS] == 1


def test_travel_is_the_sum_of_the_pairs():
    place = MAGDEBURG.replace(lon=MAGDEBURG.lon + 0.1)
    of = problem((buddy("b"),), (company("x", point=place),), care=(Care(company="x", every_weeks=2),))
    assert values(of, x="b")[N.TRAVEL_MIN] == 2 * 20  # two round trips: there is no neighbour
    assert values(of)[N.TRAVEL_MIN] == 0


def test_underload_adds_up_the_minutes_short():
    care = (Care(company="x", minutes=60), Care(company="y", minutes=30))
    of = three(buddy("b", min_care_min=70), buddy("idle", min_care_min=20), care=care)
    assert values(of)[N.UNDERLOAD] == 70 + 20
    assert values(of, x="b")[N.UNDERLOAD] == 10 + 20
    assert values(of, x="b", y="b")[N.UNDERLOAD] == 0 + 20


def test_imbalance_is_the_largest_deviation_from_the_share_by_contract():
    care = (Care(company="x", minutes=60), Care(company="y", minutes=30), Care(company="z", minutes=500))
    of = three(buddy("full"), buddy("half", week_work_min=1200), care=care)
    # nobody may have z, so 90 minutes are shared 60 : 30
    assert values(of)[N.IMBALANCE] == 60
    assert values(of, x="full", y="half")[N.IMBALANCE] == 0
    assert values(of, x="half", y="full")[N.IMBALANCE] == 30


def test_off_mandate_counts_weaker_halves_and_second_buddies_of_an_enterprise():
    both = {"sectors": ("C",), "districts": ("15003",)}
    firms = (
        company("x", sector="C1", district="15090"),
        company("y", enterprise="e"),
        company("z", enterprise="e"),
    )
    of = problem((buddy("b", **both), buddy("second", **both)), firms)
    assert values(of, x="b", y="b", z="b")[N.OFF_MANDATE] == 2
    assert values(of, x="b", y="b", z="second")[N.OFF_MANDATE] == 2 + 1


@drawn(60)
@given(programmes(), st.randoms(use_true_random=False))
def test_terms_and_plain_recomputation_agree_on_any_choice(of: Problem, random: Any):
    pairs = pairs_of(of, times(of))
    choice = {}
    for who, firm in sorted(pairs.index):
        if random.random() < 0.5:
            choice[firm] = who
    values(of, **choice)
