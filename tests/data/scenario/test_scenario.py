"""Scenarios: the effect of each kind of change, undo, and rejected input."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.words.findings import finding_sentence
from data.model.findings import Severity
from data.model.policy import ObjectiveName
from data.model.problem import Care, Problem, SpecialistGroup
from data.model.programme import Host
from data.model.relation import Ban, Pin, Relation
from data.model.vocabulary import CareMode
from data.scenario.apply import applied, undone
from data.scenario.file import parse_scenario, scenario_json
from data.scenario.kinds import Scenario
from tests.builders import HALLE, STENDAL, buddy, company, problem, speaks, times
from tests.data.tables.sheets import english

COMPANIES = ("bakery", "foundry", "garage", "nursery")
PROBLEM: Problem = problem(
    (
        buddy("anna", host="craft", languages=speaks(ar="C1")),
        buddy("ben", HALLE, host="craft", districts=("15002",), max_care_min=3000),
        buddy("cem", STENDAL, host="trade", districts=("15090",)),
    ),
    (
        company("bakery", host="craft"),
        company("foundry", STENDAL, district="15090", host="trade"),
        company("garage", HALLE, district="15002"),
        company("nursery", HALLE, district="15002"),
    ),
    hosts=(Host(id="craft"), Host(id="trade")),
    care=tuple(Care(company=key, minutes=60) for key in COMPANIES),
    specialists=(SpecialistGroup(company="bakery", languages=("ar",), count=3),),
    relations=(Relation(company="bakery", buddy="anna"), Relation(company="foundry", buddy="cem")),
    pins=(Pin(buddy="anna", company="bakery"),),
)


def scenario(*changes: dict[str, Any], name: str = "trial") -> Scenario:
    read = parse_scenario(scenario_text(name, changes), "trial.json")
    assert isinstance(read, Scenario), read
    return read


def scenario_text(name: str, changes: Any) -> str:
    import json

    return json.dumps({"name": name, "changes": list(changes)})


def changed(*changes: dict[str, Any]) -> Problem:
    found = applied(PROBLEM, (scenario(*changes),))
    assert found.problem is not None, found.findings
    return found.problem


def test_buddies_are_added_like_one_there_is() -> None:
    after = changed(
        {"kind": "add_buddies", "id": "new", "count": 2, "like": "anna", "fields": {"host": "trade"}}
    )
    assert [b.id for b in after.buddies] == ["anna", "ben", "cem", "new-1", "new-2"]
    assert after.buddy["new-2"] == PROBLEM.buddy["anna"].replace(id="new-2", host="trade")


def test_buddies_are_added_in_the_middle_of_a_district() -> None:
    after = changed({"kind": "add_buddies", "id": "new", "district": "15002"})
    assert after.buddy["new-1"].base == HALLE and after.buddy["new-1"].districts == ("15002",)


def test_who_is_removed_takes_along_what_names_them() -> None:
    after = changed({"kind": "remove_buddies", "buddies": ["anna"]})
    assert [b.id for b in after.buddies] == ["ben", "cem"]
    assert after.pins == () and [r.buddy for r in after.relations] == ["cem"]
    after = changed({"kind": "remove_companies", "companies": ["bakery"]})
    assert {c.company for c in after.care} == {"foundry", "garage", "nursery"}
    assert after.specialists == () and after.pins == ()


def test_fields_are_changed() -> None:
    after = changed(
        {"kind": "change_buddies", "buddies": ["ben"], "fields": {"max_companies": 3}},
        {"kind": "change_companies", "companies": ["garage"], "fields": {"priority": 5}},
    )
    assert (after.buddy["ben"].max_companies, after.company["garage"].priority) == (3, 5)


def test_companies_are_invented_the_same_every_time_within_three_kilometres() -> None:
    wish = {"kind": "add_companies", "id": "x", "count": 12, "district": "15002", "languages": ["ar"]}
    after = changed(wish)
    made = [c for c in after.companies if c.id.startswith("x-")]
    assert len(made) == 12 and {c.district for c in made} == {"15002"}
    assert all(abs(c.point.lat - HALLE.lat) <= 0.03 and abs(c.point.lon - HALLE.lon) <= 0.03 for c in made)
    assert sum(group.count for group in after.specialists if group.company.startswith("x-")) == 24  # 12 × 2
    assert changed(wish).hash == after.hash != changed({**wish, "seed": 1}).hash


def test_absence_closes_whole_weeks() -> None:
    after = changed({"kind": "absence", "host": "craft", "count": 2, "first_week": "2027-W02", "weeks": 3})
    assert [row.who for row in after.availability] == ["anna", "ben"]
    # 2027-W02 begins on 11 January; three weeks end on Sunday, 31 January.
    assert {(str(r.first), str(r.last), r.open) for r in after.availability} == {
        ("2027-01-11", "2027-01-31", False)
    }


def test_a_host_leaves_with_its_buddies_and_its_companies_are_nobodys() -> None:
    after = changed({"kind": "host_leaves", "host": "craft"})
    assert [b.id for b in after.buddies] == ["cem"] and [h.id for h in after.hosts] == ["trade"]
    assert after.company["bakery"].host == ""


def test_contract_hours_and_limits_shrink_together() -> None:
    after = changed({"kind": "contract_hours", "percent": 50, "buddies": ["ben"]})
    # 2400 / 2, 25 / 2 rounded down, 3000 / 2
    ben = after.buddy["ben"]
    assert (ben.week_work_min, ben.max_companies, ben.max_care_min) == (1200, 12, 1500)
    assert after.buddy["anna"] == PROBLEM.buddy["anna"]


@pytest.mark.parametrize(("percent", "minutes"), [(125, 75), (75, 45), (1, 1)])
def test_care_need(percent: int, minutes: int) -> None:
    assert {c.minutes for c in changed({"kind": "care_need", "percent": percent}).care} == {minutes}


@pytest.mark.parametrize(("percent", "calls"), [(0, 0), (25, 1), (50, 2), (74, 2), (100, 4)])
def test_share_of_calls(percent: int, calls: int) -> None:
    found = applied(PROBLEM, (scenario({"kind": "call_share", "percent": percent}),)).problem
    assert found is not None
    assert sum(row.mode is CareMode.CALL for row in found.care) == calls


def test_travel_in_winter_takes_longer_and_no_longer_ways() -> None:
    after = changed({"kind": "travel", "percent": 120})
    before, winter = times(PROBLEM), times(after)
    assert (winter.travel_min == -(-before.travel_min * 120 // 100)).all()
    assert (winter.distance_m == before.distance_m).all()


def test_a_language_is_learnt() -> None:
    spoken = changed({"kind": "learns", "buddies": ["anna", "ben"], "language": "uk", "level": "B2"})
    assert [(s.language, s.level.value) for s in spoken.buddy["anna"].languages] == [
        ("ar", "C1"),
        ("uk", "B2"),
    ]


def test_opening_hours() -> None:
    morning = [[[480, 600]]] * 5 + [[], []]
    after = changed({"kind": "opening", "hours": morning, "companies": ["garage"]})
    assert after.company["garage"].opening[0] == ((480, 600),)


def test_policy_and_the_order_of_objectives() -> None:
    after = changed(
        {"kind": "policy", "fields": {"max_one_way_min": 40, "objectives": ["unserved", "travel_min"]}}
    )
    assert after.policy.max_one_way_min == 40
    assert [o.name for o in after.policy.objectives] == [ObjectiveName.UNSERVED, ObjectiveName.TRAVEL_MIN]
    assert after.policy.objectives[1].tolerance_percent == 2  # as it was


KINDS: list[dict[str, Any]] = [
    {"kind": "add_buddies", "id": "n", "count": 2, "like": "anna"},
    {"kind": "remove_buddies", "buddies": ["cem"]},
    {"kind": "change_buddies", "buddies": ["ben"], "fields": {"max_companies": 7}},
    {"kind": "add_companies", "id": "x", "count": 3, "district": "15002"},
    {"kind": "remove_companies", "companies": ["garage"]},
    {"kind": "change_companies", "companies": ["nursery"], "fields": {"priority": 1}},
    {"kind": "absence", "buddies": ["anna"], "first_week": "2026-W49"},
    {"kind": "host_leaves", "host": "trade"},
    {"kind": "contract_hours", "percent": 80},
    {"kind": "care_need", "percent": 125},
    {"kind": "call_share", "percent": 50},
    {"kind": "opening", "hours": [[[540, 720]]] * 5 + [[], []], "companies": ["garage"]},
    {"kind": "travel", "percent": 120},
    {"kind": "learns", "buddies": ["ben"], "language": "vi"},
    {"kind": "policy", "fields": {"rematch": True}},
]


@given(st.lists(st.sampled_from(KINDS), max_size=8))
def test_undone_in_reverse_every_change_gives_its_parent_back(changes: list[dict[str, Any]]) -> None:
    trial = scenario(*changes)
    found = applied(PROBLEM, (trial,))
    after = found.problem
    if after is None:
        return  # if named twice, it is already gone the second time; the findings are tested below
    assert applied(PROBLEM, (trial,)).problem == after
    for patch in reversed(found.patches):
        after = undone(after, patch)
    assert after == PROBLEM and after.hash == PROBLEM.hash


def test_scenarios_stack() -> None:
    parent = scenario({"kind": "add_buddies", "id": "n", "like": "anna"}, name="parent")
    child = scenario({"kind": "remove_buddies", "buddies": ["n-1"]}, name="child")
    assert applied(PROBLEM, (parent, child)).problem == PROBLEM


def test_everything_wrong_is_told_at_once_and_nothing_is_changed() -> None:
    found = applied(
        PROBLEM,
        (
            scenario(
                {"kind": "remove_buddies", "buddies": ["ana"]},
                {"kind": "remove_buddies", "buddies": ["ben"]},
                {"kind": "change_buddies", "buddies": ["ben"], "fields": {"max_companies": 1}},
                {"kind": "change_companies", "companies": ["garage"], "fields": {"priority": 9}},
                {"kind": "change_companies", "companies": ["garage"], "fields": {"priorty": 1}},
                {"kind": "add_buddies", "id": "x", "district": "99999"},
                {"kind": "absence", "host": "trde", "count": 1, "first_week": "2026-W49"},
                {"kind": "policy", "fields": {"objectives": ["travel"]}},
                {"kind": "policy", "fields": {"objectives": []}},
            ),
        ),
    )
    assert found.problem is None
    assert [(f.row, f.column, f.value) for f in found.findings] == [
        (1, "remove_buddies.buddies", "ana"),
        (3, "change_buddies.buddies", "ben"),
        (4, "change_companies.fields", "priority"),
        (5, "change_companies.fields", "priorty"),
        (6, "add_buddies.district", "99999"),
        (7, "absence.host", "trde"),
        (8, "policy.objectives", "travel"),
        (9, "policy.fields", "objectives"),
    ]
    assert english(found.findings[0].remedy) == 'did you mean "anna"?'


def test_pins_that_cannot_be_are_refused() -> None:
    twice = PROBLEM.replace(
        pins=(Pin(buddy="anna", company="bakery"), Pin(buddy="ben", company="bakery")),
        bans=(Ban(buddy="anna", company="bakery"),),
    )
    found = applied(twice, (scenario({"kind": "travel", "percent": 110}),))
    assert found.problem is None and len(found.findings) == 2


@pytest.mark.parametrize(
    ("fields", "column", "said"),
    [
        ({"vehicle": "bike"}, "vehicle", "is not supported yet"),
        ({"employed_from": "2027-01-05", "employed_to": "2026-12-01"}, "employed_to", "is before"),
        ({"min_care_min": 900, "max_care_min": 60}, "max_care_min", "is less than"),
    ],
)
def test_a_change_says_nothing_that_a_file_may_not_say(
    fields: dict[str, object], column: str, said: str
) -> None:
    found = applied(PROBLEM, (scenario({"kind": "change_buddies", "buddies": ["ben"], "fields": fields}),))
    assert found.problem is None
    assert found.findings[0].value == column and said in english(found.findings[0].problem)


def test_a_change_without_effect_is_a_warning() -> None:
    found = applied(PROBLEM, (scenario({"kind": "travel", "percent": 100}),))
    assert found.problem == PROBLEM and [f.severity for f in found.findings] == [Severity.WARNING]


def test_nobody_left_is_refused() -> None:
    found = applied(PROBLEM, (scenario({"kind": "remove_buddies", "buddies": ["anna", "ben", "cem"]}),))
    assert found.problem is None and english(found.findings[0].problem) == "nobody is left"


TOML = """
name = "Two ill in January"
author = "office"

