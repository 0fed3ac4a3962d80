"""Changes of groups: which companies and buddies they are about, and which are singled out."""

from typing import Any

import pytest

from data.model.problem import Company
from data.scenario.apply import applied
from data.scenario.singled_out import singled_out
from tests.data.scenario.test_scenario import PROBLEM, changed, scenario

OF: dict[str, tuple[str, str, str]] = {
    "bakery": ("15003", "C10", "craft"),
    "foundry": ("15090", "C24", "trade"),
    "garage": ("15002", "G45", ""),
    "nursery": ("15002", "Q88", ""),
}


def sorted_out(row: Company) -> Company:
    district, sector, host = OF[row.id]
    return row.replace(district=district, sector=sector, host=host)


GROUPED = PROBLEM.replace(companies=tuple(map(sorted_out, PROBLEM.companies)))
GROUPS = [
    ({"districts": ["15002"]}, {"garage", "nursery"}),
    ({"sectors": ["C"]}, {"bakery", "foundry"}),
    ({"sectors": ["C24", "Q"]}, {"foundry", "nursery"}),
    ({"hosts": ["trade"]}, {"foundry"}),
    ({"districts": ["15003", "15090"], "hosts": ["trade"]}, {"foundry"}),
    ({"companies": ["garage"], "sectors": ["C"]}, {"bakery", "foundry", "garage"}),
]


@pytest.mark.parametrize(("group", "companies"), GROUPS)
def test_a_group_is_removed_and_singled_out(group: dict[str, Any], companies: set[str]) -> None:
    trial = scenario({"kind": "remove_companies", **group})
    after = applied(GROUPED, (trial,)).problem
    assert after is not None and GROUPED.company.keys() - after.company.keys() == companies
    assert singled_out(GROUPED, (trial,)) == companies


def test_care_of_a_group_alone_is_scaled() -> None:
    after = applied(GROUPED, (scenario({"kind": "care_need", "percent": 150, "sectors": ["C"]}),)).problem
    assert after is not None
    assert {c.company: c.minutes for c in after.care} == {
        "bakery": 90, "foundry": 90, "garage": 60, "nursery": 60,
    }  # fmt: skip


def test_a_group_of_nobody_is_no_error_and_names_nobody() -> None:
    found = applied(GROUPED, (scenario({"kind": "care_need", "percent": 150, "sectors": ["A"]}),))
    assert found.problem == GROUPED and [f.problem.code for f in found.findings] == ["changes_nothing"]


def test_whoever_names_nobody_is_told() -> None:
    found = applied(PROBLEM, (scenario({"kind": "remove_companies"}, {"kind": "remove_buddies"}),))
    assert [f.column for f in found.findings] == ["remove_companies.companies", "remove_buddies.buddies"]


def test_a_company_counts_as_singled_out_even_if_nothing_changes_for_it() -> None:
    same = scenario({"kind": "change_companies", "companies": ["garage"], "fields": {"priority": 3}})
    assert singled_out(PROBLEM, (same,)) == {"garage"}


def test_a_group_that_an_earlier_change_has_filled_is_singled_out() -> None:
    """All of Halle moves to section A; then section A is removed."""
    moved = {"kind": "change_companies", "districts": ["15002"], "fields": {"sector": "A01"}}
    stack = (
        scenario(moved, name="one"),
        scenario({"kind": "remove_companies", "sectors": ["A"]}, name="two"),
    )
    assert singled_out(GROUPED, stack[1:]) == frozenset()
    assert singled_out(GROUPED, stack) == {"garage", "nursery"}


def test_what_is_about_everybody_or_nobody_singles_out_nobody() -> None:
    for change in (
        {"kind": "care_need", "percent": 80},
        {"kind": "travel", "percent": 120},
        {"kind": "add_companies", "id": "x", "district": "15002"},
        {"kind": "remove_buddies", "host": "craft"},
    ):
        assert singled_out(GROUPED, (scenario(change),)) == frozenset()
    assert singled_out(GROUPED, (scenario({"kind": "host_leaves", "host": "trade"}),)) == {"foundry"}
    halved = singled_out(GROUPED, (scenario({"kind": "call_share", "percent": 50}),))
    assert halved == {"foundry", "nursery"}  # every second contact


@pytest.mark.parametrize(("count", "gone"), [(0, {"anna", "ben"}), (1, {"anna"}), (9, {"anna", "ben"})])
def test_buddies_of_a_host_are_its_first_by_id(count: int, gone: set[str]) -> None:
    after = changed({"kind": "remove_buddies", "host": "craft", "count": count})
    assert PROBLEM.buddy.keys() - after.buddy.keys() == gone


def test_new_ids_pass_over_those_there_are() -> None:
    after = changed(
        {"kind": "add_buddies", "id": "n", "like": "anna"},
        {"kind": "add_buddies", "id": "n", "count": 2, "like": "ben"},
    )
    assert {"n-1", "n-2", "n-3"} <= after.buddy.keys()
