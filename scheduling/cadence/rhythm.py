"""Chains of contacts required by a company's care and requests, and when the next contact is due.

A chain is one care row, or one request, or a first visit followed by the care that starts with it. Each
contact counts from the day of the previous one, the first from the last contact that took place. Days are
ordinals (`date.toordinal`); a rhythm of three times in four weeks makes them fractions.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from data.base.dates import parse_week
from data.model.policy import DriftDays, Policy
from data.model.problem import Care, Company, Problem, Request
from data.model.vocabulary import CareMode, Outcome, RelationRole, RequestKind, RequestState

WEEK_DAYS = 7
NEVER = date.max.toordinal()
"""The day of what is not due at all."""
URGENT_PRIORITY = 5


@dataclass(frozen=True)
class Holds:
    """From which to which day care is due, and the days between in which its company pauses."""

    first: int = 0
    last: int = NEVER
    pause: tuple[int, int] = (NEVER, 0)

    def moved(self, due: Fraction) -> Fraction:
        """Return when a contact is due that the rhythm wants on a day."""
        due = max(due, Fraction(self.first))
        if self.pause[0] <= due < self.pause[1] + 1:
            due = Fraction(self.pause[1] + 1)
        return due if due < self.last + 1 else Fraction(NEVER)


@dataclass(frozen=True)
class Rhythm:
    """How a chain repeats: every `step` days, at least `gap` apart, each up to `drift` days off its due day.

    For `dense_days` after each day in `arrivals` it repeats every `dense` days, if that is more often.
    """

    step: Fraction
    drift_days: DriftDays
    min_gap_days: int
    arrivals: tuple[int, ...] = ()
    dense: Fraction = Fraction(0)
    dense_days: int = 0
    holds: Holds = Holds()

    def after(self, day: Fraction) -> "Due":
        """Return when the contact after one on `day` is due: never where care has ended by then.

        What would be due before care begins, or in a pause of the company, is due on the first day after.
        """
        due, step = day + self.step, self.step
        for arrived in self.arrivals:
            soon = max(day, Fraction(arrived)) + self.dense
            if soon < min(due, Fraction(arrived + self.dense_days)):
                due, step = soon, self.dense
        due = self.holds.moved(due)
        gap = min(self.min_gap_days, int(step))
        return Due(due, step, drift_of(step, self.drift_days), gap, self.holds.first)


@dataclass(frozen=True)
class Due:
    """A contact is due on `day`, plus or minus `drift` days, at least `gap` days after the previous one.

    Never before the day `first`.
    """

    day: Fraction
    step: Fraction
    drift: int
    gap: int
    first: int = 0


@dataclass(frozen=True)
class Chain:
    """A source of contacts at a company; `row` is the position of its care, None for a request alone.

    Days count from `last`, the day of the last contact, or from `begin` if there was none.
    """

    company: str
    mode: CareMode
    minutes: int
    priority: int
    row: int | None = None
    rhythm: Rhythm | None = None
    request: Request | None = None
    request_due: int = 0
    last: int | None = None
    begin: int = 0


class Chains:
    """Builds the chains of one problem's companies."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.monday = parse_week(problem.horizon.first_week).toordinal()
        self._last_contact = last_contacts(problem)
        self._begin = _begins(problem)
        self._requests: dict[str, list[Request]] = defaultdict(list)
        for request in problem.requests:
            if request.state is RequestState.OPEN:
                self._requests[request.company].append(request)

    def of(self, company: str) -> tuple[Chain, ...]:
        """Return the chains of a company: its requests, then its care.

        If the company was never visited, care starts after a first visit that is still to come.
        """
        care, waiting = list(self._care(company)), list(self._requests[company])
        never = (k for k, chain in enumerate(care) if chain.mode is CareMode.VISIT and chain.last is None)
        firsts = [request for request in waiting if request.kind is RequestKind.FIRST_VISIT]
        for k, request in zip(never, firsts, strict=False):
            care[k] = replace(care[k], request=request, request_due=request_due(request, self.problem.policy))
            waiting.remove(request)
        return (*map(self._request, waiting), *care)

    def _request(self, request: Request) -> Chain:
        urgent = request.kind is RequestKind.URGENT
        return Chain(
            company=request.company,
            mode=CareMode.VISIT,
            minutes=request.minutes,
            priority=URGENT_PRIORITY if urgent else self.problem.company[request.company].priority,
            request=request,
            request_due=request_due(request, self.problem.policy),
        )

    def _care(self, company: str) -> Iterator[Chain]:
        dense = True
        for row, care in enumerate(self.problem.care_of[company]):
            visit = care.mode is CareMode.VISIT
            last, holds = (
                self._last_contact.get((company, row)),
                holds_of(care, self.problem.company[company]),
            )
            begin = max(self._begin.get((company, care.mode), self.monday), holds.first)
            rhythm = _rhythm(self.problem, care, holds, dense and visit)
            if last is None and rhythm.after(Fraction(begin)).day == NEVER:
                continue
            yield Chain(
                company=company,
                mode=care.mode,
                minutes=care.minutes,
                priority=self.problem.company[company].priority,
                row=row,
                rhythm=rhythm,
                last=None if last is None else last.toordinal(),
                begin=begin,
            )
            dense = dense and not visit


