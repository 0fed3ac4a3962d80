"""The file format of `buddyplan solve week`: what is rejected and how, and what is written."""

import json
from typing import Any

import pytest
from hypothesis import given

from data.base.instance_text import InstanceError
from data.base.status import Status
from scheduling.week.files import parse_week, result_json
from scheduling.week.instance import WeekInstance, WeekResult
from scheduling.week.solve import solve_week
from tests.refusals import english
from tests.scheduling.week.drawn_weeks import tiny_weeks
from tests.scheduling.week.plain_weeks import DAY, visit, week

VISIT: dict[str, Any] = {
    "id": "a",
    "node": 1,
    "duration_min": 60,
    "penalty": 3000,
    "windows": [[[480, 720], [780, 900]], []],
}
WEEK: dict[str, Any] = {"days": [DAY, None], "travel_min": [[0, 17], [18, 0]], "visits": [VISIT]}


def error_of(raw: object) -> str:
    with pytest.raises(InstanceError) as error:
        parse_week(raw if isinstance(raw, str) else json.dumps(raw))
    return english(error.value)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"travel_min": [[0, 17], [18]]}, "travel_min[1]: 1 entries; rows of the matrix: 2"),
        ({"travel_min": [[0, 17], [18, 1]]}, "travel_min[1][1]: 1; the diagonal is 0"),
        ({"travel_min": [[0, -1], [18, 0]]}, "travel_min[0][1]: it should be greater than or equal to 0"),
        ({"travel_min": [[0, 1.5], [18, 0]]}, "travel_min[0][1]: it should be a valid integer"),
        ({"base": 2}, "base: there is no node 2; nodes in travel_min: 2"),
        ({"days": [{"start": 600, "end": 500}, None]}, "days[0]: the start 600 is after the end 500"),
        ({"days": [DAY | {"from": 2}, None]}, "days[0]: there is no node 2; nodes in travel_min: 2"),
        ({"days": [DAY | {"begin": 2}, None]}, "days[0].begin: there is no such field here"),
        ({"days": [DAY]}, "visits[0].windows: lists: 2, days: 1"),
        ({"visits": [VISIT, VISIT]}, 'visits[1].id: "a" is visits[0] too'),
        (
            {"breaks": {"max_stretch_min": 0, "piece_min": 15}},
            "breaks.max_stretch_min: it should be greater",
        ),
        ({"max_work_min": "600"}, "max_work_min: it should be a valid integer"),
        ({"max_days": True}, "max_days: it should be a valid integer"),
        ({"visits": None}, "visits: it has to be given"),
    ],
)
def test_a_wrong_week_is_refused_saying_where_and_what(changes: dict[str, Any], says: str) -> None:
    assert error_of(WEEK | changes).startswith(says)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"node": 2}, "visits[0].node: there is no node 2; nodes in travel_min: 2"),
        ({"leave_node": 2}, "visits[0].leave_node: there is no node 2; nodes in travel_min: 2"),
        ({"windows": [[[720, 480]], []]}, "visits[0].windows[0]: [720, 480] ends before it starts"),
        ({"windows": [[[480]], []]}, "visits[0].windows[0][0][1]: it has to be given"),
        ({"windows": [[None], []]}, "visits[0].windows[0][0]: it should be a"),
        ({"windows": [[[0, 10**30]], []]}, "visits[0].windows[0][0][1]: it should be less than"),
        ({"id": 7}, "visits[0].id: it should be a text"),
        ({"penalty": -1}, "visits[0].penalty: it should be greater than or equal to 0"),
        ({"penalty": 2**51}, "visits[0].penalty: it should be less than or equal to"),
        ({"duration": 60}, "visits[0].duration: there is no such field here"),
        (
            {"promise": {"day": 2, "from": 0, "to": 9, "cost": 1}},
            "visits[0].promise.day: there is no day 2; days: 2",
        ),
        ({"promise": {"day": 0, "from": 0, "to": 9}}, "visits[0].promise.cost: it has to be given"),
        (
            {"promise": {"day": 0, "from": 0, "to": 10**30, "cost": 1}},
            "visits[0].promise.to: it should be less than",
        ),
    ],
)
def test_a_wrong_visit_is_refused_saying_where_and_what(changes: dict[str, Any], says: str) -> None:
    assert error_of(WEEK | {"visits": [VISIT | changes]}).startswith(says)


