"""Who makes a contact of a company on a day: its cover, a deputy for what cannot wait, or its main buddy."""

from collections.abc import Iterable
from datetime import date

from data.model.calendar import Calendar
from data.model.covers import Covers
from data.model.dated import Appointment
from data.model.problem import Problem
from data.results.planned_contact import PlannedContact
from data.results.solution import Matching


class Visitors:
    """The visitors of one problem and matching."""

    def __init__(self, problem: Problem, matching: Matching, calendar: Calendar) -> None:
        self.covers, self._matching, self._calendar = Covers(problem), matching, calendar
        self._requests = {request.id: request for request in problem.requests}

    def of(self, company: str, main: str, day: date, request: str = "") -> str:
        """Return who makes a request (empty: regular care) of a main buddy's company on a day."""
        waits = self.covers.waits(company, day, self._requests.get(request))
        return self.covers.visitor(company, main, day, waits)

    def of_contact(self, contact: PlannedContact, main: str, day: date | None = None) -> str:
        """Return who makes a contact of a main buddy's company on a day, by default its own."""
        return self.of(contact.company, main, day or contact.day, contact.request)

    def attends(self, buddy: str, companies: set[str], asked: Appointment, day: date) -> bool:
        """Whether a buddy is named; if nobody is, whether one with these companies comes on that day."""
        if asked.buddies:
            return buddy in asked.buddies
        main = buddy if asked.company in companies else self._matching.buddy_of.get(asked.company, "")
        if main == buddy and asked.company not in companies:
            return self.covers.on(asked.company, day) == buddy
        return self.covers.visitor(asked.company, main, day, waits=False) == buddy

    def companies(self, buddy: str, days: Iterable[date]) -> frozenset[str]:
        """Return the companies at which a buddy may stand in on some of the days."""
        span = tuple(days)
        away = (
            main
            for main in self.covers.buddies(buddy)
            if any(self._calendar.away(main, day) is not None for day in span)
        )
        deputised = {company for main in away for company in self._matching.companies_of.get(main, ())}
        return self.covers.companies(buddy) | deputised
