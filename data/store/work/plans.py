"""Plans and their versions: drafts are published, and superseded once they are in force for no week."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import Connection, Row, func, insert, select, update

from data.base.dates import weeks_from
from data.base.message import message
from data.results.replanning import Replanning
from data.results.solution import BuddyWeeks
from data.store.database.record import Conflict, NotThere, new_id
from data.store.tables import schema as s
from data.store.tables.utc import now
from data.store.work.bases import Base, base_from, base_now, plans_by_week
from data.store.work.programmes import lock_programme


class PlanState(StrEnum):
    """A draft is not binding; of published plans the highest version is in force for its weeks."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


@dataclass(frozen=True)
class StoredPlan:
    """A plan without its weeks; `parent` is the plan it replaces by re-planning.

    `base` is what was in force when it was made.
    """

    id: str
    programme: str
    matching: str
    version: int
    state: PlanState
    first_week: str
    weeks: int
    complete: bool
    parent: str | None
    replanning: Replanning | None
    created_at: datetime
    published_at: datetime | None
    told_at: datetime | None
    base: Base

    @property
    def covered(self) -> tuple[str, ...]:
        """The ISO weeks of the plan."""
        return weeks_from(self.first_week, self.weeks)


@dataclass(frozen=True)
class NewPlan:
    """The content of a draft; without a `base` it is what is in force when the draft is stored."""

    programme: str
    matching: str
    first_week: str
    weeks: int
    buddies: tuple[BuddyWeeks, ...]
    by_user: str
    complete: bool = True
    parent: str | None = None
    replanning: Replanning | None = None
    job: str | None = None
    base: Base | None = None


def keep_draft(c: Connection, new: NewPlan) -> str:
    """Store a draft with all its weeks and return its id; it gets the programme's next version."""
    lock_programme(c, new.programme)
    of_programme = s.plan.c.programme == new.programme
    latest = c.execute(select(func.max(s.plan.c.version)).where(of_programme)).scalar() or 0
    key, covered = new_id(), weeks_from(new.first_week, new.weeks)
    c.execute(
        insert(s.plan).values(
            id=key,
            programme=new.programme,
            matching=new.matching,
            version=latest + 1,
            state=PlanState.DRAFT,
            first_week=new.first_week,
            weeks=new.weeks,
            complete=new.complete,
            parent=new.parent,
            replanning=new.replanning.model_dump_json(by_alias=True) if new.replanning else None,
            job=new.job,
            by_user=new.by_user,
            created_at=now(),
            base=(new.base or base_now(c, new.programme, covered)).text(),
        )
    )
    rows = [
        {"plan": key, "buddy": own.buddy, "body": own.model_dump_json(by_alias=True)} for own in new.buddies
    ]
    if rows:
        c.execute(insert(s.buddy_weeks), rows)
    return key


def plan_of(c: Connection, key: str) -> StoredPlan:
    """Return a plan by its id; raises `NotThere`."""
    row = c.execute(select(s.plan).where(s.plan.c.id == key)).first()
    if row is None:
        raise NotThere(message("no_plan", plan=key))
    return _stored(row)


def weeks_of_plan(c: Connection, key: str) -> tuple[BuddyWeeks, ...]:
    """Return the weeks of all buddies in a plan, sorted by buddy."""
    rows = c.execute(
        select(s.buddy_weeks.c.body).where(s.buddy_weeks.c.plan == key).order_by(s.buddy_weeks.c.buddy)
    )
    return tuple(BuddyWeeks.model_validate_json(body) for body in rows.scalars())


def weeks_of_buddy(c: Connection, key: str, buddy: str) -> BuddyWeeks | None:
    """Return the weeks of one buddy in a plan, None if it has none."""
    mine = (s.buddy_weeks.c.plan == key) & (s.buddy_weeks.c.buddy == buddy)
    body = c.execute(select(s.buddy_weeks.c.body).where(mine)).scalar()
    return BuddyWeeks.model_validate_json(body) if body else None


def published_plans(c: Connection, programme: str) -> tuple[StoredPlan, ...]:
    """Return a programme's published plans, the highest version first."""
    rows = c.execute(
        select(s.plan)
        .where(s.plan.c.programme == programme, s.plan.c.state == PlanState.PUBLISHED)
        .order_by(s.plan.c.version.desc())
    )
    return tuple(_stored(row) for row in rows)


def all_plans(c: Connection, programme: str) -> tuple[StoredPlan, ...]:
    """Return a programme's plans in any state, the highest version first."""
    rows = c.execute(select(s.plan).where(s.plan.c.programme == programme).order_by(s.plan.c.version.desc()))
    return tuple(_stored(row) for row in rows)


