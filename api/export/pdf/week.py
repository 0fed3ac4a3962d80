"""A buddy's week on paper: an accessible PDF (PDF/UA), typeset by typst from one template."""

from datetime import date
from pathlib import Path
from typing import Any

from api.export.pdf.paper import pdf_of
from api.export.report_words import DAYS
from api.run.names import Names
from api.run.planned_days import Leg, PlannedDay, clock, planned_days
from api.run.run import Run
from api.words.reasons import Language, sentence
from data.base.dates import days_of
from data.base.errors import BuddyplanError
from data.results.solution import WeekPlan

TEMPLATE = Path(__file__).parent.parent / "templates" / "week.typ"
WORDS: dict[Language, dict[str, Any]] = {
    "de": {
        "heading": "Job-Buddy {name}",
        "title": "Woche {week} von {name}",
        "total": "{visits} Besuche und Termine, {travel} min Fahrt, {distance} km, "
        "dazu {remote} min für Anrufe und Videos.",
        "day": "Abfahrt {leave}, zurück {back}, {travel} min Fahrt.",
        "free": "Keine Besuche.",
        "break": "Pause",
        "invented": "Menschen und Betriebe sind erfunden.",
        "columns": ["Zeit", "Fahrt", "Wo", "Kontakt"],
        "outcomes": ["erledigt", "nicht angetroffen", "abgesagt"],
        "left_out": "Nicht geplant",
    },
    "en": {
        "heading": "Job buddy {name}",
        "title": "Week {week} of {name}",
        "total": "{visits} visits and appointments, {travel} min of travel, {distance} km, "
        "and {remote} min for calls and videos.",
        "day": "Leave {leave}, back {back}, {travel} min of travel.",
        "free": "No visits.",
        "break": "Break",
        "invented": "People and firms are invented.",
        "columns": ["Time", "Travel", "Where", "Contact"],
        "outcomes": ["done", "not met", "called off"],
        "left_out": "Not planned",
    },
}


def week_pdf(run: Run, names: Names, buddy: str, week: str, language: Language = "de") -> bytes:
    """Return one buddy's ISO week as a PDF; the same plan gives the same bytes.

    Raises `BuddyplanError` if the run has no such week.
    """
    plan = next((p for own in run.weeks if own.buddy == buddy for p in own.weeks if p.week == week), None)
    if plan is None:
        raise BuddyplanError(f'the run has no week {week} of "{buddy}"')
    return pdf_of(TEMPLATE, "week", _week(run, names, plan, language))


def _week(run: Run, names: Names, plan: WeekPlan, language: Language) -> dict[str, Any]:
    words, name = WORDS[language], names.name(plan.buddy)
    dates, routes = days_of(plan.week), [day for day in plan.days if day]
    made = {day.date: day for day in planned_days(run) if (day.buddy, day.week) == (plan.buddy, plan.week)}
    return {
        "language": language,
        "heading": words["heading"].format(name=name),
        "title": words["title"].format(week=plan.week, name=name),
        "period": f"{plan.week}, {dates[0]:%d.%m.} – {dates[4]:%d.%m.%Y}",
        "invented": run.identities.invented,
        "total": words["total"].format(
            visits=sum(len(route.stops) for route in routes),
            travel=plan.travel_min,
            distance=round(sum(route.distance_m for route in routes) / 1000),
            remote=plan.remote_min,
        ),
        "days": [
            _day(names, day, made.get(day), language) for day in dates if day in made or day.weekday() < 5
        ],
        "left_out": [
            f"{names.name(visit.company)}: {sentence(visit.reason, names.name, language)}"
            for visit in plan.unplanned
        ],
        "words": words,
    }


def _day(names: Names, day: date, made: PlannedDay | None, language: Language) -> dict[str, Any]:
    words = WORDS[language]
    title = f"{DAYS[day.weekday()][language == 'en']}, {day:%d.%m.}"
    if made is None:
        return {"name": title, "summary": words["free"], "entries": []}
    stops = [_stop(names, leg) for leg in made.legs]
    breaks = [
        {"time": f"{clock(rest.start)}–{clock(rest.end)}", "travel": "", "place": words["break"],
         "address": "", "contact": [], "rest": True}
        for rest in made.breaks
    ]  # fmt: skip
    route = made.route
    summary = words["day"].format(leave=clock(route.leave), back=clock(route.back), travel=route.travel_min)
    entries = sorted(stops + breaks, key=lambda entry: str(entry["time"]))
    return {"name": title, "summary": summary, "entries": entries}


def _stop(names: Names, leg: Leg) -> dict[str, Any]:
    stop = leg.stop
    return {
        "time": f"{clock(stop.start)}–{clock(stop.end)}",
        "travel": f"{leg.travel_min} min",
        "place": names.name(stop.place),
        "address": names.address(stop.place),
        "contact": names.contact(stop.place),
        "rest": False,
    }
