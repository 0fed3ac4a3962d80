"""A buddy's week on paper: an accessible PDF (PDF/UA), typeset by typst from one template."""

from datetime import date
from pathlib import Path
from typing import Any

from api.export.pdf.paper import pdf_of
from api.run.names import Names
from api.run.planned_days import Leg, PlannedDay, clock, planned_days
from api.run.run import Run
from api.run.waiting import waits
from api.words.language import Language
from api.words.reasons import reason_words
from api.words.speaker import Speaker
from data.base.dates import days_of
from data.base.errors import BuddyplanError
from data.base.message import message
from data.results.solution import WeekPlan

TEMPLATE = Path(__file__).parent.parent / "templates" / "week.typ"


def week_pdf(run: Run, names: Names, buddy: str, week: str, language: Language) -> bytes:
    """Return one buddy's ISO week as a PDF; the same plan gives the same bytes.

    Raises `BuddyplanError` if the run has no such week.
    """
    plan = next((p for own in run.weeks if own.buddy == buddy for p in own.weeks if p.week == week), None)
    if plan is None:
        raise BuddyplanError(message("run_without_week", week=week, buddy=buddy))
    return pdf_of(TEMPLATE, "week", _week(run, names, plan, language))


def _week(run: Run, names: Names, plan: WeekPlan, language: Language) -> dict[str, Any]:
    say, name = Speaker(language), names.name(plan.buddy)
    dates, routes = days_of(plan.week), [day for day in plan.days if day]
    made = {day.date: day for day in planned_days(run) if (day.buddy, day.week) == (plan.buddy, plan.week)}
    return {
        "language": language,
        "heading": say.t("pdf_heading", name=name),
        "title": say.t("pdf_title", week=plan.week, name=name),
        "period": f"{plan.week}, {say.span(dates[0], dates[4])}",
        "invented": run.identities.invented,
        "total": say.t(
            "pdf_total",
            count=sum(len(route.stops) for route in routes),
            travel=plan.travel_min,
            distance=round(sum(route.distance_m for route in routes) / 1000),
            remote=plan.remote_min,
        ),
        "days": [_day(names, day, made.get(day), say) for day in dates if day in made or day.weekday() < 5],
        "left_out": [
            f"{names.name(visit.at)}: {reason_words(visit.reason, names.name, language)}"
            for visit in plan.unplanned
        ],
        "words": {
            "columns": [say.t(f"pdf_{each}") for each in ("time", "travel", "where", "contact")],
            "outcomes": [say.t(f"pdf_{each}") for each in ("done", "not_met", "called_off")],
            "left_out": say.t("pdf_left_out"),
            "invented": say.t("pdf_invented"),
        },
    }


def _day(names: Names, day: date, made: PlannedDay | None, say: Speaker) -> dict[str, Any]:
    title = say.weekday_and_date(day)
    if made is None:
        return {"name": title, "summary": say.t("pdf_free"), "entries": []}
    stops = [_stop(names, leg, say) for leg in made.legs]
    route = made.route
    between = [
        *(_without_address(rest.start, rest.end, say.t("pdf_break")) for rest in route.breaks),
        *(_without_address(off.start, off.end, say.t("pdf_off")) for off in route.off),
        *(_without_address(wait.start, wait.end, say.t("pdf_waiting")) for wait in waits(route)),
    ]
    times = {"leave": clock(route.leave), "back": clock(route.back)}
    summary = say.t("pdf_day", travel=route.travel_min, **times)
    if route.base:
        place = route.starts_at
        where = say.t("starts_at", place=names.name(place)) if place else say.t("starts_elsewhere")
        summary = f"{summary} {where}."
    entries = sorted(stops + between, key=lambda entry: str(entry["time"]))
    return {"name": title, "summary": summary, "entries": entries}


def _without_address(start: int, end: int, called: str) -> dict[str, Any]:
    time = f"{clock(start)}–{clock(end)}"
    return {"time": time, "travel": "", "place": called, "address": "", "contact": [], "rest": True}


def _stop(names: Names, leg: Leg, say: Speaker) -> dict[str, Any]:
    stop = leg.stop
    covered = [say.t("report_instead_of", main=names.name(leg.instead_of))] if leg.instead_of else []
    return {
        "time": f"{clock(stop.start)}–{clock(stop.end)}",
        "travel": f"{leg.travel_min} min",
        "place": names.name(stop.place),
        "address": names.address(stop.place),
        "contact": [*covered, *names.contact(stop.place)],
        "rest": False,
    }
