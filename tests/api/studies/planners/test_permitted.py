"""What planners and coordinators of one host may ask; no refusal tells about hidden rows."""

from typing import Any

import pytest

from api.studies.planners.permitted import not_permitted
from data.access import Coordinator, Planner, Reader
from data.model.findings import Finding
from data.model.problem import Care, Problem
from data.model.programme import Host
from data.scenario.kinds import Scenario
from tests.api.studies.outcomes import scenario
from tests.builders import buddy, company, problem

PLACED = {"15002": "halle", "15003": "magdeburg", "15090": "stendal"}
SIZES = {"15002": 5, "15003": 4, "15090": 1}
KEYS = [(district, f"{name}{n}") for district, name in PLACED.items() for n in range(SIZES[district])]
PROBLEM: Problem = problem(
    (buddy("anna", host="craft"), buddy("ben", host="trade")),
    tuple(
        company(key, district=district, sector="C10" if n % 2 else "F43", host=("craft", "trade")[n % 2])
        for n, (district, key) in enumerate(KEYS)
    ),
    hosts=(Host(id="craft", cross_host=False), Host(id="trade", cross_host=False)),
    care=tuple(Care(company=key, minutes=60) for _, key in KEYS),
)
"""Five companies in Halle, four in Magdeburg, one in Stendal, which the table merges with Magdeburg's."""
PLANNER = Planner("ministry", PROBLEM.programme.id)
OF_CRAFT = Coordinator("eva", PROBLEM.programme.id, "craft")
OF_ALL = Coordinator("olga", PROBLEM.programme.id)


def refused(by: Reader, *stack: Scenario) -> list[tuple[str, str]]:
    return [(each.column, each.problem.code) for each in not_permitted(by, PROBLEM, stack)]


def asked(by: Reader, **change: Any) -> list[tuple[str, str]]:
    return refused(by, scenario(change))


ABOUT_IDS: tuple[dict[str, Any], ...] = (
    {"kind": "remove_companies", "companies": ["{company}"]},
    {"kind": "change_companies", "companies": ["{company}"], "fields": {"priority": 5}},
    {"kind": "opening", "companies": ["{company}"], "hours": [[[480, 720]]] * 5 + [[], []]},
    {"kind": "care_need", "companies": ["{company}"], "percent": 50},
    {"kind": "remove_buddies", "buddies": ["{buddy}"]},
    {"kind": "change_buddies", "buddies": ["{buddy}"], "fields": {"max_companies": 5}},
    {"kind": "learns", "buddies": ["{buddy}"], "language": "uk"},
    {"kind": "absence", "buddies": ["{buddy}"], "first_week": "2027-W02"},
    {"kind": "contract_hours", "buddies": ["{buddy}"], "percent": 50},
    {"kind": "add_buddies", "id": "new", "like": "{buddy}"},
)


def about(change: dict[str, Any], company: str, buddy: str) -> Scenario:
    def named(value: Any) -> Any:
        if isinstance(value, list):
            return [named(each) for each in value]
        return {"{company}": company, "{buddy}": buddy}.get(value, value) if isinstance(value, str) else value

    return scenario({name: named(value) for name, value in change.items()})


def told(found: tuple[Finding, ...]) -> list[tuple[str, Any, Any]]:
    return [(each.column, each.problem, each.remedy) for each in found]


@pytest.mark.parametrize("change", ABOUT_IDS, ids=lambda change: change["kind"])
def test_a_planner_is_refused_alike_whether_an_id_exists_or_not(change: dict[str, Any]) -> None:
    there = not_permitted(PLANNER, PROBLEM, [about(change, "halle0", "anna")])
    nowhere = not_permitted(PLANNER, PROBLEM, [about(change, "nobody", "nobody")])
    assert len(there) == 1 and there[0].problem.code == "by_group_only"
    assert told(there) == told(nowhere)


@pytest.mark.parametrize("change", ABOUT_IDS, ids=lambda change: change["kind"])
def test_a_coordinator_of_one_host_is_refused_alike_for_what_others_have_and_what_nobody_has(
    change: dict[str, Any],
) -> None:
    """`halle1` and `ben` belong to the other host; `halle8` and `bea` to nobody."""
    hidden = not_permitted(OF_CRAFT, PROBLEM, [about(change, "halle1", "ben")])
    nowhere = not_permitted(OF_CRAFT, PROBLEM, [about(change, "halle8", "bea")])
    assert [each.problem.code for each in hidden] == ["does_not_exist"]
    assert told(hidden)[0][:2] == told(nowhere)[0][:2]
    assert not {"halle1", "ben"} & {value for each in nowhere for _, value in each.remedy.fields}
    assert not_permitted(OF_CRAFT, PROBLEM, [about(change, "halle0", "anna")]) == ()


def test_the_coordinator_of_all_may_ask_everything() -> None:
    assert asked(OF_ALL, kind="remove_companies", companies=["halle0"], districts=["15090"]) == []


def test_groups_are_rows_of_the_table_of_companies() -> None:
    assert asked(PLANNER, kind="remove_companies", districts=["15002"]) == []
    alone = not_permitted(PLANNER, PROBLEM, [scenario({"kind": "remove_companies", "districts": ["15090"]})])
    assert [(each.column, each.value, each.problem.code) for each in alone] == [
        ("remove_companies.districts", "15090", "group_too_small")
    ]
    assert dict(alone[0].remedy.fields) == {"keys": "15003"}
    assert asked(PLANNER, kind="remove_companies", districts=["15003", "15090"]) == []
    nowhere = asked(PLANNER, kind="care_need", sectors=["C10"], percent=50)
    assert nowhere == [("care_need.sectors", "group_too_small")]


def test_groups_of_several_kinds_would_cross_tables() -> None:
    """Halle and manufacturing: three companies; without both, subtraction gives the two that are in Halle."""
    both = {"districts": ["15002"], "sectors": ["C"]}
    assert asked(PLANNER, kind="remove_companies", **both) == [
        ("remove_companies.groups", "several_kinds_of_groups")
    ]
    first = scenario({"kind": "remove_companies", "districts": ["15002"]}, name="first")
    then = scenario({"kind": "host_leaves", "host": "craft"}, name="then")
    assert refused(PLANNER, first, then) == [("host_leaves.groups", "several_kinds_of_groups")]


def test_what_a_hidden_row_holds_decides_no_refusal() -> None:
    """Whether `max_care_min` may be 10 depends on each buddy's `min_care_min`, so it is never allowed."""
    changed = {"kind": "change_buddies", "host": "craft", "fields": {"max_care_min": 10}}
    assert asked(PLANNER, **changed) == [("change_buddies.fields", "field_not_for_planners")]
    active = {"kind": "change_companies", "districts": ["15002"], "fields": {"state": "active"}}
    assert asked(PLANNER, **active) == [("change_companies.fields", "field_not_for_planners")]
    assert asked(PLANNER, kind="change_companies", districts=["15002"], fields={"priority": 5}) == []


def test_a_share_has_steps_of_enough_contacts() -> None:
    """Ten contacts: a step of 50 % is five, not six; one of 100 % is ten."""
    for percent, right in ((50, False), (61, False), (100, True), (0, True)):
        assert (asked(PLANNER, kind="call_share", percent=percent) == []) is right


def test_a_position_more_or_less_of_a_host_is_a_group() -> None:
    assert asked(PLANNER, kind="remove_buddies", host="craft", count=1) == []
    assert asked(PLANNER, kind="add_buddies", id="new", district="15002", fields={"host": "craft"}) == []
