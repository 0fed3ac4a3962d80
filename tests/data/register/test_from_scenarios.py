"""A scenario becomes a change set: the register is then as the scenario has it, but for what is left out."""

import json
from typing import Any

import pytest

from data.register.from_scenarios import WhyNot, scenarios_as_rows
from data.register.rows.register import Register
from data.scenario.apply import applied
from data.scenario.kinds import KINDS, Scenario
from tests.data.register.office import changing, drafted, office
from tests.data.register.test_remedying import in_order, problem

WHOLE_WEEK = [[[480, 720]]] * 5 + [[], []]
ENTERED: list[dict[str, Any]] = [
    {"kind": "absence", "buddies": ["eva"], "first_week": "2026-W51", "weeks": 2},
    {"kind": "change_buddies", "buddies": ["eva"], "fields": {"max_companies": 26, "districts": ["15002"]}},
    {"kind": "learns", "buddies": ["jan"], "language": "ru", "level": "B2"},
    {"kind": "contract_hours", "percent": 75},
    {"kind": "budget", "cents_per_year": 10_000_000},
    {"kind": "change_companies", "companies": ["mill"], "fields": {"priority": 5, "state": "paused"}},
    {"kind": "opening", "companies": ["farm"], "hours": WHOLE_WEEK},
    {"kind": "care_need", "percent": 50},
    {"kind": "call_share", "percent": 50},
    {"kind": "travel", "percent": 120},
    {"kind": "policy", "fields": {"max_one_way_min": 80, "objectives": ["travel_min", "unserved"]}},
]
LEFT_OUT: list[tuple[dict[str, Any], WhyNot]] = [
    ({"kind": "add_buddies", "id": "new", "district": "15002"}, WhyNot.INVENTED),
    ({"kind": "add_companies", "id": "new", "district": "15002"}, WhyNot.INVENTED),
    ({"kind": "remove_buddies", "buddies": ["eva"]}, WhyNot.REMOVED),
    ({"kind": "remove_companies", "companies": ["farm"]}, WhyNot.REMOVED),
    ({"kind": "host_leaves", "host": "ihk"}, WhyNot.REMOVED),
    ({"kind": "change_companies", "companies": ["mill"], "fields": {"district": "15003"}}, WhyNot.NO_COLUMN),
    ({"kind": "learns", "buddies": ["new-1"], "language": "ru"}, WhyNot.DOES_NOT_FIT),
]


def a_register() -> Register:
    """The small office, in which both companies have care."""
    return drafted(office(), changing("companies", "mill", priority="4")).register


def of_changes(*changes: dict[str, Any]) -> Scenario:
    return Scenario.model_validate_json(json.dumps({"name": "s", "changes": changes}))


@pytest.mark.parametrize("change", ENTERED, ids=lambda change: change["kind"])
def test_adopting_a_change_gives_the_problem_of_the_scenario(change: dict[str, Any]) -> None:
    register, scenario = a_register(), of_changes(change)
    before = problem(register)
    found = scenarios_as_rows(register, before, [scenario])
    assert found.left_out == () and found.operations
    wanted = applied(before, [scenario]).problem
    assert wanted is not None and wanted != before
    assert in_order(problem(drafted(register, *found.operations).register)) == in_order(wanted)


@pytest.mark.parametrize(("change", "why"), LEFT_OUT, ids=lambda each: str(each)[:30])
def test_what_has_no_form_as_values_of_rows_is_left_out_and_told(change: dict[str, Any], why: WhyNot) -> None:
    register = a_register()
    found = scenarios_as_rows(register, problem(register), [of_changes(change)])
    assert found.operations == ()
    assert [(each.number, each.why) for each in found.left_out] == [(0, why)]


def test_of_every_kind_of_change_it_is_known_whether_it_can_be_adopted() -> None:
    kinds = {each["kind"] for each in (*ENTERED, *(change for change, _ in LEFT_OUT))}
    assert kinds == set(KINDS)


def test_all_others_of_a_stack_are_adopted_together() -> None:
    register = a_register()
    stack = [of_changes(LEFT_OUT[0][0], ENTERED[1]), of_changes(ENTERED[2], ENTERED[6])]
    found = scenarios_as_rows(register, problem(register), stack)
    assert [(each.entity, each.id) for each in found.operations] == [
        ("buddies", "eva"), ("buddies", "jan"), ("companies", "farm"),
    ]  # fmt: skip
    assert [each.number for each in found.left_out] == [0]


def test_new_opening_hours_name_all_days_since_an_empty_one_would_be_closed() -> None:
    register = a_register()
    (step,) = scenarios_as_rows(register, problem(register), [of_changes(ENTERED[6])]).operations
    assert step.values == {
        **dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "08:00-12:00"), "sat": "-", "sun": "-",
    }  # fmt: skip
