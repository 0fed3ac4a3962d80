"""Candidates for one company: the best is that of brute force, and each price is the judge's own."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.base.dates import parse_week
from data.base.status import ReasonCode
from data.model.policy import Objective, ObjectiveName, Policy
from data.model.problem import Care, Problem, SpecialistGroup
from data.model.relation import Relation
from data.results.solution import Pair
from matching.eligibility.caseload import caseload_limits, pair_load, total_loads
from matching.eligibility.expected_travel import expected_travel
from matching.eligibility.needs import active_companies, care_min, present_main
from matching.eligibility.pairs_allowed import find_eligible
from matching.eligibility.rules import Rules
from matching.explain.candidates import Placing, candidates, on_day
from matching.levels.values import objective_values
from tests.builders import HALLE, WEEK, buddy, company, problem, speaks, times
from tests.drawn import drawn
from tests.matching.programmes import programmes

MONDAY = parse_week(WEEK)


def pairs_by_hand(of: Problem, buddy_of: dict[str, str]) -> tuple[Pair, ...]:
    """An assignment as the judge takes it, each pair's travel by the estimate for all pairs at once."""
    travel, eligibility = times(of), find_eligible(of, times(of))
    wanted = eligibility.eligible | True
    minutes = expected_travel(of, travel, eligibility, wanted=wanted)
    rules = Rules(of, travel)
    return tuple(
        Pair(
            company=firm,
            buddy=who,
            one_way_min=travel.minutes(who, firm),
            travel_min=int(minutes[eligibility.buddy_row[who], eligibility.company_column[firm]]),
            care_min=care_min(of.care_of[firm]),
            common_languages=rules.common_languages(who, firm),
        )
        for firm, who in sorted(buddy_of.items())
    )


def judged(of: Problem, buddy_of: dict[str, str]) -> tuple[int, ...]:
    found = objective_values(of, times(of), pairs_by_hand(of, buddy_of))
    return tuple(found[objective.name] for objective in of.policy.objectives)


def room(of: Problem, buddy_of: dict[str, str], who: str) -> bool:
    pairs = pairs_by_hand(of, buddy_of)
    loads = total_loads((pair.buddy, pair_load(pair.care_min, pair.travel_min)) for pair in pairs)
    limits = caseload_limits(of.buddy[who])
    return all(used <= most for used, most in zip(loads.get(who, (0, 0, 0)), limits, strict=True))


@drawn(100)
@given(programmes(), st.integers(0, 20))
def test_the_best_candidate_is_that_of_brute_force(of: Problem, which: int):
    active = active_companies(of)
    if not active:
        return
    firm = active[which % len(active)]
    held = {key: r.buddy for key, r in present_main(of).items() if r.buddy in of.buddy}
    others = {key: who for key, who in held.items() if key != firm}
    rules = Rules(of, times(of))
    possible = [
        who
        for who in of.buddy
        if who != held.get(firm)
        and rules.excluded(who, firm) is None
        and room(of, {**others, firm: who}, who)
    ]
    ranked = sorted(possible, key=lambda who: (judged(of, {**others, firm: who}), of.rank[who]))
    found = candidates(Placing(of, times(of), firm), MONDAY)
    assert [each.buddy for each in found.candidates] == ranked[:3]
    assert found.possible == len(possible) and found.present == held.get(firm, "")
    assert sum(each.buddies for each in found.excluded) == len(of.buddy) - len(possible) - (firm in held)
    before = judged(of, held)
    assert tuple(each.value for each in found.levels) == before
    for each in found.candidates:
        after = judged(of, {**others, firm: each.buddy})
        assert tuple(level.value for level in each.levels) == after
        assert tuple(level.value for level in each.price) == tuple(
            now - was for now, was in zip(after, before, strict=True)
        )


def office(**fields: Any) -> Problem:
    """Anna and Ben at home in Magdeburg, Carl in Halle; the bakery is Anna's, the mill nobody's."""
    people = (
        buddy("anna", languages=speaks(ar="C1"), max_companies=2),
        buddy("ben", max_companies=0),
        buddy("carl", base=HALLE),
        buddy("dora", languages=speaks(ar="B2")),
    )
    given: dict[str, Any] = {
        "specialists": (SpecialistGroup(company="mill", languages=("ar",), count=3),),
        "care": (Care(company="mill", minutes=60), Care(company="bakery", minutes=60)),
        "relations": (Relation(company="bakery", buddy="anna"),),
        "policy": Policy(max_one_way_min=60),
    }
    return problem(people, (company("mill"), company("bakery")), **given | fields)


def test_what_limits_a_candidate_and_what_excludes_the_others():
    of = office()
    found = candidates(Placing(of, times(of), "mill"), MONDAY)
    # Dora is not loaded yet, so the care is shared more evenly with her.
    assert [each.buddy for each in found.candidates] == ["dora", "anna"]
    anna = found.candidates[1]
    assert [(each.measured, each.used, each.most) for each in anna.caseload] == [
        ("companies", 2, 2), ("care_min", 120, 6000), ("work_min", 120, 9600),
    ]  # fmt: skip
    assert anna.common_languages == ("ar",) and anna.one_way_min == 0
    price = {each.name: each.value for each in anna.price}
    assert price[ObjectiveName.UNSERVED] == -3 and price[ObjectiveName.WITHOUT_LANGUAGE] == -3
    assert [(each.buddy, each.reason.code) for each in found.nearest] == [
        ("ben", ReasonCode.CASELOAD_FULL), ("carl", ReasonCode.TOO_FAR),
    ]  # fmt: skip
    assert found.changing == 0 and found.present == ""


def test_only_those_asked_for_are_told_of():
    of = office()
    found = candidates(Placing(of, times(of), "mill"), MONDAY, among={"anna", "ben"})
    assert [each.buddy for each in found.candidates] == ["anna"]
    assert [(each.code, each.buddies) for each in found.excluded] == [(ReasonCode.CASELOAD_FULL, 1)]


def test_a_company_with_a_buddy_is_told_what_leaving_costs():
    since = MONDAY - timedelta(days=100)
    of = office(
        relations=(Relation(company="bakery", buddy="anna", since=since),),
        policy=Policy(objectives=(Objective(name=ObjectiveName.BROKEN_RELATIONS),)),
    )
    found = candidates(Placing(of, times(of), "bakery"), MONDAY)
    assert found.present == "anna" and "anna" not in {each.buddy for each in found.candidates}
    assert {each.price[0].value for each in found.candidates} == {4}


@pytest.mark.parametrize(("days", "present"), [(0, "anna"), (2, "dora"), (5, "")])
def test_relations_are_those_of_the_day(days: int, present: str):
    tuesday, thursday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=3)
    of = office(
        relations=(
            Relation(company="bakery", buddy="anna", until=MONDAY),
            Relation(company="bakery", buddy="dora", since=tuesday, until=thursday),
        )
    )
    day = MONDAY + timedelta(days=days)
    placing = Placing(on_day(of, day), times(of), "bakery")
    assert (placing.present, candidates(placing, day).day) == (present, date(2026, 11, 23 + days))
