"""A scenario is matched and compared with today, planned, counted, and gives the same outcome every time."""

import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.service.sources import default_sources
from api.studies.outcome.figures import most_weight
from api.studies.outcome.outcome import FigureName, Move
from api.studies.outcome.run_scenario import StudyOptions, WrongScenario, outcome_of, weeks_named
from api.studies.outcome.some_weeks import WeeksBefore, with_horizon
from data.base.entity import canonical_json
from data.model.history import Contact
from data.model.relation import Ban, Relation
from tests.api.studies.outcomes import ANNA_ILL, ONE_MORE, PROBLEM, scenario
from tests.refusals import refused

SOURCES = default_sources()
MATCHED = StudyOptions()
PLANNED = StudyOptions(("2026-W48", "2026-W49"))


def test_the_base_is_today_and_nobody_moves() -> None:
    found = outcome_of(PROBLEM, SOURCES, (), MATCHED)
    assert (found.name, found.moves, found.weeks) == ("", (), ())
    assert found.base_hash == found.matching_hash
    served = found.figure[FigureName.SERVED]
    # The garage, of priority 2, stays unserved; giving up another one would cost 4 or 5.
    assert (served.value, served.whole, served.bound) == (3, 4, 3)
    assert found.figure[FigureName.UNSERVED_WEIGHT].value == 2


def test_one_more_buddy_takes_what_is_left_over_and_nobody_moves() -> None:
    found = outcome_of(PROBLEM, SOURCES, (ONE_MORE,), MATCHED)
    assert found.moves == (Move(company="garage", before=None, after="new-1"),)
    assert found.figure[FigureName.COVERAGE].value == found.figure[FigureName.COVERAGE].bound == 4
    assert found.figure[FigureName.MOVED].value == 0


def test_nothing_that_changes_nothing_is_told_as_a_difference() -> None:
    """An empty scenario plans exactly the base's weeks, though some of today's relations have ended in it."""
    gone = PROBLEM.replace(
        relations=(*PROBLEM.relations, Relation(company="nursery", buddy="anna", since=date(2026, 3, 2))),
        bans=(Ban(buddy="anna", company="nursery"),),
        history=(Contact(company="bakery", buddy="anna", date=date(2026, 3, 1), minutes=60),),
    )
    base, empty = (outcome_of(gone, SOURCES, held, PLANNED) for held in ((), (scenario(),)))
    assert empty.moves == ()
    names = FigureName.VISITS, FigureName.UNPLANNED, FigureName.LATE, FigureName.ROUTED_TRAVEL_MIN
    assert [empty.figure[name].value for name in names] == [base.figure[name].value for name in names]


def test_who_leaves_leaves_companies_behind() -> None:
    found = outcome_of(PROBLEM, SOURCES, (scenario({"kind": "remove_buddies", "buddies": ["ben"]}),), MATCHED)
    assert Move(company="nursery", before="ben", after=None) in found.moves
    assert found.figure[FigureName.LEFT].value == 1


def test_costs_are_those_of_the_positions() -> None:
    """Two full positions of 65,000 € over 5 specialists, all served: 26,000 € each."""
    found = outcome_of(PROBLEM, SOURCES, (), MATCHED)
    assert found.full_positions_percent == 200
    assert found.figure[FigureName.COST_CENTS].value == 2 * 6_500_000
    assert found.figure[FigureName.COST_PER_SPECIALIST_CENTS].value == 2_600_000


def test_whom_a_budget_does_not_pay_costs_nothing() -> None:
    """The money pays for one of the two full positions."""
    found = outcome_of(
        PROBLEM, SOURCES, (scenario({"kind": "budget", "cents_per_year": 7_000_000}),), MATCHED
    )
    assert found.full_positions_percent == 100
    assert found.figure[FigureName.COST_CENTS].value == 6_500_000


def test_shared_languages_are_told_with_their_bound() -> None:
    found = outcome_of(PROBLEM, SOURCES, (), MATCHED).figure[FigureName.SPOKEN_TO]
    assert (found.value, found.whole, found.bound, found.level) == (3, 5, 3, 2)
    taught = scenario({"kind": "learns", "buddies": ["ben"], "language": "uk"})
    assert outcome_of(PROBLEM, SOURCES, (taught,), MATCHED).figure[FigureName.SPOKEN_TO].value == 5


