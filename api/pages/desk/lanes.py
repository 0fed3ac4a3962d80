"""The week of every buddy as a lane: days are columns, visits are blocks; what found no time stands below."""

from typing import Any

from api.pages.desk.frame import Desk
from api.pages.desk.matching_list import swatch
from api.pages.desk.parts import data, table
from api.pages.desk.people import People
from api.planned_days import clock
from data.calendar import days_of


def lanes(desk: Desk, people: People, weeks: list[dict[str, Any]], week: str, movable: bool) -> str:
    """Return the markup of the lanes of one week; a published one's visits can be moved."""
    say = desk.say
    days = days_of(week)
    used = [n for n in range(7) if n < 5 or any(each["days"][n] for each in weeks)]
    head = "".join(f'<th scope="col">{data(say.day(days[n]))}</th>' for n in used)
    rows = []
    for own in sorted(weeks, key=lambda each: people.name(each["buddy"])):
        cells = "".join(f"<td>{_day(desk, people, own['days'][n], movable)}</td>" for n in used)
        total = data(say.t("desk_lane_travel", time=say.minutes(own["travel_min"])))
        who = f"{swatch(people, own['buddy'])}{data(people.name(own['buddy']))}"
        rows.append(f'<tr><th scope="row">{who}<span class="muted">{total}</span></th>{cells}</tr>')
    label = data(say.t("desk_lanes"))
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table class="lane-table">'
        f'<thead><tr><th scope="col">{data(say.t("desk_buddy"))}</th>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _day(desk: Desk, people: People, day: dict[str, Any] | None, movable: bool) -> str:
    if not day:
        return '<span class="muted">–</span>'
    blocks = []
    for stop in day["stops"]:
        name, when = people.name(stop["place"]), f"{clock(stop['start'])}–{clock(stop['end'])}"
        inside = f"<b>{when}</b> {data(name)}"
        if movable and stop["place"] in people.companies:
            says = data(desk.say.t("desk_move_of", name=name, when=when))
            blocks.append(
                f'<button type="button" class="block" data-act="move" data-id="{data(stop["id"])}" '
                f'data-at="{data(stop["place"])}" aria-label="{says}">{inside}</button>'
            )
        else:
            blocks.append(f'<div class="block">{inside}</div>')
    return "".join(blocks)


def left_out(desk: Desk, people: People, weeks: list[dict[str, Any]]) -> str:
    """Return the markup of the visits without a time, with the reason of each."""
    say = desk.say
    rows = [
        (
            data(people.name(each["company"])),
            f"{swatch(people, own['buddy'])}{data(people.name(own['buddy']))}",
            data(people.reason(each["reason"], say.language)),
        )
        for own in weeks
        for each in own["unplanned"]
    ]
    found = say.t("desk_unplanned", count=say.number(len(rows)))
    title = f"<h3>{data(found)}</h3>"
    if not rows:
        return title + f'<p class="muted">{data(say.t("desk_unplanned_none"))}</p>'
    return title + table(
        say.t("desk_unplanned_table"), [say.t(k) for k in ("desk_company", "desk_buddy", "desk_reason")], rows
    )
