"""Scenarios, on either database."""

import pytest
from sqlalchemy import Connection

from data.change import Change, ChangeKind
from data.store.problems import keep_problem
from data.store.record import Conflict, NotThere
from data.store.scenarios import NewScenario, all_changes, keep_scenario, scenario_of, scenarios_of
from tests.data.store.entered import PROGRAMME, RUN, entered

MORE = Change(kind=ChangeKind.PLACES, who="anna", before="25", after="30")
PINNED = Change(kind=ChangeKind.PIN, who="ben", after="foundry")


def test_a_scenario_comes_back_and_builds_on_its_parent(c: Connection) -> None:
    entered(c)
    base = NewScenario(PROGRAMME, RUN.problem.hash, "more places", (MORE,), "u", note="for the budget")
    parent = keep_scenario(c, base)
    child = keep_scenario(c, NewScenario(PROGRAMME, RUN.problem.hash, "and a pin", (PINNED,), "u", parent))
    stored = scenario_of(c, parent)
    assert (stored.name, stored.changes, stored.note, stored.parent) == (
        "more places",
        (MORE,),
        "for the budget",
        None,
    )
    assert all_changes(c, scenario_of(c, child)) == (MORE, PINNED)
    assert {one.id for one in scenarios_of(c, PROGRAMME)} == {parent, child}


def test_a_parent_of_another_problem_is_refused(c: Connection) -> None:
    entered(c)
    parent = keep_scenario(c, NewScenario(PROGRAMME, RUN.problem.hash, "one", (MORE,), "u"))
    other = keep_problem(c, RUN.problem.replace(care=()), RUN.times)
    with pytest.raises(Conflict, match="changes another problem"):
        keep_scenario(c, NewScenario(PROGRAMME, other, "two", (), "u", parent))
    with pytest.raises(NotThere):
        keep_scenario(c, NewScenario(PROGRAMME, other, "three", (), "u", "x"))