def test_parts_add_up_to_the_whole() -> None:
    found = outcome_of(PROBLEM, SOURCES, (ONE_MORE,), MATCHED)
    for parts in (found.districts, found.sectors, found.hosts):
        assert sum(part.served for part in parts) == found.figure[FigureName.SERVED].value
        assert sum(part.expected_travel_min for part in parts) == (
            found.figure[FigureName.EXPECTED_TRAVEL_MIN].value
        )
    spoken = {part.key: (part.specialists, part.spoken_to) for part in found.languages}
    assert spoken == {"ar": (3, 3), "ru/uk": (2, 0)}


def test_who_is_away_for_all_planned_weeks_keeps_the_companies() -> None:
    base, ill = (outcome_of(PROBLEM, SOURCES, held, PLANNED) for held in ((), (ANNA_ILL,)))
    assert ill.moves == ()
    assert ill.figure[FigureName.VISITS].value < base.figure[FigureName.VISITS].value
    missed = FigureName.UNPLANNED, FigureName.LATE
    assert sum(ill.figure[name].value for name in missed) > sum(base.figure[name].value for name in missed)


def test_the_same_scenario_gives_the_same_bytes_however_many_work_on_it() -> None:
    once = outcome_of(PROBLEM, SOURCES, (ANNA_ILL,), PLANNED)
    with ThreadPoolExecutor(2) as pool:
        again = outcome_of(
            *pickle.loads(pickle.dumps((PROBLEM, SOURCES, (ANNA_ILL,), PLANNED))), executor=pool
        )
    assert canonical_json(once) == canonical_json(again) and once.hash == again.hash


def test_a_matching_in_force_is_what_moves_are_counted_against() -> None:
    from data.travel.provider import times_of
    from matching.solve import match

    away = PROBLEM.replace(bans=(Ban(buddy="anna", company="foundry"),))
    base = match(away, times_of(away, SOURCES.travel)).replace(problem_hash=PROBLEM.hash)
    found = outcome_of(PROBLEM, SOURCES, (ONE_MORE,), MATCHED, base)
    assert found.base_hash == base.hash
    # Anna keeps the bakery and the garage, which she has in force; only the foundry is open.
    assert found.moves == (Move(company="foundry", before=None, after="new-1"),)


def test_everything_wrong_is_told_at_once_also_from_another_process() -> None:
    two = scenario({"kind": "remove_buddies", "buddies": ["ana"]}, {"kind": "host_leaves", "host": "x"})
    with pytest.raises(WrongScenario) as caught:
        outcome_of(PROBLEM, SOURCES, (two,), MATCHED)
    assert len(caught.value.findings) == 2
    assert pickle.loads(pickle.dumps(caught.value)).findings == caught.value.findings


def test_weeks_that_absences_name() -> None:
    assert weeks_named((ANNA_ILL, ONE_MORE, ANNA_ILL)) == ("2026-W48", "2026-W49")


def test_the_horizon_reaches_a_week_beyond_what_is_planned() -> None:
    assert with_horizon(PROBLEM, ()) is PROBLEM
    assert with_horizon(PROBLEM, ("2026-W48",)).horizon.weeks == 4
    # W48 to W53 are six weeks, then W01 and W02, and the one beyond: nine.
    assert with_horizon(PROBLEM, ("2027-W01", "2027-W02")).horizon.weeks == 9
    for week in ("2026-W47", "2028-W01"):
        with refused(WeeksBefore, week):
            with_horizon(PROBLEM, (week,))


ROWS = st.lists(st.tuples(st.integers(1, 6), st.integers(1, 5)), max_size=7)


@given(ROWS, ROWS, st.data())
def test_no_choice_serves_more_than_the_bound_that_is_carried_over(
    rows: list[tuple[int, int]], hopeless: list[tuple[int, int]], data: st.DataObject
) -> None:
    """Brute force over every set of companies to leave out that costs at least the bound."""
    lost = sum(level for level, _ in hopeless)
    least = data.draw(st.integers(0, lost + sum(level for level, _ in rows)))
    total = sum(here for _, here in (*rows, *hopeless))
    most = most_weight(total, least, rows, hopeless)
    for chosen in range(2 ** len(rows)):
        out = [row for k, row in enumerate(rows) if chosen >> k & 1]
        if lost + sum(level for level, _ in out) >= least:
            assert sum(here for k, (_, here) in enumerate(rows) if not chosen >> k & 1) <= most
