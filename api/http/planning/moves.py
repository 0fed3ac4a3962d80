"""Moves: a buddy moves a visit of their own week to another time."""

from typing import Self

from fastapi import Response
from pydantic import Field, model_validator

from api.http.frame.auth import ByBuddy, Idempotent
from api.http.frame.errors import problems
from api.http.frame.job_answers import JobAccepted, accepted
from api.http.frame.schemas import AskedDay, AskedMoment, Schema, Week
from api.http.frame.state import InAppState
from api.http.frame.writes.router import Router
from api.jobs.inputs import ReplanInput
from api.jobs.queue import submit
from data.results.replanning import Moved
from data.store.tables.utc import now
from data.store.work.jobs import JobKind, NewJob
from data.store.work.plans import plan_in_force
from data.store.work.promises import promises_of_week

router = Router(prefix="/me", tags=["me"], responses=problems(401, 403, 404, 409, 422, 500))


class MoveRequest(Schema):
    """A visit of the buddy's own week, and the minutes of a day, both included, in which it is to start.

    If the visit starts at another time than `was` by now, the answer is 409, and nothing is moved.
    """

    visit: str = Field(max_length=160, examples=["bakery-2026-W48-1"])
    day: AskedDay
    from_min: int = Field(ge=0, le=1440, examples=[540])
    to_min: int = Field(ge=0, le=1440, examples=[600])
    was: AskedMoment | None = Field(
        default=None, description="The start that was read.", examples=["2026-11-23T09:30:00+01:00"]
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.from_min > self.to_min:
            raise ValueError(f"the time ends at {self.to_min}, before it begins at {self.from_min}")
        return self


@router.post("/weeks/{week}/moves", status_code=202, dependencies=[Idempotent])
def move_visit(
    week: Week, by: ByBuddy, app_state: InAppState, asked: MoveRequest, response: Response
) -> JobAccepted:
    """Move a visit within your own week, to a slot that GET /slots offers for it with its price.

    If nothing else changes, the move is published when the job is done; otherwise it becomes a draft for a
    coordinator.
    """
    from api.published.moving import check_move, expect_start

    moment = now()
    wish = Moved(visit=asked.visit, date=asked.day, from_min=asked.from_min, to_min=asked.to_min)
    with app_state.service.store.reading() as c:
        plan = plan_in_force(c, by.programme, week)
        run = app_state.runs.of_plan(c, plan.id)
        told = [each.promise for one in plan.covered for each in promises_of_week(c, by.programme, one)]
    expect_start(run, (by.buddy, week), asked.visit, asked.was)
    check_move(run, (by.buddy, week), wish, moment, tuple(sorted(told, key=lambda each: each.visit)))
    wanted = ReplanInput(plan=plan.id, moment=moment, disruptions=(wish,), publish_if_alone=True)
    body = wanted.model_dump(mode="json")
    new = NewJob(plan.programme, JobKind.REPLAN, plan.first_week, plan.weeks, body, by.user)
    return accepted(submit(app_state.service, new), response)