def request_due(request: Request, policy: Policy) -> int:
    """Return the day by which a request is due; a first visit has a deadline of its own."""
    due = request.due
    if request.kind is RequestKind.FIRST_VISIT:
        due = min(due, request.raised + timedelta(days=policy.first_visit_within_days))
    return due.toordinal()


def drift_of(step: Fraction, allowed: DriftDays) -> int:
    """Return the allowed deviation in days of a contact that repeats every `step` days."""
    return allowed.weekly if step <= 7 else allowed.two_weekly if step <= 14 else allowed.longer


def last_contacts(problem: Problem) -> dict[tuple[str, int], date]:
    """Return the last contact that took place before the horizon, by company and row of its care.

    If several rows have the same mode, a contact belongs to the row with the nearest minutes, and to every
    shorter one: after a visit of three hours the short visit is not needed.
    """
    monday = parse_week(problem.horizon.first_week)
    last: dict[tuple[str, int], date] = {}
    for contact in problem.history:
        if contact.outcome is not Outcome.DONE or contact.date >= monday:
            continue
        rows = [
            (k, c) for k, c in enumerate(problem.care_of.get(contact.company, ())) if c.mode is contact.mode
        ]
        nearest = min((abs(care.minutes - contact.minutes) for _, care in rows), default=0)
        for row, care in rows:
            if not contact.minutes or care.minutes - contact.minutes <= nearest:
                key = (contact.company, row)
                last[key] = max(contact.date, last.get(key, contact.date))
    return last


def holds_of(care: Care, company: Company) -> Holds:
    """Return when care of a company is due: on its days, not while the company pauses or after its end."""
    ends = [day for day in (care.until, company.ended_on) if day is not None]
    pause = (NEVER, 0)
    if company.paused_from or company.paused_until:
        until = NEVER - 1 if company.paused_until is None else company.paused_until.toordinal()
        pause = (company.paused_from.toordinal() if company.paused_from else 0, until)
    return Holds(care.since.toordinal() if care.since else 0, min(ends).toordinal() if ends else NEVER, pause)


def _rhythm(problem: Problem, care: Care, holds: Holds, dense: bool) -> Rhythm:
    policy, arrival = problem.policy, problem.policy.arrival
    groups = problem.specialists_of[care.company] if dense and arrival.visits_per_week else ()
    return Rhythm(
        step=Fraction(WEEK_DAYS * care.every_weeks, care.times),
        drift_days=policy.drift_days,
        min_gap_days=policy.min_gap_days,
        arrivals=tuple(sorted({g.arrived.toordinal() for g in groups if g.arrived is not None})),
        dense=Fraction(WEEK_DAYS, max(1, arrival.visits_per_week)),
        dense_days=WEEK_DAYS * arrival.weeks,
        holds=holds,
    )


def _begins(problem: Problem) -> dict[tuple[str, CareMode], int]:
    """Return the first day of care for companies without contacts so far: when they got a buddy.

    The time before the first contact of that mode in the history is unknown, so it does not count.
    """
    monday = parse_week(problem.horizon.first_week)
    known: dict[CareMode, date] = {}
    for contact in problem.history:
        known[contact.mode] = min(contact.date, known.get(contact.mode, monday))
    found: dict[tuple[str, CareMode], int] = {}
    for relation in problem.relations:
        ended = relation.until is not None and relation.until < monday
        if relation.role is not RelationRole.MAIN or relation.since is None or ended:
            continue
        for mode, first in known.items():
            key, begin = (relation.company, mode), min(max(relation.since, first), monday).toordinal()
            found[key] = min(begin, found.get(key, begin))
    return found