[[changes]]
kind = "absence"
host = "craft"
count = 2
first_week = "2027-W02"
weeks = 3
"""


def test_a_file_is_read_and_written() -> None:
    read = parse_scenario(TOML, "ill.toml")
    assert isinstance(read, Scenario) and read.changes[0].kind == "absence"
    assert parse_scenario(scenario_json(read), "ill.json") == read


@pytest.mark.parametrize(
    ("text", "row", "column"),
    [
        ("name = \n", 1, ""),
        ('[[changes]]\nkind = "travel"\npercent = 120', 0, "name"),
        ('name = "x"\n[[changes]]\nkind = "travell"\npercent = 120', 1, "kind"),
        ('name = "x"\n[[changes]]\nkind = "travel"\npercent = "fast"', 1, "travel.percent"),
        ('name = "x"\n[[changes]]\nkind = "travel"\npercent = 120\nspeed = 3', 1, "travel.speed"),
    ],
)
def test_what_cannot_be_read_says_where(text: str, row: int, column: str) -> None:
    found = parse_scenario(text, "x.toml")
    assert not isinstance(found, Scenario)
    assert [(each.row, each.column) for each in found] == [(row, column)]


def test_a_finding_names_the_change_and_what_would_be_right() -> None:
    (found,) = parse_scenario('name = "x"\n[[changes]]\nkind = "travell"', "x.toml")
    assert (
        finding_sentence(found, "en")
        == 'x.toml change 1, kind: "travell" is no kind of change; did you mean "travel"?'
    )


def test_only_what_it_changes_enters_the_hash() -> None:
    one = scenario({"kind": "travel", "percent": 120}, name="one")
    other = one.replace(name="other", note="for the ministry")
    assert one.hash == other.hash != scenario({"kind": "travel", "percent": 110}).hash


def test_a_budget_caps_what_all_cost_and_is_taken_back():
    scenario = Scenario.model_validate_json(
        '{"name": "cut", "changes": [{"kind": "budget", "cents_per_year": 100}]}'
    )
    done = applied(PROBLEM, (scenario,))
    assert done.problem is not None
    assert done.problem.policy.budget_cents_per_year == 100
    assert undone(done.problem, done.patches[0]) == PROBLEM
