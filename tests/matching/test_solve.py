"""From a problem to a matching: modes, reasons and reproducibility."""

import threading
from datetime import date

import pytest
from hypothesis import given

from data.base.entity import content_hash
from data.base.status import ReasonCode, Status
from data.model.policy import Objective, ObjectiveName, Policy
from data.model.problem import Care, Problem
from data.model.relation import Ban, Pin, Relation
from data.results.reason import Reason
from matching.judge.matching import check_matching
from matching.levels.lexicographic import NotSolvable, Step
from matching.solve import MatchOptions, match
from tests.builders import HALLE, MAGDEBURG, buddy, company, problem, times
from tests.drawn import drawn
from tests.matching.programmes import programmes


@drawn(60)
@given(programmes())
def test_the_judge_finds_nothing_and_every_level_is_proved(of: Problem):
    try:
        found = match(of, times(of))
    except NotSolvable:
        return
    assert check_matching(of, times(of), found) == []
    assert found.status is Status.OPTIMAL


@pytest.mark.parametrize(
    ("of", "unserved"),
    [
        (problem((), (company("c"),)), 3),
        (problem((buddy("b"),), ()), 0),
        (problem((buddy("b"),), (company("c"),), pins=(Pin(buddy="gone", company="c"),)), 3),
        (problem((buddy("b"),), (company("c"),), pins=(Pin(buddy="b", company="gone"),)), 0),
        (problem((buddy("b"),), (company("c"),), relations=(Relation(company="c", buddy="gone"),)), 0),
    ],
    ids=["no buddy", "no company", "pin to nobody", "pin of no company", "relation to nobody"],
)
def test_what_is_missing_is_no_obstacle(of: Problem, unserved: int):
    found = match(of, times(of))
    assert found.levels[0].value == unserved
    assert check_matching(of, times(of), found) == []


def test_fill_keeps_relations_and_rematch_moves_them():
    east = MAGDEBURG.replace(lon=round(MAGDEBURG.lon + 0.2, 2))
    of = problem(
        (buddy("near"), buddy("present", base=east)),
        (company("c"),),
        care=(Care(company="c"),),
        relations=(Relation(company="c", buddy="present"),),
        policy=Policy(
            objectives=(Objective(name=ObjectiveName.UNSERVED), Objective(name=ObjectiveName.TRAVEL_MIN))
        ),
    )
    kept = match(of, times(of))
    assert kept.buddy_of == {"c": "present"}
    assert kept.pairs[0].kept
    moved = match(of.replace(policy=of.policy.replace(rematch=True)), times(of))
    assert moved.buddy_of == {"c": "near"}
    assert not moved.pairs[0].kept


def test_a_relation_that_breaks_a_rule_now_is_not_kept():
    of = problem(
        (buddy("b"), buddy("banned")),
        (company("c"),),
        relations=(Relation(company="c", buddy="banned"),),
        bans=(Ban(buddy="banned", company="c"),),
    )
    assert match(of, times(of)).buddy_of == {"c": "b"}


def test_of_relations_that_no_longer_fit_the_longest_stay_and_the_others_are_open():
    of = problem(
        (buddy("b", max_companies=1), buddy("free")),
        (company("new"), company("old")),
        relations=(
            Relation(company="new", buddy="b", since=date(2026, 6, 1)),
            Relation(company="old", buddy="b", since=date(2025, 6, 1)),
        ),
    )
    assert match(of, times(of)).buddy_of == {"new": "free", "old": "b"}


def test_a_company_nobody_may_look_after_tells_what_excludes_each_buddy():
    of = problem(
        (
            buddy("banned"),
            buddy("elsewhere", districts=("15002",), base=MAGDEBURG.replace(lat=52.14)),
            buddy("far", base=HALLE),
        ),
        (company("c"),),
        bans=(Ban(buddy="banned", company="c"),),
    )
    left_out = match(of, times(of)).unassigned[0]
    assert left_out.reason.code is ReasonCode.NO_ELIGIBLE_BUDDY
    assert [(each.code, each.buddies) for each in left_out.reason.excluded or ()] == [
        (ReasonCode.BAN, 1),
        (ReasonCode.MANDATE_EITHER, 1),
        (ReasonCode.TOO_FAR, 1),
    ]
    assert [(each.buddy, each.reason.code) for each in left_out.buddies] == [
        ("banned", ReasonCode.BAN),
        ("elsewhere", ReasonCode.MANDATE_EITHER),
        ("far", ReasonCode.TOO_FAR),
    ]


