"""Plans go from draft to published to superseded, on both databases."""

import pytest
from sqlalchemy import Connection

from data.store.database.record import Conflict, NotThere
from data.store.database.store import Store
from data.store.work.matchings import latest_matching, mark_adopted, matching_of
from data.store.work.plans import (
    OtherBase,
    PlanState,
    plan_in_force,
    plan_of,
    publish,
    weeks_of_buddy,
    weeks_of_plan,
)
from data.store.work.problems import keep_problem, packed, problem_of
from data.store.work.programmes import identities_of
from tests.data.store.entered import RUN, WEEK, draft, entered
from tests.refusals import refused


def test_what_is_stored_comes_back_as_it_was(store: Store) -> None:
    with store.writing() as c:
        plan = draft(c, entered(c))
    with store.reading() as c:
        problem, times = problem_of(c, RUN.problem.hash)
        stored = matching_of(c, latest_matching(c, RUN.problem.programme.id))
        assert problem == RUN.problem and problem.hash == RUN.problem.hash
        assert (times.travel_min == RUN.times.travel_min).all() and times.ids == RUN.times.ids
        assert stored.matching == RUN.matching and stored.explanations == RUN.explanations
        assert weeks_of_plan(c, plan) == RUN.weeks
        assert weeks_of_buddy(c, plan, "anna") == RUN.weeks[0]
        assert identities_of(c, RUN.problem.programme.id).name("anna") == "Anna Albrecht"


def test_a_problem_is_kept_once(c: Connection) -> None:
    entered(c)
    assert keep_problem(c, packed(RUN.problem, RUN.times, None)) == RUN.problem.hash


def test_an_exception_leaves_nothing_behind(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.writing() as c:
        entered(c)
        raise ZeroDivisionError
    with store.reading() as c, pytest.raises(NotThere):
        problem_of(c, RUN.problem.hash)


def test_versions_count_up_and_the_highest_published_is_in_force(c: Connection) -> None:
    matching = entered(c)
    first, second = draft(c, matching), draft(c, matching)
    with refused(NotThere, f"no published plan covers {WEEK}"):
        plan_in_force(c, "test", WEEK)
    publish(c, first, "u")
    assert plan_in_force(c, RUN.problem.programme.id, WEEK).id == first
    third = draft(c, matching)
    assert [plan_of(c, key).version for key in (first, second, third)] == [1, 2, 3]
    publish(c, third, "u")
    assert plan_in_force(c, RUN.problem.programme.id, WEEK).id == third
    assert plan_of(c, first).state is PlanState.SUPERSEDED


def test_a_plan_of_part_of_the_weeks_leaves_the_others_in_force(c: Connection) -> None:
    matching = entered(c)
    both = publish(c, draft(c, matching, "2026-W48", 2), "u").id
    later = publish(c, draft(c, matching, "2026-W49", 1), "u").id
    assert plan_in_force(c, RUN.problem.programme.id, "2026-W48").id == both
    assert plan_in_force(c, RUN.problem.programme.id, "2026-W49").id == later
    assert plan_of(c, both).state is PlanState.PUBLISHED
    publish(c, draft(c, matching, "2026-W48", 1), "u")
    assert plan_of(c, both).state is PlanState.SUPERSEDED


def test_a_draft_that_was_overtaken_is_refused(c: Connection) -> None:
    matching = entered(c)
    slow, quick = draft(c, matching), draft(c, matching)
    publish(c, quick, "u")
    with refused(OtherBase, "version 2 was published for"):
        publish(c, slow, "u")


def test_the_higher_version_may_be_the_older_draft(c: Connection) -> None:
    """Both were made when nothing was published: whichever is published first, the other would undo it."""
    matching = entered(c)
    first, second = draft(c, matching), draft(c, matching)
    publish(c, first, "u")
    with refused(OtherBase, "version 1 was published for"):
        publish(c, second, "u")


def test_a_draft_of_another_matching_than_the_one_adopted_since_is_refused(c: Connection) -> None:
    matching = entered(c)
    own, other = draft(c, matching), draft(c, entered(c))
    mark_adopted(c, matching, None)
    with refused(OtherBase, "another matching was adopted since"):
        publish(c, other, "u")
    publish(c, own, "u")


def test_only_drafts_are_published(c: Connection) -> None:
    quick = publish(c, draft(c, entered(c)), "u").id
    with refused(Conflict, "state of the plan: published"):
        publish(c, quick, "u")


def test_a_plan_that_was_cut_short_is_not_published(c: Connection) -> None:
    with refused(Conflict, "cancelled before"):
        publish(c, draft(c, entered(c), complete=False), "u")
