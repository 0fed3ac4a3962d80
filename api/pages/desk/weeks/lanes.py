"""The week of every buddy as a lane: days are columns, visits are blocks; unplanned visits are below."""

from dataclasses import dataclass
from datetime import date

from api.pages.desk.frame.elements import data, row_button, table
from api.pages.desk.frame.page import Desk
from api.pages.desk.frame.who_is_who import People
from api.pages.desk.matching.list import swatch
from api.run.not_planned import NotPlanned
from api.run.planned_days import clock
from api.run.waiting import wait_min
from data.base.dates import days_of
from data.results.solution import DayRoute, Stop, WeekPlan

Moment = tuple[date, int]
"""A day and a minute of it: what began before is over or under way."""


@dataclass(frozen=True)
class Lanes:
    """How a plan's lanes are drawn: future visits of a published plan can be moved."""

    desk: Desk
    people: People
    in_force: bool
    moment: Moment

    def week(self, weeks: list[WeekPlan], week: str) -> str:
        """Return the markup of the lanes of one week."""
        say = self.desk.say
        days = days_of(week)
        used = [n for n in range(7) if n < 5 or any(each.days[n] for each in weeks)]
        head = "".join(f'<th scope="col">{data(say.day(days[n]))}</th>' for n in used)
        rows = []
        for own in sorted(weeks, key=lambda each: self.people.name(each.buddy)):
            cells = "".join(f'<td data-day="{days[n]}">{self._day(days[n], own.days[n])}</td>' for n in used)
            total = data(say.t("desk_lane_travel", time=say.minutes(own.travel_min)))
            who = f"{swatch(self.people, own.buddy)}{data(self.people.name(own.buddy))}"
            rows.append(f'<tr><th scope="row">{who}<span class="muted">{total}</span></th>{cells}</tr>')
        label = data(say.t("desk_lanes"))
        return (
            f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table class="lane-table">'
            f'<thead><tr><th scope="col">{data(say.t("desk_buddy"))}</th>{head}</tr></thead>'
            f"<tbody>{''.join(rows)}</tbody></table></div>"
        )

    def _day(self, day: date, route: DayRoute | None) -> str:
        if not route:
            return '<span class="muted">–</span>'
        return "".join(self._block(day, stop, wait_min(route, stop)) for stop in route.stops)

    def _block(self, day: date, stop: Stop, waiting: int) -> str:
        say, name = self.desk.say, self.people.name(stop.place)
        when = f"{clock(stop.start)}–{clock(stop.end)}"
        inside = f"<b>{when}</b> {data(name)}"
        if stop.instead_of:
            covers = data(say.t("report_instead_of", main=self.people.name(stop.instead_of)))
            inside += f' <span class="muted">{covers}</span>'
        if waiting:
            waits = data(say.t("desk_block_waiting", time=say.minutes(waiting)))
            inside += f' <span class="muted">{waits}</span>'
        visit = stop.place in self.people.companies
        if self.in_force and (day, stop.start) < self.moment:
            over = data(say.t("desk_block_over"))
            return f'<div class="block over">{inside} <span class="muted">{over}</span></div>'
        if not visit:
            settled = data(say.t("desk_block_settled"))
            return f'<div class="block settled">{inside} <span class="muted">{settled}</span></div>'
        if not self.in_force:
            return f'<div class="block">{inside}</div>'
        says = data(say.t("desk_move_of", name=name, when=when))
        return (
            '<button type="button" class="block" draggable="true" data-act="move" '
            f'data-id="{data(stop.id)}" data-at="{data(stop.place)}" aria-label="{says}">'
            f"{inside}</button>"
        )


def left_out(desk: Desk, people: People, missing: list[NotPlanned], in_force: bool) -> str:
    """Return the markup of what is not planned: the reason for each, and a link to what helps."""
    say = desk.say
    rows = [
        (
            data(_name(people, each)),
            f"{swatch(people, each.buddy)}{data(people.name(each.buddy))}" if each.buddy else "–",
            data(_why(desk, people, each)),
            *((_help(desk, people, each),) if in_force else ()),
        )
        for each in missing
    ]
    found = say.t("desk_unplanned", count=say.number(len(rows)))
    title = f"<h3>{data(found)}</h3>"
    if not rows:
        return title + f'<p class="muted">{data(say.t("desk_unplanned_none"))}</p>'
    keys = ("desk_company", "desk_buddy", "desk_reason", *(("desk_act",) if in_force else ()))
    return title + table(say.t("desk_unplanned_table"), [say.t(key) for key in keys], rows)


def _name(people: People, visit: NotPlanned) -> str:
    return f"{people.name(visit.place)} ({visit.kind})" if visit.kind else people.name(visit.place)


def _why(desk: Desk, people: People, visit: NotPlanned) -> str:
    why = people.reason(visit.reason, desk.say.language)
    takers = ", ".join(people.name(taker.buddy) for taker in visit.takers)
    return f"{why} {desk.say.t('report_could_take', buddies=takers)}" if takers else why


def _help(desk: Desk, people: People, visit: NotPlanned) -> str:
    """Return the button that looks for a time; what nobody has, or has a fixed time, can have none."""
    if not visit.buddy or not visit.company:
        return ""
    says = desk.say.t("desk_fit_in_of", name=people.name(visit.company))
    text = desk.say.t("desk_fit_in")
    return row_button(text, "fit", visit.visit, says, "small", visit.company)
