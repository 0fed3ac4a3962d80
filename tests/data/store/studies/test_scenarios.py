"""Scenarios, on both databases."""

import pytest
from sqlalchemy import Connection

from data.scenario.companies import CareNeed
from data.scenario.kinds import Scenario
from data.scenario.rules import Travel
from data.store.database.record import Conflict, NotThere
from data.store.studies.scenarios import NewScenario, keep_scenario, scenario_of, scenarios_of, stacked
from data.store.work.problems import keep_problem, packed
from tests.data.store.entered import PROGRAMME, RUN, entered
from tests.refusals import refused

MORE = CareNeed(percent=125)
WINTER = Travel(percent=120)


def test_a_scenario_comes_back_and_builds_on_its_parent(c: Connection) -> None:
    entered(c)
    base = NewScenario(PROGRAMME, RUN.problem.hash, "more care", (MORE,), "u", note="for the budget")
    parent = keep_scenario(c, base)
    child = keep_scenario(c, NewScenario(PROGRAMME, RUN.problem.hash, "and winter", (WINTER,), "u", parent))
    stored = scenario_of(c, parent)
    assert (stored.name, stored.changes, stored.note, stored.parent) == (
        "more care",
        (MORE,),
        "for the budget",
        None,
    )
    assert stacked(c, scenario_of(c, child)) == (
        Scenario(name="more care", note="for the budget", changes=(MORE,)),
        Scenario(name="and winter", parent=parent, changes=(WINTER,)),
    )
    assert {one.id for one in scenarios_of(c, PROGRAMME)} == {parent, child}


def test_a_parent_of_another_problem_is_refused(c: Connection) -> None:
    entered(c)
    parent = keep_scenario(c, NewScenario(PROGRAMME, RUN.problem.hash, "one", (MORE,), "u"))
    other = keep_problem(c, packed(RUN.problem.replace(care=()), RUN.times, None))
    with refused(Conflict, "changes another problem"):
        keep_scenario(c, NewScenario(PROGRAMME, other, "two", (), "u", parent))
    with pytest.raises(NotThere):
        keep_scenario(c, NewScenario(PROGRAMME, other, "three", (), "u", "x"))
