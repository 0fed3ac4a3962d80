"""Who is affected by a draft: its visits compared with those in force, shown before it is published."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from data.base.dates import days_of
from data.base.entity import Entity
from data.base.ids import BuddyId, CompanyId, PlaceId, VisitId
from data.results.promise import Promise, PromiseState
from data.results.solution import Unplanned, WeekPlan

Weeks = Mapping[tuple[str, str], WeekPlan]
"""Week plans by buddy and ISO week."""


class Effect(StrEnum):
    """What happens to a visit; one that moves may also change its buddy."""

    ADDED = "added"
    DROPPED = "dropped"
    MOVED = "moved"
    OTHER_BUDDY = "other_buddy"


class Meeting(Entity):
    """When and by whom a visit is made: its start in minutes after midnight of the day."""

    buddy: BuddyId
    day: date
    start_min: int


class VisitChange(Entity):
    """One visit or appointment that changes; `breaks_promise`: a promised window is not kept."""

    visit: VisitId
    place: PlaceId
    effect: Effect
    before: Meeting | None = None
    after: Meeting | None = None
    breaks_promise: bool = False


class Follows(Entity):
    """A company whose main buddy changes, and since when the present one has been; None: there is none."""

    company: CompanyId
    before: BuddyId | None = None
    after: BuddyId | None = None
    since: date | None = None


class Affected(Entity):
    """All effects of a draft; `unchanged` visits keep their minute and their buddy.

    `unplaced` are visits that a re-planning should have planned and could not, such as urgent ones. Where
    `base_in_force` is false, others have published or adopted something since the draft was made:
    `published_since` are their changes, and the draft has to be rebased. `adopts` are the companies whose
    main buddy changes because the plan's matching is adopted with it.
    """

    buddies: tuple[BuddyId, ...]
    places: tuple[PlaceId, ...]
    changes: tuple[VisitChange, ...]
    unchanged: int
    unplaced: tuple[Unplanned, ...] = ()
    base_in_force: bool = True
    published_since: tuple[VisitChange, ...] = ()
    adopts: tuple[Follows, ...] = ()


def affected(before: Weeks, after: Weeks, promises: Iterable[Promise] = ()) -> Affected:
    """Compare a draft's weeks with those in force for the same weeks, and with what companies were told.

    Promises of visits that neither side has, and declined ones, are ignored.
    """
    was, will = _meetings(before), _meetings(after)
    told = {promise.visit: promise for promise in promises if promise.state is not PromiseState.DECLINED}
    changes = []
    for visit in sorted(was.keys() | will.keys()):
        place, old = was.get(visit, ("", None))
        place, new = will.get(visit, (place, None))
        if old != new:
            breaks = visit in told and not _keeps(told[visit], new)
            changes.append(
                VisitChange(
                    visit=visit,
                    place=place,
                    effect=_effect(old, new),
                    before=old,
                    after=new,
                    breaks_promise=breaks,
                )
            )
    met = [meeting for change in changes for meeting in (change.before, change.after) if meeting]
    return Affected(
        buddies=tuple(sorted({meeting.buddy for meeting in met})),
        places=tuple(sorted({change.place for change in changes})),
        changes=tuple(changes),
        unchanged=sum(was.get(visit) == meeting for visit, meeting in will.items()),
    )


def _meetings(weeks: Weeks) -> dict[str, tuple[str, Meeting]]:
    """Return place and meeting of every stop; one of several buddies has an entry for each."""
    found: dict[str, tuple[str, Meeting]] = {}
    for (buddy, week), plan in sorted(weeks.items()):
        for day, route in zip(days_of(week), plan.days, strict=True):
            for stop in route.stops if route else ():
                met = Meeting(buddy=buddy, day=day, start_min=stop.start)
                key = stop.id if stop.id not in found else f"{stop.id} ({buddy})"
                found[key] = (stop.place, met)
    return found


def _effect(old: Meeting | None, new: Meeting | None) -> Effect:
    if old is None:
        return Effect.ADDED
    if new is None:
        return Effect.DROPPED
    return Effect.MOVED if old.buddy == new.buddy else Effect.OTHER_BUDDY


def _keeps(promise: Promise, meeting: Meeting | None) -> bool:
    in_time = meeting is not None and promise.from_min <= meeting.start_min <= promise.to_min
    return in_time and meeting is not None and meeting.day == promise.date
