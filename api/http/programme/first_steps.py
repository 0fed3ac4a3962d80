"""The way of a new office to its first publication, each step with whether it is done, told by the data."""

from enum import StrEnum

from fastapi import Response
from pydantic import Field
from sqlalchemy import Connection

from api.http.frame.auth import ByCoordinatorOfAll, Idempotent, InProgramme
from api.http.frame.errors import problems
from api.http.frame.schemas import Schema
from api.http.frame.state import InAppState
from api.http.frame.writes.router import Router
from data.access import in_programme
from data.base.message import message
from data.register.rows.policy import POLICY
from data.register.rows.register import Register
from data.store.database.record import NotThere
from data.store.people.users import Role, users_after
from data.store.register.remembered import About, remember, remembered
from data.store.work.listings import matchings_before
from data.store.work.matchings import adopted_matching
from data.store.work.plans import all_plans, published_plans

router = Router(prefix="/first-steps", tags=["first steps"], responses=problems(401, 403, 404, 422, 500))
RULES = "rules"
USERS_LOOKED_AT = 1000


class Step(StrEnum):
    """A step to the first publication, in their order."""

    HOSTS = "hosts"
    BUDDIES = "buddies"
    COMPANIES = "companies"
    RULES = "rules"
    INVITED = "invited"
    MATCHED = "matched"
    ADOPTED = "adopted"
    PLANNED = "planned"
    PUBLISHED = "published"


class StepShown(Schema):
    """A step; `count` is how many rows or people of its kind there are, 0 where nothing is counted."""

    step: Step
    done: bool
    count: int = Field(default=0, examples=[50])


class FirstSteps(Schema):
    """All steps in order."""

    steps: list[StepShown]


@router.get("")
def show_first_steps(by: ByCoordinatorOfAll, programme: InProgramme, app_state: InAppState) -> FirstSteps:
    """Tell which steps to the first publication are done.

    The rules count as looked at once they were changed, or somebody said that they fit as they are.
    """
    if not in_programme(by, programme):
        raise NotThere(message("no_programme", programme=programme))
    with app_state.service.store.reading() as c:
        register = app_state.programmes.registers.of(c, programme)
        return FirstSteps(steps=_steps(c, programme, register))


@router.post("/rules", status_code=204, dependencies=[Idempotent])
def keep_rules(by: ByCoordinatorOfAll, programme: InProgramme, app_state: InAppState) -> Response:
    """Say that the rules were looked at and fit as they are."""
    with app_state.service.store.writing() as c:
        remember(c, programme, About.LOOKED_AT, RULES, {}, by.user)
    return Response(status_code=204)


def _steps(c: Connection, programme: str, register: Register) -> list[StepShown]:
    rows = {entity: len(register.rows[entity]) for entity in ("hosts", "buddies", "companies")}
    policy = register.row(POLICY, POLICY)
    ruled = (policy and policy.version) or RULES in remembered(c, programme, About.LOOKED_AT)
    users = users_after(c, programme, USERS_LOOKED_AT)
    invited = sum(user.role is Role.BUDDY for user in users)
    counted = {**rows, "invited": invited}
    done = {
        **{name: bool(count) for name, count in counted.items()},
        "rules": bool(ruled),
        "matched": bool(matchings_before(c, programme, 1)),
        "adopted": adopted_matching(c, programme) is not None,
        "planned": bool(all_plans(c, programme)),
        "published": bool(published_plans(c, programme)),
    }
    return [StepShown(step=each, done=done[each], count=counted.get(each, 0)) for each in Step]
