"""The visits to companies in some weeks of a plan, and whether the relations they rest on still last."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from api.run.run import Run
from data.base.dates import days_of, iso_week
from data.register.changes.relations import lasts_on, main_relations
from data.register.rows.register import Register


@dataclass(frozen=True)
class CompanyVisit:
    """A visit to a company: who makes it, who is the main buddy in its plan, and when it starts."""

    visit: str
    company: str
    buddy: str
    main: str
    day: date
    start_min: int

    @property
    def week(self) -> str:
        """Its ISO week."""
        return iso_week(self.day)


def company_visits(run: Run, weeks: Collection[str], first: date) -> Iterator[CompanyVisit]:
    """Yield the visits of some weeks from a day on; appointments are none."""
    fixed = {each.id for each in run.problem.appointments}
    for own in run.weeks:
        for each in own.weeks:
            for day, route in zip(days_of(each.week), each.days, strict=True):
                if each.week not in weeks or day < first:
                    continue
                for stop in route.stops if route else ():
                    if stop.place in run.problem.company and stop.id not in fixed:
                        main = stop.instead_of or own.buddy
                        yield CompanyVisit(stop.id, stop.place, own.buddy, main, day, stop.start)


def without_relation(visits: Iterator[CompanyVisit], register: Register) -> Iterator[CompanyVisit]:
    """Yield the visits whose main buddy in the plan is the company's no longer on their day."""
    held = main_relations(register)
    for each in visits:
        lasting = [row for row in held.get(each.company, ()) if lasts_on(row.values, each.day)]
        if all(row.values["buddy"] != each.main for row in lasting):
            yield each
