"""The examples of docs/solver-files.md are read, solved, and give what the page says."""

import json
import re
from typing import Any

from matching.assignment.instance import AssignmentInstance, parse_assignment
from matching.assignment.instance import result_json as assignment_json
from matching.assignment.solve import solve_assignment
from scheduling.week.files import parse_week, result_json
from scheduling.week.instance import Breaks, Day, Promise, SoFar, WeekInstance, WeekVisit
from scheduling.week.judge import check_week
from scheduling.week.solve import solve_week
from tests.folders import DOCS

PAGE = (DOCS / "solver-files.md").read_text(encoding="utf-8")
WEEK, WEEK_RESULT, ASSIGNMENT, ASSIGNMENT_RESULT = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
WEEK_PART, ASSIGNMENT_PART = re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]


def without_seconds(text: str) -> Any:
    shown = json.loads(text)
    assert shown.pop("seconds") >= 0
    return shown


def test_the_week_of_the_page_has_the_result_of_the_page() -> None:
    week = parse_week(WEEK)
    result = solve_week(week)
    assert without_seconds(result_json(result)) == without_seconds(WEEK_RESULT)
    assert check_week(week, result) == []


def test_the_assignment_of_the_page_has_the_result_of_the_page() -> None:
    result = solve_assignment(parse_assignment(ASSIGNMENT))
    assert without_seconds(assignment_json(result)) == without_seconds(ASSIGNMENT_RESULT)


def test_the_page_names_every_field_of_a_week() -> None:
    models = (WeekInstance, WeekVisit, Day, SoFar, Promise, Breaks)
    fields = {field.alias or name for model in models for name, field in model.model_fields.items()}
    assert {name for name in fields if not re.search(rf"[`\"]{name}[`\"]", WEEK_PART)} == set()


def test_the_page_names_every_field_of_an_assignment() -> None:
    fields = AssignmentInstance.model_fields
    assert {name for name in fields if not re.search(rf"[`\"]{name}[`\"]", ASSIGNMENT_PART)} == set()