def test_a_pin_that_cannot_be_names_the_pinned_buddy_first():
    of = problem(
        (buddy("a"), buddy("banned")),
        (company("c"),),
        pins=(Pin(buddy="banned", company="c"),),
        bans=(Ban(buddy="banned", company="c"),),
    )
    left_out = match(of, times(of)).unassigned[0]
    assert [(each.buddy, each.reason.code, each.reason.holder) for each in left_out.buddies] == [
        ("banned", ReasonCode.BAN, None),
        ("a", ReasonCode.PINNED_ELSEWHERE, "banned"),
    ]


def test_full_is_said_only_where_every_eligible_buddy_is():
    of = problem((buddy("b", max_companies=1),), (company("low", priority=1), company("urgent", priority=5)))
    found = match(of, times(of))
    assert found.buddy_of == {"urgent": "b"}
    left_out = found.unassigned[0]
    assert left_out.reason.code is ReasonCode.CASELOAD_FULL
    full = Reason(code=ReasonCode.CASELOAD_FULL, measured="companies", used=1, added=1, most=1)
    assert left_out.buddies[0].reason == full


def test_left_out_by_a_tolerance_is_not_called_full():
    of = problem(
        (buddy("b"),),
        (company("c", point=MAGDEBURG.replace(lon=MAGDEBURG.lon + 0.1)),),
        care=(Care(company="c"),),
        policy=Policy(
            objectives=(
                Objective(name=ObjectiveName.UNSERVED, tolerance=3),
                Objective(name=ObjectiveName.TRAVEL_MIN),
            )
        ),
    )
    found = match(of, times(of))
    assert found.unassigned[0].reason.code is ReasonCode.OUTWEIGHED
    assert check_matching(of, times(of), found) == []


def test_the_same_problem_gives_the_same_bytes_and_the_order_of_rows_changes_nothing():
    people = tuple(buddy(f"b{i}", max_companies=3) for i in range(4))
    firms = tuple(
        company(f"c{i}", point=MAGDEBURG.replace(lon=round(MAGDEBURG.lon + i / 50, 2))) for i in range(12)
    )
    care = tuple(Care(company=firm.id, minutes=30 + 5 * k) for k, firm in enumerate(firms))
    of = problem(people, firms, care=care)
    turned = problem(people[::-1], firms[::-1], care=care[::-1])
    found = match(of, times(of))
    assert content_hash(match(of, times(of))) == content_hash(found)
    assert match(turned, times(turned)).replace(problem_hash=of.hash) == found


def test_progress_names_the_level_that_begins():
    heard: list[Step] = []
    of = problem((buddy("b"),), (company("c"),))
    match(of, times(of), MatchOptions(), heard.append)
    assert heard[0] == Step(ObjectiveName.UNSERVED, 0.0)
    assert heard[-1] == Step("", 1.0)
    assert [step.share for step in heard] == sorted(step.share for step in heard)


def test_progress_tells_each_levels_value_and_bound_until_they_meet():
    heard: list[Step] = []
    of = problem(
        (buddy("a", max_companies=2), buddy("b", max_companies=1)),
        tuple(company(f"c{k}", priority=k + 1) for k in range(5)),
    )
    found = match(of, times(of), MatchOptions(), heard.append)
    told = [step for step in heard if step.level == ObjectiveName.UNSERVED and step.value is not None]
    # places for three companies of priorities 1 to 5: 1 + 2 are unserved
    assert (told[-1].value, told[-1].bound) == (3, 3)
    assert found.levels[0].value == 3
    values = [step.value for step in told]
    assert values == sorted(values, reverse=True)


def test_cancelled_before_it_begins_a_match_keeps_what_it_has():
    cancel = threading.Event()
    cancel.set()
    of = problem(
        (buddy("a", max_companies=1), buddy("b", max_companies=1)),
        (company("kept"), company("open")),
        relations=(Relation(company="kept", buddy="a"),),
    )
    found = match(of, times(of), cancel=cancel)
    assert found.buddy_of == {"kept": "a"}
    assert found.status is Status.FEASIBLE
    assert found.levels[0].bound <= found.levels[0].value
    assert check_matching(of, times(of), found) == []


def test_cancelled_in_the_middle_a_match_keeps_the_levels_done():
    cancel = threading.Event()
    of = problem((buddy("a"),), tuple(company(f"c{k}") for k in range(4)))

    def after_the_first_level(step: Step) -> None:
        if step.level == ObjectiveName.DISTRICT_SHORTFALL:
            cancel.set()

    found = match(of, times(of), MatchOptions(), after_the_first_level, cancel)
    assert len(found.pairs) == 4
    assert found.levels[0].status is Status.OPTIMAL
    assert check_matching(of, times(of), found) == []
