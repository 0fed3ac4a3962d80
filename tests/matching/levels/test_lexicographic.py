"""The ordered objectives against brute force over all matchings of small programmes."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given

from data.base.status import Status
from data.model.policy import Objective, ObjectiveName, Policy
from data.model.problem import Buddy, Care, Company, Problem
from data.model.relation import Pin, Relation
from matching.levels.lexicographic import NotSolvable, solve_levels
from matching.levels.objectives import terms_of
from matching.levels.pairs import Pairs, pairs_of
from matching.program import proof
from matching.program.arrays import Numbers
from matching.program.highs import Limits
from tests.builders import MAGDEBURG, buddy, company, problem, times
from tests.drawn import drawn
from tests.matching.programmes import programmes
from tests.refusals import refused

N = ObjectiveName


def all_choices(pairs: Pairs) -> list[Numbers]:
    """Every feasible 0/1 choice of pairs."""
    options = [
        [None, *np.flatnonzero(pairs.company == column).tolist()] for column in range(len(pairs.companies))
    ]
    found = []
    for picks in product(*options):
        chosen = np.zeros(len(pairs.company), dtype=np.int64)
        chosen[[pick for pick in picks if pick is not None]] = 1
        loads = np.stack(
            [
                pairs.loads[:, pairs.buddy == row] @ chosen[pairs.buddy == row]
                for row in range(len(pairs.buddies))
            ]
        )
        if np.all(loads <= pairs.limits) and np.all(chosen[pairs.forced] == 1):
            found.append(chosen)
    return found


@pytest.mark.parametrize("direct", [1, 8000], ids=["cores", "whole programs"])
@drawn(60)
@given(of=programmes(most_companies=3))
def test_every_level_equals_brute_force(direct: int, of: Problem):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proof, "DIRECT", direct)
        assert_levels_equal_brute_force(of)


def assert_levels_equal_brute_force(of: Problem) -> None:
    pairs = pairs_of(of, times(of))
    choices = all_choices(pairs)
    if not choices:
        with pytest.raises(NotSolvable):
            solve_levels(pairs, of.policy.objectives, Limits())
        return
    chosen, levels = solve_levels(pairs, of.policy.objectives, Limits())
    for level, objective in zip(levels, of.policy.objectives, strict=True):
        terms = terms_of(level.name, pairs)
        best = min(terms.value(choice) for choice in choices)
        assert (level.value, level.bound, level.status) == (best, best, Status.OPTIMAL)
        assert level.held_at == best + objective.allowance(best)
        assert level.final == terms.value(chosen) <= level.held_at
        choices = [choice for choice in choices if terms.value(choice) <= level.held_at]


def place(minutes: int) -> Company:
    """A company so many minutes east of the base."""
    return company(f"c{minutes}", point=MAGDEBURG.replace(lon=round(MAGDEBURG.lon + minutes / 100, 2)))


def levels(of: Problem) -> dict[ObjectiveName, tuple[int, int]]:
    """Value when solved and at the end, by level."""
    _, found = solve_levels(pairs_of(of, times(of)), of.policy.objectives, Limits())
    return {level.name: (level.value, level.final) for level in found}


def far_and_near() -> Problem:
    """One buddy at the base, one 20 minutes east; the only company is at the base, monthly."""
    east = MAGDEBURG.replace(lon=round(MAGDEBURG.lon + 0.2, 2))
    return problem(
        (buddy("near"), buddy("other", base=east, min_care_min=75)),
        (company("c"),),
        care=(Care(company="c", minutes=75),),
    )


def test_a_tolerance_buys_a_better_later_level():
    of = far_and_near()
    firm = Policy(objectives=tuple(Objective(name=name) for name in (N.UNSERVED, N.TRAVEL_MIN, N.UNDERLOAD)))
    assert levels(of.replace(policy=firm)) == {
        N.UNSERVED: (0, 0),
        N.TRAVEL_MIN: (0, 0),
        N.UNDERLOAD: (75, 75),
    }
    loose = Policy(
        objectives=(
            Objective(name=N.UNSERVED),
            Objective(name=N.TRAVEL_MIN, tolerance=40),
            Objective(name=N.UNDERLOAD),
        )
    )
    assert levels(of.replace(policy=loose)) == {
        N.UNSERVED: (0, 0),
        N.TRAVEL_MIN: (0, 40),  # 20 minutes each way
        N.UNDERLOAD: (0, 0),
    }


def test_the_order_decides():
    last = Policy(objectives=tuple(Objective(name=name) for name in (N.UNDERLOAD, N.TRAVEL_MIN)))
    assert levels(far_and_near().replace(policy=last)) == {N.UNDERLOAD: (0, 0), N.TRAVEL_MIN: (40, 40)}


def rematched(most: int | None, *people: Buddy) -> Problem:
    """Two companies at the base of `near`, looked after by `far`, 20 minutes away."""
    east = MAGDEBURG.replace(lon=round(MAGDEBURG.lon + 0.2, 2))
    return problem(
        people or (buddy("near"), buddy("far", base=east)),
        (company("c"), company("d")),
        care=tuple(Care(company=key) for key in "cd"),
        relations=tuple(Relation(company=key, buddy="far") for key in "cd"),
        policy=Policy(
            objectives=(Objective(name=N.UNSERVED), Objective(name=N.TRAVEL_MIN)),
            rematch=True,
            max_changed_relations=most,
        ),
    )


@pytest.mark.parametrize(("most", "travel"), [(None, 0), (2, 0), (1, 12), (0, 24)])
def test_rematch_ends_no_more_relations_than_it_may(most: int | None, travel: int):
    # 0.309 × 40 minutes, rounded to 12, for each visit from afar; no leg between companies at the same place
    assert levels(rematched(most))[N.TRAVEL_MIN] == (travel, travel)


def test_what_cannot_hold_is_named():
    with refused(NotSolvable, "max_changed_relations 0"):
        levels(rematched(0, buddy("near"), buddy("far", max_companies=1)))
    pins = tuple(Pin(buddy="b", company=key) for key in ("c1", "c2"))
    of = problem((buddy("b", max_companies=1),), (place(1), place(2)), pins=pins)
    with refused(NotSolvable, "buddy b: the pinned companies take 2 companies, at most 1"):
        levels(of)


def test_the_clock_may_stop_it_and_it_keeps_what_it_has():
    of = far_and_near()
    chosen, found = solve_levels(pairs_of(of, times(of)), of.policy.objectives, Limits(deadline=0.0))
    assert len(found) == len(of.policy.objectives)
    assert chosen.sum() <= 1
