"""`report.html`: the whole run on one page that needs no network, in all languages, German first."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from api.export.all_languages import Texts, functions, in_each, texts_of
from api.export.map.colours import colour_of
from api.export.map.map_svg import BuddyLayer, draw_map
from api.run.figures import BuddyFigures, figures
from api.run.names import Names
from api.run.not_planned import not_planned
from api.run.planned_days import PlannedDay, clock, planned_days, planned_weeks
from api.run.run import Run
from api.run.waiting import waits
from api.words.explanations import helper_words, hire_words, keeping_words, relation_words, remedy_words
from api.words.reasons import Naming, reason_words
from api.words.replanning import replanning_words
from data.base.dates import days_of, minute_of
from data.results.explanation import Explanations
from data.results.reason import Reason, VisitReason
from data.results.replanning import Replanning
from data.results.solution import Matching, WeekPlan

NEAREST_MISSES = 3
NOTHING = Markup("")
TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class BuddyPart:
    """What the page shows of one buddy."""

    number: int
    name: str
    town: str
    colour: str
    counted: BuddyFigures
    layer: BuddyLayer
    plans: tuple[WeekPlan, ...]
    days: tuple[PlannedDay, ...]


def report_page(run: Run, names: Names, matching: Matching, studies: Markup = NOTHING) -> str:
    """Return the page; every text of the run is escaped, and the same run gives the same page.

    `studies` are sections on what-if questions about the run, empty if there are none.
    """
    days = list(planned_days(run))
    drawing = draw_map(run, names, matching, days)
    weeks = planned_weeks(run)
    priority = {company.id: company.priority for company in run.problem.companies}
    left_out = not_planned(run)
    explanations = run.explanations or Explanations()
    remedies = {gap.company: gap.remedies for gap in explanations.gaps}
    page = TEMPLATES.get_template("report.html.j2")
    return page.render(
        run=run,
        studies=studies,
        matching=matching,
        counted=figures(run),
        weeks=weeks,
        drawing=drawing,
        buddies=_buddies(run, names, drawing.buddies, days),
        alone=sorted(
            matching.unassigned,
            key=lambda one: (-priority[one.company], one.company not in remedies, names.name(one.company)),
        ),
        remedies=remedies,
        explanations=explanations,
        alone_reasons=_counted_reasons(one.reason for one in matching.unassigned),
        left_out=left_out,
        clashes=[plan for weeks in run.weeks for plan in weeks.weeks if plan.clash],
        names_of=lambda keys: ", ".join(names.name(key) for key in keys),
        left_reasons=_counted_reasons(left.reason for left in left_out),
        named_left=names.of_not_planned,
        programme=_programme(run, names),
        period=_period(weeks),
        publish_by=in_each(lambda say: say.full_date(run.publish_by)),
        entries=_entries,
        attributions=run.sources.attributions,
        date_of=lambda day: in_each(lambda say: say.weekday_and_date(day)),
        name=names.name,
        address=names.address,
        district=names.district,
        say=_saying(reason_words, names),
        say_remedy=_saying(remedy_words, names),
        say_change=_saying(relation_words, names),
        say_helper=_saying(helper_words, names),
        say_hire=_saying(hire_words, names),
        say_replanning=lambda record: list(zip(*_saying(replanning_words, names)(record), strict=True)),
        keeping=in_each(lambda say: keeping_words(explanations.continuity, say.language)),
        moment_of=_moment,
        clock=clock,
        misses=NEAREST_MISSES,
        **functions(),
    )


def _saying(words: Callable[[Any, Naming, str], Any], names: Names) -> Callable[[Any], tuple[Any, ...]]:
    """Return what says something about a part of the run in each language."""
    return lambda part: in_each(lambda say: words(part, names.name, say.language))


def _buddies(run: Run, names: Names, layers: Iterable[BuddyLayer], days: list[PlannedDay]) -> list[BuddyPart]:
    """Return all data of each buddy, sorted by the name shown."""
    counted = {one.buddy: one for one in figures(run).buddies}
    plans = {weeks.buddy: weeks.weeks for weeks in run.weeks}
    routes: dict[str, list[PlannedDay]] = defaultdict(list)
    for day in days:
        routes[day.buddy].append(day)
    parts = [
        BuddyPart(
            number=number,
            name=names.name(layer.buddy),
            town=names.town(layer.buddy),
            colour=colour_of(number),
            counted=counted[layer.buddy],
            layer=layer,
            plans=plans.get(layer.buddy, ()),
            days=tuple(routes[layer.buddy]),
        )
        for number, layer in enumerate(layers)
    ]
    return sorted(parts, key=lambda part: (part.name, part.number))


def _programme(run: Run, names: Names) -> Texts:
    """Return the programme's name or, if it has only an id, the name of its state in each language."""
    programme = run.problem.programme
    name = names.name(programme.id)
    return in_each(lambda say: name if name != programme.id else say.t(f"german_state_{programme.state}"))


@dataclass(frozen=True)
class Entry:
    """A line of a day: a stop or, if `place` is empty, what the key of a text calls it.

    `instead_of` is the main buddy for whom another one makes the visit.
    """

    start: int
    end: int
    place: str = ""
    key: str = ""
    instead_of: str = ""


def _entries(day: PlannedDay) -> list[Entry]:
    """Return stops, waiting and breaks of a day in order."""
    stops = [
        Entry(leg.stop.start, leg.stop.end, leg.stop.place, instead_of=leg.instead_of) for leg in day.legs
    ]
    waiting = [Entry(wait.start, wait.end, key="report_waiting") for wait in waits(day.route)]
    breaks = [Entry(pause.start, pause.end, key="report_break") for pause in day.route.breaks]
    off = [Entry(pause.start, pause.end, key="report_off") for pause in day.route.off]
    return sorted(stops + waiting + breaks + off, key=lambda entry: (entry.start, entry.end))


def _period(weeks: tuple[str, ...]) -> Texts:
    """Return the weeks by number with their first and last working day."""
    first, last = days_of(weeks[0])[0], days_of(weeks[-1])[4]
    numbers = f"{first:%V}" if len(weeks) == 1 else f"{first:%V} – {last:%V}"
    return texts_of("report_period", weeks=numbers, days=in_each(lambda say: say.span(first, last)))


def _moment(record: Replanning) -> Texts:
    """Return the day and hour of a replanning."""
    day, minute = minute_of(record.moment)
    return in_each(lambda say: f"{say.short_day(day)} {clock(minute)}")


def _counted_reasons(reasons: Iterable[Reason | VisitReason]) -> list[tuple[int, Reason]]:
    """Return how often each code occurs, the most frequent first, each as a reason without figures."""
    counted = Counter(reason.code for reason in reasons)
    return [(count, Reason(code=code)) for code, count in counted.most_common()]
