"""A company or buddy at a glance, and what their story tells beside the rows that belong to them."""

from datetime import date

from api.http.register.stories import NextVisit
from api.pages.desk.frame.elements import data, heading, html, part, table
from api.pages.desk.register.rows.open_row import OpenRow
from data.base.dates import minute_of
from data.model.vocabulary import CareMode, Outcome
from data.register.changes.relations import is_main, lasts_on
from data.results.questions import CaseloadUse
from data.store.tables.utc import now

MOST_VISITS = 8


def show_company(opened: OpenRow) -> None:
    """Show whom to call, who is in charge, the last contact and the next visit."""
    values = opened.row.values
    person = [data(values[name]) for name in ("contact_name",) if values.get(name)]
    for name, scheme in (("contact_phone", "tel"), ("contact_email", "mailto")):
        if text := values.get(name):
            to = text.replace(" ", "") if scheme == "tel" else text
            person.append(f'<a href="{scheme}:{data(to)}">{data(text)}</a>')
    _glance(
        opened,
        {
            "glance_person": "<br>".join(person),
            "glance_buddy": _in_charge(opened),
            "glance_last": _last_contact(opened),
            "glance_next": _next_visit(opened),
        },
    )


def show_buddy(opened: OpenRow) -> None:
    """Show how full the buddy is, the languages, the next absence and the next visit."""
    caseload = "".join(_meter(opened, each) for each in opened.story.caseload)
    away = [
        (row.values["from"], row.values.get("to", ""))
        for row in opened.words.rows("availability")
        if row.values.get("who") == opened.row.id
        and row.values.get("open", "no") == "no"
        and row.values.get("from")
        and row.values.get("to", "9999") >= minute_of(now())[0].isoformat()
    ]
    say = opened.desk.say
    first, last = min(away, default=("", ""))
    until = say.span(date.fromisoformat(first), date.fromisoformat(last)) if last else ""
    since = say.t("glance_away_from", day=say.short_date(date.fromisoformat(first))) if first else ""
    _glance(
        opened,
        {
            "glance_caseload": caseload,
            "glance_languages": data(opened.words.cell(opened.row, "languages")),
            "glance_away": data(until or since),
            "glance_next": _next_visit(opened),
        },
    )


def _glance(opened: OpenRow, told: dict[str, str]) -> None:
    nothing = f'<span class="muted">{data(opened.desk.say.t("glance_nothing"))}</span>'
    pairs = "".join(
        f"<div><dt>{data(opened.desk.say.t(key))}</dt><dd>{markup or nothing}</dd></div>"
        for key, markup in told.items()
    )
    html(f'<dl class="glance">{pairs}</dl>')


def _in_charge(opened: OpenRow) -> str:
    say, today = opened.desk.say, minute_of(now())[0]
    lines = []
    for row in opened.words.rows("relations"):
        held = row.values
        if held.get("company") == opened.row.id and is_main(held) and lasts_on(held, today):
            since = held.get("from", "")
            told = say.t("glance_since", day=say.short_date(date.fromisoformat(since))) if since else ""
            lines.append(f"{opened.linked('buddies', held['buddy'])} <small>{data(told)}</small>")
    return "<br>".join(lines)


def _last_contact(opened: OpenRow) -> str:
    say, words = opened.desk.say, opened.words
    listed = [
        (row.values.get("date", ""), row.values.get("mode", ""), row.values.get("outcome", ""))
        for row in words.rows("history")
        if row.values.get("company") == opened.row.id
    ]
    done = [each for each in listed if each[2] in ("", Outcome.DONE.value)]
    if not done:
        return ""
    day, mode, _ = max(done)
    how = words.word("history", "mode", mode or CareMode.VISIT)
    return f"{data(say.short_date(date.fromisoformat(day)))} <small>{data(how)}</small>"


def _next_visit(opened: OpenRow) -> str:
    visits = opened.story.next_visits
    if not visits:
        return ""
    first = min(visits, key=lambda each: (each.date, each.from_min))
    return f"{data(_when(opened, first))} {_state(opened, first)}"


def _when(opened: OpenRow, visit: NextVisit) -> str:
    say = opened.desk.say
    return f"{say.short_day(visit.date)}, {say.times(visit.from_min, visit.to_min)}"


def _state(opened: OpenRow, visit: NextVisit) -> str:
    return f'<span class="mark is-{visit.state}">{data(opened.desk.say.t(f"promise_{visit.state}"))}</span>'


def _meter(opened: OpenRow, use: CaseloadUse) -> str:
    say = opened.desk.say
    if use.measured == "companies":
        told = say.t("desk_board_companies", count=say.number(use.used), most=say.number(use.most))
    else:
        told = say.t("desk_board_care", count=say.number(use.used / 60), most=say.number(use.most / 60))
    held = min(1.0, use.used / use.most) if use.most else 1.0
    full = " full" if held >= 1 else ""
    return f'<span class="meter{full}" style="--held:{held:.0%}">{data(told)}</span>'


def show_next_visits(opened: OpenRow) -> None:
    """Show the visits that are planned and were told, with the company's answer."""
    say = opened.desk.say
    visits = sorted(opened.story.next_visits, key=lambda each: (each.date, each.from_min))[:MOST_VISITS]
    with part("section", classes="card belongs"), part("div"):
        with part("div", classes="row-of"):
            heading(say.t("glance_visits"))
            if not visits:
                part("p", say.t("glance_no_visits"), "muted none")
        if visits:
            whose = "buddy" if opened.row.entity == "companies" else "company"
            entity = "buddies" if whose == "buddy" else "companies"
            rows = [
                (data(_when(opened, each)), opened.linked(entity, getattr(each, whose)), _state(opened, each))
                for each in visits
            ]
            titles = [say.t(key) for key in ("away_when", f"desk_{whose}", "glance_answer")]
            html(table(say.t("glance_visits"), titles, rows))