def plan_in_force(c: Connection, programme: str, week: str) -> StoredPlan:
    """Return the published plan with the highest version that covers a week; raises `NotThere`."""
    for plan in published_plans(c, programme):
        if week in plan.covered:
            return plan
    raise NotThere(message("week_not_published", week=week), cause=message("no_published_plan", week=week))


class OtherBase(Conflict):
    """What was in force when a draft was made is so no longer: publishing it would undo others' work."""

    kind: ClassVar[str] = "other_base"


def publish(c: Connection, key: str, by_user: str) -> StoredPlan:
    """Publish a draft, superseding the plans that are in force for no week any more.

    Raises `NotThere`, `Conflict` if it is not a draft or is incomplete, and `OtherBase` if since it was made
    another plan was published for one of its weeks or another matching was adopted.
    """
    plan = plan_of(c, key)
    lock_programme(c, plan.programme)
    plan = plan_of(c, key)
    if plan.state is not PlanState.DRAFT:
        state = message("no_draft", state=plan.state.value)
        raise Conflict(
            message("only_drafts_published", state=message(f"desk_state_{plan.state}")), cause=state
        )
    if not plan.complete:
        raise Conflict(message("plan_was_cancelled"), cause=message("plan_incomplete"))
    expect_base(c, plan)
    changed = {"state": PlanState.PUBLISHED, "published_at": now(), "published_by": by_user}
    changed["told_at"] = _after(last_told(c))
    c.execute(update(s.plan).where(s.plan.c.id == key).values(**changed))
    held = {*plans_by_week(c, plan.programme).values()}
    for other in published_plans(c, plan.programme):
        if other.id not in held:
            c.execute(update(s.plan).where(s.plan.c.id == other.id).values(state=PlanState.SUPERSEDED))
    return plan_of(c, key)


def expect_base(c: Connection, plan: StoredPlan) -> None:
    """Raise `OtherBase` unless what was in force when a draft was made still is.

    That the draft's own matching was adopted since is as it should be.
    """
    held = base_now(c, plan.programme, plan.covered)
    for week in plan.covered:
        if held.plans.get(week) != plan.base.plans.get(week):
            version = plan_of(c, held.plans[week]).version if week in held.plans else 0
            raise OtherBase(message("published_since", version=version, week=week))
    if held.matching not in (plan.base.matching, plan.matching):
        raise OtherBase(message("adopted_since"))


def base_holds(c: Connection, plan: StoredPlan) -> bool:
    """Return whether what was in force when a draft was made still is."""
    try:
        expect_base(c, plan)
    except OtherBase:
        return False
    return True


def told_from(c: Connection, key: str) -> datetime:
    """Return the moment from which a plan is told as it is, of a draft that at which it was made.

    It is read without the rest of the plan, which may be cached. Raises `NotThere`.
    """
    row = c.execute(select(s.plan.c.told_at, s.plan.c.created_at).where(s.plan.c.id == key)).first()
    if row is None:
        raise NotThere(message("no_plan", plan=key))
    moment: datetime = row.told_at or row.created_at
    return moment


def last_told(c: Connection) -> datetime | None:
    """Return the moment from which the latest plan is told, None if none was published."""
    last: datetime | None = c.execute(select(func.max(s.plan.c.told_at))).scalar()
    return last


def tell_all_anew(c: Connection, *lost: datetime | None) -> None:
    """Let calendars hear of every published plan from now on, and after what a `lost` store told last."""
    moment = _after(last_told(c), *lost)
    c.execute(update(s.plan).where(s.plan.c.published_at.is_not(None)).values(told_at=moment))


def _after(*told: datetime | None) -> datetime:
    """Return the current moment, or one after all that were told: a clock may have been put back."""
    return max([now(), *(each + timedelta(seconds=1) for each in told if each)])


def _stored(row: Row[tuple[object, ...]]) -> StoredPlan:
    values = dict(row._mapping)
    values["state"] = PlanState(values["state"])
    replanning = values["replanning"]
    values["base"] = base_from(values["base"]) if values["base"] else Base({}, None)
    values["replanning"] = Replanning.model_validate_json(replanning) if replanning else None
    return StoredPlan(**{name: values[name] for name in StoredPlan.__dataclass_fields__})


def lineage(c: Connection, plan: StoredPlan) -> Iterable[StoredPlan]:
    """Yield the plan and its chain of parents, the newest first."""
    yield plan
    while plan.parent is not None:
        plan = plan_of(c, plan.parent)
        yield plan
