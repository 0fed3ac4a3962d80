"""Find colleagues to cover a visit that its buddy cannot make: solve their weeks with it, own host first."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial

from data.base.dates import days_of
from data.base.status import Status
from data.results.promise import PromiseState
from scheduling.plan.model import BuddyWeek
from scheduling.plan.plan_weeks import solve_or_relax
from scheduling.plan.prices import Commitments
from scheduling.plan.settled import HERE
from scheduling.replan.due_visits import Week
from scheduling.replan.reopened_weeks import Reopened
from scheduling.week.instance import WeekInstance, WeekResult
from scheduling.week.solve import WeekOptions, solve_week

Colleagues = Callable[[str], tuple[tuple[str, ...], ...]]
"""The buddies who may visit a company (empty: none in particular), in tiers in order of preference."""
NEAREST = 8
"""How many colleagues of a tier are considered at a time: those whose weeks come nearest."""

OpenWeek = tuple[Week, frozenset[str]]
"""A week and the visits it should have."""
Result = tuple[WeekResult, tuple[str, ...]]
Solve = Callable[[WeekInstance], Result]
Loss = tuple[int, ...]
"""The loss of a week, most serious component first.

Clashing appointments, pressing weight left out, promises broken (confirmed, proposed), other weight left out,
and travel.
"""
GRAVE = 4
"""The number of leading components that are zero in a firm week."""
NO_GRAVE: Loss = (0,) * GRAVE


@dataclass(frozen=True)
class Answer:
    """A week that was built and solved, with the appointments that could not be kept."""

    week: BuddyWeek
    result: WeekResult
    clash: tuple[str, ...]

    def loss(self, commitments: Commitments) -> Loss:
        """Return what the week omits, breaks and drives, most serious first."""
        starts = {
            stop.id: (d, stop.start) for d, day in enumerate(self.result.days) if day for stop in day.stops
        }
        days, pressing, others, broken = days_of(self.week.week), 0, 0, Counter[PromiseState]()
        for visit in self.week.visits.values():
            promise = commitments.binding(visit.id)
            if visit.id not in starts:
                pressing += visit.weight * (visit.id in commitments.pressing)
                others += visit.weight * (visit.id not in commitments.pressing)
            d, minute = starts.get(visit.id, (None, 0))
            kept = promise and d is not None and days[d] == promise.date
            if promise and not (kept and promise.from_min <= minute <= promise.to_min):
                broken[promise.state] += 1
        promises = broken[PromiseState.CONFIRMED], broken[PromiseState.PROPOSED]
        return len(self.clash), pressing, *promises, others, self.result.travel_min or 0

    def plans(self, visit: str) -> bool:
        """Return whether the visit is planned."""
        return any(stop.id == visit for day in self.result.days if day for stop in day.stops)


class OpenWeeks:
    """The reopened weeks while visits are added to them; each is solved on demand."""

    def __init__(self, reopened: Reopened, options: WeekOptions, executor: Executor | None) -> None:
        self.reopened, self.options, self.executor = reopened, options, executor
        self.visits = {key: frozenset(visits) for key, visits in reopened.due.items()}
        self._solved: dict[OpenWeek, Answer] = {}
        self._explained: dict[OpenWeek, Answer] = {}
        # Weeks for which it is proved that there is no firm plan.
        self._unkept: set[OpenWeek] = set()

    def final(self, key: Week) -> Answer:
        """Return the best week with its current visits, with reasons for those left out."""
        return self.answers([(key, self.visits[key])], reasons=True)[0]

    def answers(self, asked: list[OpenWeek], reasons: bool = False) -> list[Answer]:
        """Return the best week of each, solving in parallel those not cached.

        If every promise can be kept and every pressing visit planned, the firm week is the fastest proof.
        """
        solved = self._explained if reasons else self._solved
        self._try_firm(asked, reasons)
        missing, options = _not_in(solved, asked), replace(self.options, reasons=reasons)
        for each, week, result in self._built(
            missing, firm=False, solve=partial(solve_or_relax, options=options)
        ):
            if HERE in result[1] and not self.reopened.closed(each[0]):
                self.reopened.close_today(each[0])
                self._unkept = {other for other in self._unkept if other[0] != each[0]}
                solved[each] = self.answers([each], reasons)[0]
            else:
                solved[each] = Answer(week, *result)
        return [solved[each] for each in asked]

    def _try_firm(self, asked: list[OpenWeek], reasons: bool = False) -> None:
        """Solve the firm week of each that is neither solved nor known to have none."""
        solved, options = self._explained if reasons else self._solved, replace(self.options, reasons=reasons)
        missing = [each for each in _not_in(solved, asked) if each not in self._unkept]
        for each, week, result in self._built(missing, firm=True, solve=partial(_firm, options=options)):
            if result[0].status is Status.OPTIMAL:
                solved[each] = Answer(week, *result)
            elif result[0].status is Status.INFEASIBLE:
                self._unkept.add(each)

    def _built(
        self, asked: list[OpenWeek], firm: bool, solve: Solve
    ) -> list[tuple[OpenWeek, BuddyWeek, Result]]:
        built = [self.reopened.build(*each, firm=firm) for each in asked]
        run = self.executor.map if self.executor else map
        return list(zip(asked, built, run(solve, [week.instance for week in built]), strict=True))

    def extra(self, keys: Iterable[Week], visit: str) -> Iterator[tuple[Week, Loss, bool]]:
        """Yield for each week what a visit would add to its loss, and whether it would be planned.

        Weeks are omitted if they certainly lose more than another one that plans the visit without serious
        loss.
        """
        without = {key: (key, self.visits[key] - {visit}) for key in keys}
        both = {key: (key, visits | {visit}) for key, (_, visits) in without.items()}
        worse = self._surely_worse(without, both, visit)
        kept = [key for key in both if key not in worse]
        found = self.answers([*(without[key] for key in kept), *(both[key] for key in kept)])
        for key, before, after in zip(kept, found, found[len(kept) :], strict=False):
            yield key, self._more(before, after), after.plans(visit)

    def _more(self, before: Answer, after: Answer) -> Loss:
        commitments = self.reopened.commitments
        return tuple(a - b for a, b in zip(after.loss(commitments), before.loss(commitments), strict=True))

    def _surely_worse(
        self, without: dict[Week, OpenWeek], both: dict[Week, OpenWeek], visit: str
    ) -> set[Week]:
        """Return weeks that keep every promise without the visit but not with it, if another one can.

        Solving such a week takes longest, and would only show how much worse it is.
        """
        self._try_firm([*without.values(), *both.values()])
        able = [
            (self._solved[without[key]], self._solved[asked])
            for key, asked in both.items()
            if without[key] in self._solved and asked in self._solved
        ]
        # A window that a moved visit misses is no broken promise, so the serious losses do not include it.
        if self.reopened.moves or not any(
            after.plans(visit) and self._more(before, after)[:GRAVE] <= NO_GRAVE for before, after in able
        ):
            return set()
        return {
            key
            for key, asked in both.items()
            if asked in self._unkept
            and without[key] in self._solved
            and self._solved[without[key]].loss(self.reopened.commitments)[:GRAVE] == NO_GRAVE
        }


def _not_in(solved: dict[OpenWeek, Answer], asked: list[OpenWeek]) -> list[OpenWeek]:
    return [each for each in dict.fromkeys(asked) if each not in solved]


def _firm(instance: WeekInstance, options: WeekOptions) -> Result:
    return solve_week(instance, options), ()


def taker(weeks: OpenWeeks, colleagues: Colleagues, visit: str, home: Week) -> Week | None:
    """Return the week of the best colleague for a visit, None if it stays in its home week.

    It stays if that loses nothing but travel. Otherwise it goes to the first tier in which a colleague can
    plan it at a smaller loss than its own buddy, and there to the smallest loss.
    """
    due, pressing = weeks.reopened.visits[visit], visit in weeks.reopened.commitments.pressing
    staying: Loss = (due.start is not None, due.weight * pressing, 0, 0, due.weight * (not pressing), 0)
    if home in weeks.visits:
        ((_, staying, planned),) = weeks.extra([home], visit)
        if planned and not any(staying[:-1]):
            return None
    for tier in offers(weeks, colleagues, visit, home):
        if tier and tier[0][0] < staying:
            return tier[0][1]
    return None


def offers(
    weeks: OpenWeeks, colleagues: Colleagues, visit: str, home: Week
) -> Iterator[list[tuple[Loss, Week]]]:
    """Yield for each tier the colleagues who could make a visit, with their weeks' losses, least first.

    The deputies of its own buddy come first, in their order.
    """
    due = weeks.reopened.visits[visit]
    for tier in (*_deputies(weeks, due.company, home[0]), *colleagues(due.company)):
        asked = _nearest(weeks, tier, due.place, home)
        yield sorted((more, key) for key, more, planned in weeks.extra(asked, visit) if planned)


def _deputies(weeks: OpenWeeks, company: str, buddy: str) -> Iterator[tuple[str, ...]]:
    problem = weeks.reopened.problem
    banned = {ban.buddy for ban in problem.bans if ban.company == company}
    for deputy in problem.buddy[buddy].deputies if company and buddy in problem.buddy else ():
        if deputy not in banned:
            yield (deputy,)


def _nearest(weeks: OpenWeeks, tier: Iterable[str], place: str, home: Week) -> list[Week]:
    """Return the weeks of the colleagues who come nearest to a place, from the base or any stop."""
    times, found = weeks.reopened.times, []
    for buddy in tier:
        key = (buddy, home[1])
        if key == home or key not in weeks.visits or not any(weeks.reopened.settled[key].days):
            continue
        places = [buddy, *(weeks.reopened.visits[each].place for each in weeks.visits[key])]
        found.append((min(times.minutes(near, place) for near in places), key))
    return [key for _, key in sorted(found)[:NEAREST]]
