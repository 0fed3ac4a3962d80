"""The file format of `buddyplan solve assignment`."""

import json
from typing import Any

import pytest

from data.base.instance_text import InstanceError
from data.base.status import Status
from matching.assignment.instance import AssignmentResult, parse_assignment, result_json
from tests.refusals import english, refused

FLAT: dict[str, Any] = {
    "capacity": [40, 40],
    "min_load": [0, 0],
    "load": [[3, 3], [3, None]],
    "cost": [[12, 7], [9, None]],
    "penalty": [1000, None],
    "limits": [{"cost": [[1, 0], [0, None]], "penalty": [0, None], "at_most": 3}],
}


def parsed(**changes: Any) -> Any:
    return parse_assignment(json.dumps(FLAT | changes))


def test_flat_means_one_resource():
    several = {"capacity": [[40, 40]], "min_load": [[0, 0]], "load": [[[3, 3], [3, None]]]}
    assert parsed() == parsed(**several)


def test_min_load_penalty_and_limits_may_be_absent_or_null():
    short = parsed(min_load=None, penalty=None, limits=None)
    assert short.min_load == ((0, 0),)
    assert short.penalty == (None, None)  # every item must be assigned
    assert short.limits == ()


def test_what_is_written_reads_back():
    assert parse_assignment(parsed().model_dump_json()) == parsed()


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"cost": [[12, 7], [None, None]]}, "cost[1][0]: null where load is 3"),
        ({"load": [[3, None], [3, None]]}, "load[0][1]: null where cost is 7"),
        ({"load": [[3, 3]]}, "load: rows: 1, in cost: 2"),
        ({"load": [[3, 3], [3]]}, "load[1]: numbers: 1, items: 2"),
        ({"capacity": [40]}, "capacity: numbers: 1, agents: 2"),
        ({"penalty": [1, 2, 3]}, "cost[0]: numbers: 2, items: 3"),
        ({"cost": [[12, 7.5], [9, None]]}, "cost[0][1]: it should be a valid integer"),
        ({"capacity": [40, "40"]}, "capacity[1]: it should be a valid integer"),
        ({"load": [[3, True], [3, None]]}, "load[0][1]: it should be a valid integer"),
        ({"capacity": 40}, "capacity: it should be a list"),
        ({"weight": 1}, "weight: there is no such field here"),
        (
            {"limits": [{"cost": [[1, 0], [0, 0]], "penalty": [0, None], "at_most": 3}]},
            "cost[1][1]: null where limits[0].cost is 0",
        ),
        (
            {"limits": [{"cost": [[1, 0], [0, None]], "penalty": [None, None], "at_most": 3}]},
            "limits[0].penalty[0]: null where penalty is 1000",
        ),
    ],
)
def test_an_error_is_one_line_with_the_place(changes: dict[str, Any], line: str):
    with pytest.raises(InstanceError) as error:
        parsed(**changes)
    assert english(error.value) == line


def test_the_place_names_the_resource_where_there_are_several():
    several = {"capacity": [[40, 40]] * 2, "min_load": None}
    with refused(InstanceError, r"^load\[1\]\[0\]\[0\]: null where cost is 12$"):
        parsed(**several, load=[FLAT["load"], [[None, 3], [3, None]]])


@pytest.mark.parametrize("text", ["[]", "{", "null", '{"load": []}', "[" * 100_000])
def test_what_is_no_instance_is_refused(text: str):
    with pytest.raises(InstanceError):
        parse_assignment(text)


def test_a_result_names_what_stopped_it_only_where_something_did():
    assert "stopped" not in json.loads(result_json(AssignmentResult(status=Status.OPTIMAL)))
    stopped = AssignmentResult(status=Status.FEASIBLE, stopped="work")
    assert json.loads(result_json(stopped))["stopped"] == "work"
