"""What each number of positions serves: the curve with its bound, its table, and the districts of a point."""

from bisect import bisect
from collections import Counter

from nicegui import ui

from api.http.studies.studies import StudyAnswer
from api.pages.coverage_tables import SHADES
from api.pages.desk.frame.elements import Choice, data, focus, heading, html, link, part, table
from api.pages.desk.frame.page import Desk
from api.pages.desk.frame.since import show_since
from api.pages.desk.frame.who_is_who import People
from api.pages.desk.studies.district_map import district_map
from api.studies.frontier.table import frontier_headings, frontier_rows, frontier_unit
from data.base.dates import days_of, iso_week, minute_of
from data.model.dated import active_within
from data.results.frontier import Frontier, FrontierPoint
from data.store.tables.utc import now

Districts = dict[str, tuple[int, int, int]]
"""Served companies, all companies and positions by district."""


async def show_frontier(desk: Desk, people: People, place: ui.element, study: str) -> None:
    """Show a frontier that was computed."""
    say = desk.say
    answer = await desk.api.get(StudyAnswer, f"/studies/{study}")
    frontier = answer.frontier
    assert frontier
    place.clear()
    with place, part("div", classes="card"):
        title = heading(say.t("curve_title"))
        show_since(desk, answer.since)
        part("p", say.t("frontier_read"), "muted")
        part("p", frontier_unit(frontier, say), "muted")
        at = f"/api/v1/studies/{study}"
        picture = part("img", classes="picture")
        picture.props.update(
            {"src": f"{at}/picture.svg?language={say.language}", "alt": say.t("frontier_picture")}
        )
        cells = ([data(cell) for cell in row] for row in frontier_rows(frontier, say))
        heads = frontier_headings(frontier, say)
        html(table(say.t("curve_title"), heads, cells, figures=len(heads)), "tall")
        link(say.t("study_workbook"), f"{at}/workbook.xlsx?language={say.language}", "button")
        _where(desk, people, frontier, answer.weeks or (iso_week(minute_of(now())[0]),))
    focus(title)


def _where(desk: Desk, people: People, frontier: Frontier, weeks: tuple[str, ...]) -> None:
    """Show where the positions of one point of the curve work, and how much they serve."""
    say = desk.say
    heading(say.t("frontier_where"), 3)
    numbers = [(str(n), say.number(point.count)) for n, point in enumerate(frontier.points)]
    chosen = Choice(say.t("frontier_number"), numbers, numbers[-1][0])
    drawn = html("", "beside-map")

    def draw() -> None:
        drawn.content = _districts(desk, people, frontier.points[int(chosen.value)], weeks)

    chosen.changed = draw
    draw()


def _districts(desk: Desk, people: People, point: FrontierPoint, weeks: tuple[str, ...]) -> str:
    say, counted = desk.say, _counted(people, point, weeks)
    shown, rows = {}, []
    for key, (served, whole, positions) in sorted(counted.items(), key=lambda item: people.name(item[0])):
        percent = 100 * served // whole
        shown[key] = (bisect(SHADES, percent), say.percent(percent))
        figures = (say.number(positions), say.number(served), say.number(whole), say.share(served, whole))
        rows.append((data(people.name(key)), *map(data, figures)))
    keys = ("desk_district", "frontier_at_work", "frontier_served", "desk_companies", "frontier_share")
    map_of = district_map(say.t("frontier_map"), counted, shown, desk.sources)
    return map_of + table(say.t("frontier_where"), [say.t(key) for key in keys], rows, figures=4)


def _counted(people: People, point: FrontierPoint, weeks: tuple[str, ...]) -> Districts:
    """Count companies looked after in some weeks by district.

    A position counts in every district in which it serves a company.
    """
    first, last = days_of(weeks[0])[0], days_of(weeks[-1])[-1]
    known = people.companies.items()
    district = {key: each.district for key, each in known if active_within(each, first, last)}
    whole = Counter(district.values())
    pairs = [(district[company], position) for company, position in point.buddy_of if company in district]
    served = Counter(key for key, _ in pairs)
    at_work = Counter(key for key, _ in set(pairs))
    return {key: (served[key], whole[key], at_work[key]) for key in sorted(whole) if key}
