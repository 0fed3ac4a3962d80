"""`report.html`: the whole run on one page that needs no network; German first, with a switch to English."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from api.export.map.colours import colour_of
from api.export.map.map_svg import BuddyLayer, draw_map
from api.export.report_words import DAYS, STATES, STATUSES, UNITS, Both
from api.run.figures import BuddyFigures, figures
from api.run.names import Names
from api.run.planned_days import PlannedDay, clock, planned_days, planned_weeks
from api.run.run import Run
from api.words.explanations import helper_words, hire_words, keeping_words, relation_words, remedy_words
from api.words.levels import LEVELS
from api.words.reasons import Language, sentence
from api.words.replanning import day_words, replanning_words
from data.base.dates import days_of, minute_of
from data.results.explanation import Explanations
from data.results.replanning import Replanning
from data.results.solution import Matching, Reason, Unplanned, WeekPlan

NEAREST_MISSES = 3
LANGUAGES: tuple[Language, Language] = ("de", "en")
THIN_SPACE = "\u202f"
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
    left_out = _left_out(run, priority)
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
        left_reasons=_counted_reasons(visit.reason for _, visit in left_out),
        programme=_programme(run, names),
        period=_period(weeks),
        units=UNITS,
        entries=_entries,
        attributions=run.sources.attributions,
        levels=LEVELS,
        statuses=STATUSES,
        day_names=DAYS,
        name=names.name,
        address=names.address,
        district=names.district,
        say=lambda reason, language: sentence(reason, names.name, language),
        say_remedy=lambda remedy, language: remedy_words(remedy, names.name, language),
        say_change=lambda change, language: relation_words(change, names.name, language),
        say_keeping=lambda language: keeping_words(explanations.continuity, language),
        say_helper=lambda proposal, language: helper_words(proposal, names.name, language),
        say_hire=lambda hire, language: hire_words(hire, names.name, language),
        say_replanning=lambda record: list(
            zip(*(replanning_words(record, names.name, each) for each in LANGUAGES), strict=True)
        ),
        moment_of=_moment,
        clock=clock,
        number=number_words,
        percent=percent_words,
        misses=NEAREST_MISSES,
    )


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


def _programme(run: Run, names: Names) -> str:
    """Return the programme's name or, if it has only an id, the name of its state."""
    programme = run.problem.programme
    name = names.name(programme.id)
    return name if name != programme.id else STATES.get(programme.state, programme.state)


@dataclass(frozen=True)
class Entry:
    """A line of a day: a stop, or a break if `place` is empty."""

    start: int
    end: int
    place: str = ""


def _entries(day: PlannedDay) -> list[Entry]:
    """Return stops and breaks of a day in order."""
    stops = [Entry(leg.stop.start, leg.stop.end, leg.stop.place) for leg in day.legs]
    breaks = [Entry(pause.start, pause.end) for pause in day.breaks]
    return sorted(stops + breaks, key=lambda entry: (entry.start, entry.end))


def _period(weeks: tuple[str, ...]) -> Both:
    """Return the weeks by number with their first and last working day."""
    first, last = days_of(weeks[0])[0], days_of(weeks[-1])[4]
    numbers = f"{first:%V}" if len(weeks) == 1 else f"{first:%V} – {last:%V}"
    days = f"{first:%d.%m.} – {last:%d.%m.%Y}"
    return f"KW {numbers}, {days}", f"week {numbers}, {days}"


def _moment(record: Replanning, language: Language) -> str:
    """Return the day and hour of a replanning."""
    day, minute = minute_of(record.moment)
    return f"{day_words(day, language)} {clock(minute)}"


def _left_out(run: Run, priority: dict[str, int]) -> list[tuple[WeekPlan, Unplanned]]:
    """Return unplanned visits, the most urgent companies first."""
    left = [(plan, visit) for weeks in run.weeks for plan in weeks.weeks for visit in plan.unplanned]
    return sorted(left, key=lambda one: (-priority[one[1].company], one[0].week, one[1].id))


def _counted_reasons(reasons: Iterable[Reason]) -> list[tuple[int, Reason]]:
    """Return how often each code occurs, the most frequent first, each as a reason without figures."""
    counted = Counter(reason.code for reason in reasons)
    return [(count, Reason(code=code)) for code, count in counted.most_common()]


def number_words(value: float) -> str:
    """Return a whole number in groups of three, in a form that German and English readers both read."""
    return f"{value:,.0f}".replace(",", THIN_SPACE)


def percent_words(value: float, language: str) -> str:
    """Return one decimal, and never 100 for a share that is not complete."""
    shown = min(value, 99.9) if value < 100 else 100.0
    text = f"{shown:.1f}"
    return text.replace(".", ",") + f"{THIN_SPACE}%" if language == "de" else f"{text}%"
