"""What each reader sees of a programme, and that nothing hidden leaks into it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.access import Coordinator, OwnBuddy, Planner, Reader, Viewer, visible_to
from data.base.entity import Entity
from data.base.status import ReasonCode, Status
from data.model.problem import Host, Problem
from data.results.solution import Exclusion, Matching, Pair, Reason, Unassigned
from tests.builders import buddy, company, problem

# Craft and trade allow pairs across hosts, church does not; the kiosk belongs to no host.
PROBLEM: Problem = problem(
    (buddy("anna", host="craft"), buddy("ben", host="trade"), buddy("cem", host="church")),
    (
        company("bakery", host="craft"),
        company("foundry", host="trade"),
        company("nursery", host="church"),
        company("kiosk"),
    ),
    hosts=(Host(id="craft"), Host(id="trade"), Host(id="church", cross_host=False)),
)
HERE = PROBLEM.programme.id


@pytest.mark.parametrize(
    ("reader", "buddies", "companies"),
    [
        (Coordinator("u"), "anna ben cem", "bakery foundry kiosk nursery"),
        (Coordinator("u", HERE), "anna ben cem", "bakery foundry kiosk nursery"),
        (Coordinator("u", HERE, "craft"), "anna ben", "bakery foundry kiosk"),
        (Coordinator("u", HERE, "church"), "cem", "kiosk nursery"),
        (Coordinator("u", HERE, "unknown"), "", "kiosk"),
        (Coordinator("u", "elsewhere"), "", ""),
        (OwnBuddy("u", HERE, "anna"), "anna", ""),
        (OwnBuddy("u", HERE, "nobody"), "", ""),
        (OwnBuddy("u", "elsewhere", "anna"), "", ""),
        (Planner("u", HERE), "", ""),
        (Viewer("u", HERE), "", ""),
    ],
)
def test_each_reader_sees_these_rows(reader: Reader, buddies: str, companies: str) -> None:
    sight = visible_to(reader, PROBLEM)
    assert sorted(sight.buddies) == buddies.split()
    assert sorted(sight.companies) == companies.split()
    assert sight.hidden == {*PROBLEM.buddy, *PROBLEM.company} - sight.buddies - sight.companies


MATCHING = Matching(
    problem_hash=PROBLEM.hash,
    seed=0,
    status=Status.OPTIMAL,
    levels=(),
    pairs=(
        Pair(company="bakery", buddy="anna", one_way_min=5, travel_min=20, care_min=60),
        Pair(company="nursery", buddy="cem", one_way_min=5, travel_min=20, care_min=60),
    ),
    unassigned=(
        Unassigned(
            company="foundry",
            reason=Reason(code=ReasonCode.KEPT_RELATION, found="cem"),
            buddies=(
                Exclusion(buddy="ben", reason=Reason(code=ReasonCode.PINNED_ELSEWHERE, found="cem")),
                Exclusion(buddy="cem", reason=Reason(code=ReasonCode.OTHER_HOST)),
            ),
        ),
    ),
)


def data(entity: Entity) -> Any:
    return entity.model_dump(mode="json")


def test_a_host_does_not_learn_from_reasons_who_works_for_another() -> None:
    shown = visible_to(Coordinator("u", HERE, "craft"), PROBLEM).masked(data(MATCHING))
    assert [pair["company"] for pair in shown["pairs"]] == ["bakery"]
    (alone,) = shown["unassigned"]
    assert alone["reason"]["found"] == ""
    assert [(each["buddy"], each["reason"]["found"]) for each in alone["buddies"]] == [("ben", "")]


def test_who_sees_everything_gets_it_unchanged() -> None:
    assert visible_to(Coordinator("u"), PROBLEM).masked(data(MATCHING)) == data(MATCHING)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("nursery", ""),
        ("nursery-2026-W48-1", ""),
        ("bakery-2026-W48-1, nursery-2026-W48-1", "bakery-2026-W48-1"),
        ("nursery school", "nursery school"),
        ({"runner_up": {"buddy": "cem", "tried": 3}}, {"runner_up": None}),
        ({"cem": 1, "anna": 2}, {"anna": 2}),
        (["cem", "anna"], ["anna"]),
        ([{"id": "nursery"}, {"place": "nursery"}, {"id": "x", "minutes": 5}], [{"id": "x", "minutes": 5}]),
        ([{"stops": [{"place": "nursery"}]}, {"stops": []}], [None, {"stops": []}]),
        (None, None),
    ],
)
def test_what_names_a_hidden_id_is_left_out(value: Any, shown: Any) -> None:
    assert visible_to(Coordinator("u", HERE, "craft"), PROBLEM).masked(value) == shown


ids = st.sampled_from(["anna", "ben", "cem", "bakery", "nursery", "nursery-2026-W48-1", "other", ""])
anything = st.recursive(
    ids | st.integers() | st.none(),
    lambda inner: st.lists(inner) | st.dictionaries(ids | st.sampled_from(["buddy", "note"]), inner),
)


@given(anything)
def test_no_hidden_id_is_left_in_anything(value: Any) -> None:
    shown = json.dumps(visible_to(Coordinator("u", HERE, "craft"), PROBLEM).masked(value))
    assert '"cem"' not in shown and '"nursery' not in shown
