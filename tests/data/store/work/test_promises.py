"""Promises to companies, on both databases."""

from datetime import date

import pytest
from sqlalchemy import Connection

from data.results.promise import Promise, PromiseState
from data.store.database.record import Conflict, NotThere
from data.store.work.plans import publish
from data.store.work.promises import answer_promise, keep_promises, promise_of, promises_of_week
from tests.data.store.entered import PROGRAMME, WEEK, draft, published
from tests.refusals import refused

MONDAY = Promise(visit="v", company="bakery", date=date(2026, 11, 23), from_min=540, to_min=600)
OTHER = MONDAY.replace(visit="w", company="garage", date=date(2026, 11, 25))


def test_a_window_that_stays_keeps_its_answer_and_one_that_moves_is_asked_again(c: Connection) -> None:
    plan = published(c)
    keep_promises(c, plan, {"anna": (MONDAY,), "ben": (OTHER,)})
    for visit in "vw":
        answer_promise(c, PROGRAMME, visit, PromiseState.CONFIRMED, 1)
    later = publish(c, draft(c, plan.matching), "u")
    keep_promises(c, later, {"anna": (MONDAY,), "ben": (OTHER.replace(from_min=570),)})
    kept, moved = promise_of(c, PROGRAMME, "v"), promise_of(c, PROGRAMME, "w")
    assert (kept.promise.state, kept.version, kept.plan) == (PromiseState.CONFIRMED, 2, later.id)
    assert (moved.promise.state, moved.version, moved.promise.from_min) == (PromiseState.PROPOSED, 3, 570)


def test_another_buddy_in_the_same_window_asks_nobody_again(c: Connection) -> None:
    plan = published(c)
    keep_promises(c, plan, {"anna": (MONDAY,)})
    answer_promise(c, PROGRAMME, "v", PromiseState.CONFIRMED, 1)
    keep_promises(c, plan, {"ben": (MONDAY,)})
    now = promise_of(c, PROGRAMME, "v")
    assert (now.buddy, now.promise.state, now.version) == ("ben", PromiseState.CONFIRMED, 3)


def test_what_a_later_plan_drops_is_no_promise_any_more_but_other_weeks_stay(c: Connection) -> None:
    plan = published(c)
    next_week = OTHER.replace(date=date(2026, 11, 30))
    keep_promises(c, plan, {"anna": (MONDAY, next_week)})
    keep_promises(c, plan, {})
    with refused(NotThere, 'no window was promised for the visit "v"'):
        promise_of(c, PROGRAMME, "v")
    assert promise_of(c, PROGRAMME, "w").promise == next_week


def test_an_answer_to_what_has_changed_since_is_refused(c: Connection) -> None:
    keep_promises(c, published(c), {"anna": (MONDAY,)})
    answer_promise(c, PROGRAMME, "v", PromiseState.DECLINED, 1)
    with refused(Conflict, "has version 2, not 1"):
        answer_promise(c, PROGRAMME, "v", PromiseState.CONFIRMED, 1)
    with pytest.raises(NotThere):
        answer_promise(c, PROGRAMME, "x", PromiseState.CONFIRMED, 1)


def test_a_week_lists_its_promises_by_time_of_one_buddy_or_all(c: Connection) -> None:
    keep_promises(c, published(c), {"ben": (OTHER,), "anna": (MONDAY,)})
    assert [one.promise.visit for one in promises_of_week(c, PROGRAMME, WEEK)] == ["v", "w"]
    assert [one.promise.visit for one in promises_of_week(c, PROGRAMME, WEEK, "ben")] == ["w"]
    assert promises_of_week(c, PROGRAMME, "2026-W49") == ()