def test_costs_whose_sum_a_float_cannot_hold_are_refused() -> None:
    many = [VISIT | {"id": f"v{i}", "penalty": 2**50} for i in range(8)]
    assert error_of(WEEK | {"visits": many}).startswith(
        "visits: penalties and promises sum to 90071992547409"
    )


def test_more_visits_than_a_file_holds_are_refused() -> None:
    many = [VISIT | {"id": f"v{i}"} for i in range(1001)]
    assert error_of(WEEK | {"visits": many}) == "visits: 1001 visits; at most 1000"


def test_text_that_is_no_json_is_refused_with_its_line_and_column() -> None:
    assert error_of('{\n "days": [}') == "no JSON (line 2, column 11)"


@pytest.mark.parametrize(
    "text", ["", "[]", "7", "null", '"week"', "[" * 100_000, "7" * 5_000, '{"days": NaN}', '{"days": 1e999}']
)
def test_whatever_is_no_week_is_refused_in_one_line(text: str) -> None:
    assert len(error_of(text).splitlines()) == 1


@given(tiny_weeks())
def test_a_week_written_as_json_reads_back_the_same(of: WeekInstance) -> None:
    assert parse_week(of.model_dump_json(by_alias=True)) == of


# The result


def shown(result: WeekResult) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result_json(result))
    return found


@pytest.mark.parametrize(
    ("off", "says"),
    [
        ([[600, 600]], "days[0].off: [600, 600] ends before it starts, or is empty"),
        ([[479, 500]], "days[0].off: [479, 500] begins before 480, or overlaps another time off"),
        ([[600, 700], [690, 720]], "days[0].off: [690, 720] begins before 700, or overlaps another time off"),
        ([[900, 991]], "days[0].off: [900, 991] ends after the shift, 990"),
        ([[500 + 10 * i, 505 + 10 * i] for i in range(7)], "days[0].off: 7 times off; at most 6"),
    ],
)
def test_wrong_time_off_is_refused_saying_where_and_what(off: list[list[int]], says: str) -> None:
    assert error_of(WEEK | {"days": [DAY | {"off": off}, None]}) == says


def test_times_off_may_be_given_in_any_order() -> None:
    of = week(visit("a"), days=(DAY | {"off": [[700, 720], [600, 630]]},))
    assert of.days[0] is not None and of.days[0].off == ((600, 630), (700, 720))


def test_a_result_looks_as_documented() -> None:
    of = week(visit("a"), visit("b", windows=[[], []]), days=(DAY, None))
    result = shown(solve_week(of))
    assert result.pop("seconds") >= 0
    assert result == {
        "status": "optimal",
        "objective": 1040,  # b is left out: 1000; there and back: 20 + 20
        "bound": 1040,
        "travel_min": 40,
        "days": [
            {
                "leave": 480,
                "back": 580,
                "stops": [{"id": "a", "arrive": 500, "start": 500, "end": 560}],
                "breaks": [],
            },
            None,
        ],
        "unplanned": [{"id": "b", "reason": "no_day_open", "detail": "no window on any working day"}],
    }


def test_an_infeasible_result_names_the_clash_and_no_figures() -> None:
    result = shown(solve_week(week(visit("a", windows=[[[0, 9]]], required=True))))
    assert (result["status"], result["clash"], result["days"]) == ("infeasible", ["a"], [])
    assert not {"objective", "travel_min", "stopped"} & result.keys()


def test_a_price_and_what_it_pushes_out_stand_beside_their_reason() -> None:
    at_nine = {"windows": [[[540, 540]]]}
    result = shown(solve_week(week(visit("a", **at_nine), visit("b", penalty=900, **at_nine))))
    # a instead of b: 1000 - 900 more
    assert [(u["reason"], u["price"], u["displaces"]) for u in result["unplanned"]] == [
        ("displaces", 100, ["a"])
    ]


def test_an_objective_of_nothing_is_shown() -> None:
    result = shown(solve_week(week(visit("a", 0))))
    assert (result["status"], result["objective"], result["travel_min"]) == (Status.OPTIMAL, 0, 0)
