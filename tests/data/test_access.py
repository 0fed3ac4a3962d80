"""What each reader sees of a programme, and that nothing hidden leaks into it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.access import Coordinator, OwnBuddy, Planner, Reader, Viewer, ids_of, visible_to
from data.base.entity import Entity
from data.base.status import ReasonCode, Status
from data.model.dated import Appointment
from data.model.problem import Care, Problem, SpecialistGroup
from data.model.programme import Host
from data.results.change import Change, ChangeKind
from data.results.explanation import Alternative, Resolved
from data.results.reason import Reason, VisitReason
from data.results.replanning import Cancelled
from data.results.solution import (
    DayRoute,
    Exclusion,
    Matching,
    Pair,
    Stop,
    Taker,
    Unassigned,
    Unplanned,
    WeekPlan,
)
from matching.solve import match
from tests.builders import buddy, company, problem, times
from tests.drawn import drawn

MOMENT = datetime(2026, 11, 23, 10, tzinfo=UTC)
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
    appointments=(
        Appointment(id="fair", start=MOMENT, minutes=30, company="nursery"),
        Appointment(id="opening", start=MOMENT, minutes=30, company="bakery"),
    ),
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
            reason=Reason(code=ReasonCode.KEPT_RELATION, holder="cem"),
            buddies=(
                Exclusion(buddy="ben", reason=Reason(code=ReasonCode.PINNED_ELSEWHERE, holder="cem")),
                Exclusion(buddy="cem", reason=Reason(code=ReasonCode.OTHER_HOST)),
            ),
        ),
    ),
)


CRAFT = visible_to(Coordinator("u", HERE, "craft"), PROBLEM)


def test_a_host_does_not_learn_from_reasons_who_works_for_another() -> None:
    shown = CRAFT.of(MATCHING)
    assert shown is not None
    assert [pair.company for pair in shown.pairs] == ["bakery"]
    (alone,) = shown.unassigned
    assert alone.reason.holder == ""
    assert [(each.buddy, each.reason.holder) for each in alone.buddies] == [("ben", "")]


def test_who_sees_everything_gets_the_same_object() -> None:
    assert visible_to(Coordinator("u"), PROBLEM).of(MATCHING) is MATCHING


NOTHING = Resolved(price=(), proved=True)


OTHER_HOST = Reason(code=ReasonCode.OTHER_HOST, company_host="nursery", buddy_host="cem")


def because(*displaced: str) -> VisitReason:
    return VisitReason(code=ReasonCode.DISPLACES, displaced=displaced)


def stop(place: str) -> Stop:
    return Stop(id=f"{place}-2026-W48-1", place=place, arrive=500, start=500, end=560)


def route(*places: str) -> DayRoute:
    stops = tuple(map(stop, places))
    return DayRoute(leave=480, back=600, work_min=120, travel_min=60, distance_m=9, stops=stops)


@pytest.mark.parametrize(
    ("entity", "shown"),
    [
        (because("nursery"), because()),
        (because("bakery", "nursery"), because("bakery")),
        (OTHER_HOST, OTHER_HOST),
        (Alternative(buddy="cem", resolved=NOTHING), None),
        (NOTHING.replace(displaced=("nursery", "bakery")), NOTHING.replace(displaced=("bakery",))),
        (
            Change(kind=ChangeKind.PIN, who="anna", after="nursery"),
            Change(kind=ChangeKind.PIN, who="anna", after=""),
        ),
        (
            Change(kind=ChangeKind.SECTOR, who="anna", after="nursery"),
            Change(kind=ChangeKind.SECTOR, who="anna", after="nursery"),
        ),
        (route("bakery", "nursery"), route("bakery")),
        (route("nursery"), None),
        (Appointment(id="a", start=MOMENT, minutes=30, company="nursery"), None),
        (Cancelled(visit="bakery-2026-W48-1", company="nursery"), None),
        (
            Cancelled(visit="nursery-2026-W48-1", company="bakery"),
            Cancelled(visit="nursery-2026-W48-1", company="bakery"),
        ),
        (Taker(visit="fair", buddy="anna", added_travel_min=5), None),
        (
            Taker(visit="opening", buddy="anna", added_travel_min=5),
            Taker(visit="opening", buddy="anna", added_travel_min=5),
        ),
    ],
)
def test_what_names_somebody_hidden_is_left_out(entity: Entity, shown: Entity | None) -> None:
    assert CRAFT.of(entity) == shown


def test_clashes_of_a_hidden_company_are_left_out() -> None:
    empty: tuple[DayRoute | None, ...] = (None,) * 7
    plan = WeekPlan(
        buddy="anna", week="2026-W48", status=Status.OPTIMAL, objective=0, bound=0, travel_min=0, days=empty,
        clash=("fair", "opening"),
        takers=(Taker(visit="fair", buddy="ben", added_travel_min=5),),
    )  # fmt: skip
    shown = CRAFT.of(plan)
    assert shown is not None
    assert (shown.clash, shown.takers) == (("opening",), ())


def test_a_day_with_hidden_stops_alone_stays_an_empty_day() -> None:
    days = (route("nursery"), None, route("bakery"), None, None, None, None)
    plan = WeekPlan(
        buddy="anna", week="2026-W48", status=Status.OPTIMAL, objective=0, bound=0, travel_min=0, days=days
    )
    shown = CRAFT.of(plan)
    assert shown is not None
    assert shown.days == (None, None, route("bakery"), None, None, None, None)


def test_visits_of_a_hidden_company_are_hidden_wherever_the_same_answer_names_them() -> None:
    left = Unplanned(id="nursery-2026-W48-1", company="nursery", reason=because())
    taken = Taker(visit="nursery-2026-W48-1", buddy="ben", added_travel_min=5)
    plan = WeekPlan(
        buddy="anna", week="2026-W48", status=Status.OPTIMAL, objective=0, bound=0, travel_min=0,
        days=(None,) * 7, unplanned=(left,), clash=("nursery-2026-W48-1", "bakery-1"), takers=(taken,),
    )  # fmt: skip
    shown = CRAFT.of(plan)
    assert shown is not None
    assert (shown.unplanned, shown.clash, shown.takers) == ((), ("bakery-1",), ())


@pytest.mark.parametrize(("host", "seen"), [("", True), ("craft", False)], ids=["all hosts", "one host"])
def test_rows_of_whom_the_problem_no_longer_has_are_for_who_sees_everything(host: str, seen: bool) -> None:
    sight = visible_to(Coordinator("u", HERE, host), PROBLEM)
    assert sight.sees("anna", "bakery")
    assert sight.sees("anna", "") and sight.sees("anna", "closed-last-year") is seen


LOOK_ALIKE = (
    "B1", "C10", "Q", "de", "uk", "car", "visit", "main", "optimal", "unserved", "too_far", "either", "both",
    "active", "2026-W48", "75", "1", "0", "15002", "pairs", "buddy", "company", "craft", "church", "",
)  # fmt: skip
"""Ids that are also levels, sectors, languages, words, numbers or names of fields."""


@st.composite
def programmes(draw: st.DrawFn) -> Problem:
    """Two hosts that do not share, each with a buddy or two and up to three companies."""
    keys = draw(st.lists(st.sampled_from(LOOK_ALIKE[:-1]), min_size=7, max_size=10, unique=True))
    buddies, companies = keys[:3], keys[3:]
    return problem(
        tuple(buddy(key, host=("craft", "church")[i % 2]) for i, key in enumerate(buddies)),
        tuple(company(key, host=("craft", "church")[i % 2], sector="Q") for i, key in enumerate(companies)),
        hosts=(Host(id="craft", cross_host=False), Host(id="church", cross_host=False)),
        specialists=tuple(SpecialistGroup(company=key, languages=("uk",)) for key in companies),
        care=tuple(Care(company=key) for key in companies),
    )


def ids_within(entity: Any) -> Iterator[str]:
    """Every id that any field of an entity holds, however deep."""
    if isinstance(entity, tuple):
        for each in entity:
            yield from ids_within(each)
    elif isinstance(entity, Entity):
        for name, kind in ids_of(type(entity)).items():
            value = getattr(entity, name)
            if kind is None:
                yield from ids_within(value)
            elif value:
                yield from value if isinstance(value, tuple) else (value,)


@drawn(200)
@given(programmes(), st.sampled_from(["", "craft", "church"]))
def test_ids_that_look_like_words_hide_nothing_else(of: Problem, host: str) -> None:
    sight = visible_to(Coordinator("u", of.programme.id, host), of)
    matching = match(of, times(of))
    shown, problem_shown = sight.of(matching), sight.of(of)
    assert shown is not None and problem_shown is not None
    assert sight.hidden.isdisjoint(ids_within(shown)) and sight.hidden.isdisjoint(ids_within(problem_shown))
    assert shown.levels == matching.levels and shown.status == matching.status
    both = sight.buddies, sight.companies
    assert shown.pairs == tuple(p for p in matching.pairs if p.buddy in both[0] and p.company in both[1])
    assert [each.company for each in shown.unassigned] == [
        each.company for each in matching.unassigned if each.company in both[1]
    ]
    assert problem_shown.policy == of.policy and problem_shown.programme == of.programme
    assert problem_shown.buddies == tuple(each for each in of.buddies if each.id in both[0])
    assert problem_shown.companies == tuple(each for each in of.companies if each.id in both[1])
    assert problem_shown.specialists == tuple(g for g in of.specialists if g.company in both[1])
