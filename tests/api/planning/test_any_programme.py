"""Whatever a programme says: no exception, the judge agrees, and what is due is planned or told."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from api.export.run_folder.exports import write_exports
from api.planning.check_run import check_run
from api.run.not_planned import not_planned
from api.run.planned_days import planned_weeks
from api.run.run import Run
from api.service.sources import default_sources
from api.words.findings import finding_sentence
from data.base.dates import iso_week, minute_of
from data.model.findings import Severity
from data.model.vocabulary import RequestState
from data.tables.read import Reading, read_programme
from data.tables.writer import write_tables
from data.travel.provider import times_of
from matching.levels.lexicographic import NotSolvable
from matching.solve import match
from scheduling.plan.plan_weeks import plan_weeks
from tests.drawn import drawn

STAFF, FIRMS = ("anna", "ben"), ("k1", "k2", "k3")
ODD = ("", "🥐", "+1", "<b>x", "a\u0308b", "x\u200by", "\u202eabc", "Ä" * 90, "a;b,c", '"', "شركة", "-")
NAMES = st.sampled_from(("Mühle", "Werk", *ODD))
HOURS = st.sampled_from(
    (
        "",
        "",
        "",
        "08:00-16:00",
        "-",
        "00:00-24:00",
        "08:00-08:20",
        "22:00-23:59",
        "8-12",
        "9:00-11:00 13:00-14:30",
    )
)
USUAL = st.just("08:00-16:00")
DAYS = st.sampled_from(
    ("", "", "2026-11-01", "2026-11-23", "2026-11-25", "2026-11-29", "2026-12-05", "2027-02-28", "1999-01-01")
)
SOME_DAY = DAYS.filter(bool)
EMPLOYED = st.one_of(st.just(""), st.just(""), DAYS)
"""Mostly without a day, since else hardly anybody looks after anything."""
STATES = st.sampled_from(("active", "active", "active", "prospect", "paused", "ended"))
SMALL = st.sampled_from(("", "", "", "", "0", "1", "5", "20", "40"))
MOMENTS = st.builds(
    "2026-11-{} {}".format,
    st.integers(22, 30),
    st.sampled_from(("00:00", "07:00", "10:00", "12:30", "16:00", "23:30")),
)
MINUTES = st.sampled_from(("", "1", "30", "75", "240", "600"))
Row = dict[str, str]


def in_order(first: str, last: str) -> Callable[[Row], Row]:
    """Swap the two ends of a span that would end before it begins, which files may not say."""

    def swapped(row: Row) -> Row:
        low, high = row[first], row[last]
        return row | {first: high, last: low} if low and high and low > high else row

    return swapped


def rows(least: int = 0, most: int = 2, **columns: st.SearchStrategy[str]) -> st.SearchStrategy[list[Row]]:
    return st.lists(st.fixed_dictionaries(columns), min_size=least, max_size=most)


def one_each(ids: tuple[str, ...], **columns: st.SearchStrategy[str]) -> st.SearchStrategy[list[Row]]:
    """A row of each id."""
    made = [st.fixed_dictionaries({"id": st.just(key), **columns}) for key in ids]
    return st.tuples(*made).map(list)


def of(ids: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.sampled_from(ids)


PROGRAMMES: st.SearchStrategy[dict[str, list[Row]]] = st.fixed_dictionaries(
    {
        "buddies": one_each(
            STAFF,
            name=NAMES,
            postcode=of(("06108", "06108", "06217", "39104")),
            languages=of(("", "ar:C1", "uk:B2 en:A1")),
            hours_per_week=SMALL,
            max_days_per_week=of(("", "0", "2", "7")),
            desk_hours_per_week=SMALL,
            mon=HOURS,
            tue=USUAL,
            wed=HOURS,
            thu=USUAL,
            sat=HOURS,
            employed_from=EMPLOYED,
            employed_to=EMPLOYED,
        ),
        "companies": one_each(
            FIRMS,
            name=NAMES,
            postcode=of(("06110", "06110", "06112", "06217", "29410")),
            state=STATES,
            priority=of(("", "1", "5")),
            mon=USUAL,
            tue=HOURS,
            thu=USUAL,
            fri=HOURS,
            contact_name=NAMES,
            paused_from=DAYS,
            paused_until=DAYS,
            ended_on=DAYS,
            buddy=of(("", "", *STAFF)),
        ),
        "care": rows(
            company=of(FIRMS),
            mode=of(("visit", "visit", "call", "video")),
            every_weeks=of(("1", "2", "26")),
            times=of(("1", "3")),
            minutes=MINUTES,
            **{"from": DAYS, "to": DAYS},
        ),
        "relations": rows(
            company=of(FIRMS),
            buddy=of(STAFF),
            role=of(("cover", "cover", "language")),
            **{"from": DAYS, "to": DAYS},
        ),
        "requests": rows(
            company=of(FIRMS),
            kind=of(("first_visit", "urgent", "follow_up")),
            raised=DAYS,
            due=SOME_DAY,
            minutes=MINUTES,
            state=of(("open", "open", "done")),
        ),
        "appointments": rows(
            start=MOMENTS,
            minutes=MINUTES,
            place=of(("", "hall", "hall")),
            kind=of(("", "training", "meeting")),
            company=of(("", *FIRMS)),
            buddies=of(("", "anna", "ben", "anna ben")),
            every_weeks=of(("", "", "1", "2")),
        ),
        "places": st.just([{"id": "hall", "name": "Halle 🥐", "address": "06110 Halle"}]),
        "availability": rows(
            who=of((*STAFF, *FIRMS, "hall")),
            weekdays=of(("", "mon-wed", "sun")),
            hours=of(("", "10:00-12:00", "00:00-24:00")),
            open=of(("yes", "no")),
            **{"from": SOME_DAY, "to": DAYS},
        ),
        "terms": rows(
            buddy=of(STAFF),
            hours_per_week=SMALL,
            mon=HOURS,
            tue=of(("", "-", "07:00-11:00")),
            max_companies=of(("", "", "1")),
            max_care_hours=SMALL,
            **{"from": DAYS, "to": DAYS},
        ),
        "bases": rows(
            buddy=of(STAFF),
            weekdays=of(("", "mon wed", "tue")),
            place=of(("", "hall", *FIRMS)),
            postcode=of(("06217", "39104")),
            **{"from": DAYS, "to": DAYS},
        ),
        "history": rows(
            company=of(FIRMS),
            date=SOME_DAY,
            buddy=of(STAFF),
            outcome=of(("done", "no_show")),
        ),
    }
)


def numbered(tables: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """With ids where rows need them, and spans in order."""
    spans = {
        "buddies": ("employed_from", "employed_to"),
        "relations": ("from", "to"),
        "requests": ("raised", "due"),
        **dict.fromkeys(("care", "availability", "terms", "bases"), ("from", "to")),
        "companies": ("paused_from", "paused_until"),
    }
    tables = tables | {name: [in_order(*span)(row) for row in tables[name]] for name, span in spans.items()}
    given = {
        name: [{"id": f"{name[0]}{i}"} | row for i, row in enumerate(tables[name])]
        for name in ("requests", "appointments")
    }
    return tables | given


@drawn(1000)
@given(PROGRAMMES, st.integers(0, 19))
def test_nothing_breaks_and_nothing_vanishes(tables: dict[str, list[Row]], every: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_tables(folder / "in", numbered(tables))
        reading = read_programme(folder / "in", default_sources().gazetteer, "2026-W48", 2)
        for language in ("de", "en"):
            assert all(finding_sentence(finding, language) for finding in reading.findings)
        run = planned(reading)
        if run is None:
            return
        assert check_run(run) == []
        assert due(run) - made(run) - {left.visit for left in not_planned(run)} == set()
        if every == 0:  # the files of few, since they take longest
            (folder / "out").mkdir()
            write_exports(run, folder / "out", "de")


def planned(reading: Reading) -> Run | None:
    """The run of a programme, None where its findings or a sentence say why there is none."""
    if reading.problem is None:
        assert any(finding.severity is Severity.ERROR for finding in reading.findings)
        return None
    problem, sources = reading.problem, default_sources()
    times = times_of(problem, sources.travel)
    try:
        matching = match(problem, times)
    except NotSolvable:
        return None
    return Run(
        problem, reading.identities, times, sources, matching, weeks=plan_weeks(problem, matching, times)
    )


def made(run: Run) -> set[str]:
    plans = [plan for own in run.weeks for plan in own.weeks]
    stops = {stop.id for plan in plans for day in plan.days if day for stop in day.stops}
    return stops | {call.id for plan in plans for call in plan.calls or ()}


def due(run: Run) -> set[str]:
    """What is asked for in a run's weeks: visits, calls, needs, appointments."""
    weeks = planned_weeks(run)
    contacts = [each for own in run.weeks if own.cadence for each in own.cadence.contacts]
    asked = {each.id for each in contacts}
    asked |= {
        each.id
        for each in run.problem.requests
        if each.state is RequestState.OPEN and iso_week(each.due) <= weeks[-1]
    }
    return asked | {
        each.id for each in run.problem.appointments if iso_week(minute_of(each.start)[0]) in weeks
    }
