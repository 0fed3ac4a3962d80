"""The judge reports every rule that a corrupted matching breaks."""

from datetime import date
from typing import Any

import pytest

from data.base.message import message
from data.base.status import ReasonCode, Status, Violation, violation
from data.model.policy import ObjectiveName, Policy
from data.model.problem import Care, Problem
from data.model.relation import Ban, Pin, Relation
from data.model.vocabulary import CompanyState
from data.results.reason import Reason
from data.results.solution import Matching
from matching.judge.matching import check_matching
from matching.solve import match
from tests.builders import buddy, company, problem, times


def programme(**fields: Any) -> Problem:
    """Anna may have two companies; c1 is already hers, c2 is pinned to her, nobody may have c4."""
    given: dict[str, Any] = {
        "buddies": (buddy("anna", max_companies=2), buddy("bert")),
        "companies": (company("c1"), company("c2"), company("c3"), company("c4", district="15090")),
        "care": tuple(Care(company=f"c{i}", minutes=60) for i in (1, 2, 3, 4)),
        "relations": (Relation(company="c1", buddy="anna", since=date(2026, 1, 1)),),
        "pins": (Pin(buddy="anna", company="c2"),),
        "bans": (Ban(buddy="bert", company="c1"),),
    }
    return problem(**given | fields)


def found(matching: Matching, of: Problem | None = None) -> list[Violation]:
    of = of or programme()
    return check_matching(of, times(of), matching)


def rules(matching: Matching, of: Problem | None = None) -> set[str]:
    return {violation.rule for violation in found(matching, of)}


@pytest.fixture
def good() -> Matching:
    of = programme()
    matching = match(of, times(of))
    assert matching.buddy_of == {"c1": "anna", "c2": "anna", "c3": "bert"}
    return matching


def moved(matching: Matching, key: str, to: str) -> Matching:
    pairs = tuple(pair.replace(buddy=to) if pair.company == key else pair for pair in matching.pairs)
    return matching.replace(pairs=pairs)


def test_a_matching_as_solved_is_clean(good: Matching):
    assert found(good) == []


def test_another_problem_is_told_at_once(good: Matching):
    of = programme(policy=Policy(max_one_way_min=10))
    assert rules(good, of) == {"problem_hash"}


def test_a_banned_pair_names_both(good: Matching):
    violations = found(moved(good, "c1", "bert"))
    banned = [violation for violation in violations if violation.rule == "ban"]
    assert [violation.where for violation in banned] == ["c1 bert"]
    assert "kept_relation" in {violation.rule for violation in violations}


def test_a_pin_that_is_not_held(good: Matching):
    assert {"pin", "pinned_elsewhere"} <= rules(moved(good, "c2", "bert"))


def test_too_many_companies(good: Matching):
    violations = [v for v in found(moved(good, "c3", "anna")) if v.rule == "caseload"]
    of = message("measured_companies")
    assert violations == [violation("caseload", "anna", "judged_caseload", used=3, of=of, most=2)]


def test_unknown_ids_and_a_company_twice(good: Matching):
    assert rules(moved(good, "c3", "nobody")) == {"unknown"}
    assert rules(good.replace(pairs=(*good.pairs, good.pairs[0]))) == {"one_buddy"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("one_way_min", 7),
        ("travel_min", 7),
        ("care_min", 7),
        ("common_languages", ("ar",)),
        ("kept", False),
        ("pinned", True),
        ("exception", Reason(code=ReasonCode.TOO_FAR)),
    ],
)
def test_a_wrong_figure_of_a_pair(good: Matching, field: str, value: Any):
    pairs = (good.pairs[0].replace(**{field: value}), *good.pairs[1:])
    assert field in rules(good.replace(pairs=pairs))


def test_a_company_without_buddy_and_reason(good: Matching):
    assert rules(good.replace(unassigned=())) == {"everybody"}
    assert "everybody" in rules(good.replace(pairs=good.pairs[1:]))
    assert "everybody" in rules(good.replace(unassigned=good.unassigned * 2))


def test_a_reason_that_is_not_true(good: Matching):
    full = good.unassigned[0].replace(reason=Reason(code=ReasonCode.CASELOAD_FULL))
    assert rules(good.replace(unassigned=(full,))) == {"reason"}
    exclusion = good.unassigned[0].buddies[0].replace(reason=Reason(code=ReasonCode.TOO_FAR))
    nearer = good.unassigned[0].replace(buddies=(exclusion,))
    assert rules(good.replace(unassigned=(nearer,))) == {"reason"}


def test_reasons_that_name_what_is_not_there(good: Matching):
    reason = good.unassigned[0]
    assert rules(good.replace(unassigned=(reason, reason.replace(company="c9")))) == {"unknown"}
    stranger = reason.buddies[0].replace(buddy="nobody")
    assert rules(good.replace(unassigned=(reason.replace(buddies=(stranger,)),))) == {"unknown"}
    paused = programme(
        companies=(*programme().companies, company("c5", state=CompanyState.PAUSED)),
    )
    matching = match(paused, times(paused))
    also = matching.unassigned[0].replace(company="c5")
    assert rules(matching.replace(unassigned=(*matching.unassigned, also)), paused) == {"unknown"}


def test_the_gap_of_imbalance_is_told_over_the_mean_share(good: Matching):
    # c1, c2 and c3 of 60 minutes each have an eligible buddy: 180 / 2
    level = next(level for level in good.levels if level.name is ObjectiveName.IMBALANCE)
    assert level.gap_over == 90
    assert level.replace(value=57, bound=30).gap == 0.3  # 27 / 90
    assert level.replace(value=54, bound=27, gap_over=None).gap == 0.5
    levels = tuple(each.replace(gap_over=1) if each is level else each for each in good.levels)
    assert rules(good.replace(levels=levels)) == {"level"}


@pytest.mark.parametrize(
    "changes",
    [{"final": 9}, {"held_at": 9}, {"value": 9, "held_at": 9}, {"bound": 9}, {"bound": 0, "value": 3}],
)
def test_a_level_that_claims_what_is_not_so(good: Matching, changes: dict[str, int]):
    level = good.levels[0]  # unserved: c4 of priority 3
    assert (level.name, level.value, level.bound) == (ObjectiveName.UNSERVED, 3, 3)
    assert "level" in rules(good.replace(levels=(level.replace(**changes), *good.levels[1:])))


def test_levels_in_another_order_and_a_status_that_does_not_follow(good: Matching):
    assert rules(good.replace(levels=good.levels[::-1])) == {"levels"}
    assert rules(good.replace(status=Status.FEASIBLE)) == {"status"}


def test_an_estimate_that_is_not_ours(good: Matching):
    assert rules(good.replace(travel_estimate="another")) == {"travel_estimate"}


def test_more_relations_ended_than_allowed():
    of = programme(policy=Policy(rematch=True, max_changed_relations=0), bans=())
    matching = moved(match(of, times(of)), "c1", "bert")
    violations = [v for v in found(matching, of) if v.rule == "max_changed_relations"]
    assert [v.fields for v in violations] == [{"ended": 1, "most": 0, "companies": ["c1"]}]
