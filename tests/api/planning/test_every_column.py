"""No column and no key of the policy does nothing: each has a change of it that changes an output.

An entry says which value changes, in which rows beside it, and where that shows. A new
column or key fails the test until it has an entry.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from api.cli.terminal.summary import _weeks as summary
from api.export.funding.figures import funding_report
from api.export.funding.xlsx import funding_workbook
from api.export.ics import calendar_of
from api.run.aggregated.aggregates import aggregates
from api.run.figures import figures
from api.run.names import Names
from api.run.not_planned import not_planned
from api.run.planned_days import planned_days
from api.run.run import Run
from api.service.sources import default_sources
from api.studies.outcome.figures import counted
from api.words.findings import finding_sentence
from api.words.speaker import Speaker
from data.model.policy import Policy
from data.model.problem import Problem
from data.register.changes.adopting import Adoption, Succession, additions
from data.results.solution import BuddyWeeks, Matching
from data.tables.columns import COLUMNS
from data.tables.read import read_programme
from data.travel.provider import Times, times_of
from matching.solve import match
from scheduling.plan.plan_weeks import plan_weeks
from scheduling.plan.promises import promises_of
from tests.data.tables.sheets import write_csv

Row = Mapping[str, str]
Tables = dict[str, list[dict[str, str]]]
KEPT = {
    ("specialists", "kind"): "exported again; nothing is decided by it yet",
    ("companies", "employees"): "listed by the API; nothing is decided by it yet",
    ("hosts", "kind"): "listed by the API, and counted in no figure",
    ("bases", "street"): "for who reads the register: the postcode says where it is",
    ("places", "kind"): "listed by the API; nothing is decided by it yet",
    ("pins", "reason"): "for who reads the file: free text is not kept",
    ("bans", "reason"): "for who reads the file: free text is not kept",
    ("history", "topic"): "for who reads the file: free text is not kept",
    ("history", "planned_visit"): "so that a later report on a visit replaces the earlier one",
}
"""The columns that change no plan and no report, and why they are there."""

BASE: Tables = {
    "hosts": [{"id": "chamber", "name": "Kammer"}, {"id": "guild", "name": "Innung"}],
    "buddies": [
        {"id": "anna", "name": "Anna", "host": "chamber", "postcode": "06108", "languages": "ar:C1"},
        {"id": "ben", "name": "Ben", "host": "chamber", "postcode": "06217", "languages": "uk:B2"},
    ],
    "companies": [
        {"id": "mill", "host": "chamber", "postcode": "06110", "sector": "C10", "visits_per_4_weeks": "4"},
        {"id": "yard", "host": "chamber", "postcode": "06217", "sector": "F41", "visits_per_4_weeks": "4"},
    ],
}
HISTORY = {"company": "mill", "date": "2026-11-02", "buddy": "anna", "minutes": "60", "travel_min": "20"}
CARE = {"company": "mill", "every_weeks": "1"}
GROUP = {"company": "mill", "languages": "ar"}
REQUEST = {"id": "r", "company": "mill", "kind": "urgent", "due": "2026-11-26"}
MEETING = {"id": "a", "start": "2026-11-24 10:00", "place": "office", "buddies": "anna"}
WEEKLY = {"every_weeks": "1"}
AT_A_POINT = {"lat": "51.5", "lon": "11.9"}
ELSEWHERE = {"buddy": "anna", "postcode": "06217", "town": "Merseburg"}
FULL_DAY = [
    MEETING | {"id": "morning", "start": "2026-11-24 08:30", "minutes": "180"},
    MEETING | {"id": "afternoon", "start": "2026-11-24 12:30", "minutes": "180"},
]
OFFICE = {"id": "office", "name": "Amt", "address": "Marktplatz 1, 06108 Halle"}
AWAY = {"who": "anna", "from": "2026-11-23", "to": "2026-11-27"}
COVER = {"company": "mill", "buddy": "ben", "role": "cover", "from": "2026-11-23", "to": "2026-11-27"}
FEWER, LASTING = {"buddy": "anna", "max_companies": "0"}, {"buddy": "anna", "max_companies": "9"}
MAINS = [{"company": "mill", "buddy": "anna"}, {"company": "yard", "buddy": "ben"}]
SWAPPED = [{"company": "mill", "buddy": "ben"}, {"company": "yard", "buddy": "anna"}]
WITH_MAINS: Tables = {"relations": MAINS}


class Made:
    """What is made of a programme, each part when it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.reading = read_programme(folder, default_sources().gazetteer, "2026-W48")

    @cached_property
    def problem(self) -> Problem:
        assert self.reading.problem is not None, self.findings
        return self.reading.problem

    @cached_property
    def times(self) -> Times:
        return times_of(self.problem, default_sources().travel)

    @cached_property
    def made(self) -> Matching:
        return match(self.problem, self.times)

    @cached_property
    def plans(self) -> tuple[BuddyWeeks, ...]:
        return plan_weeks(self.problem, self.made, self.times, 1)

    @cached_property
    def run(self) -> Run:
        sources = default_sources()
        return Run(self.problem, self.reading.identities, self.times, sources, self.made, weeks=self.plans)

    @property
    def findings(self) -> Any:
        return [finding_sentence(finding, "en") for finding in self.reading.findings]

    @property
    def matching(self) -> Any:
        return self.made.pairs, self.made.unassigned, self.made.funded

    @property
    def levels(self) -> Any:
        return self.made.levels

    @property
    def weeks(self) -> Any:
        """Days and what is left out, the numbers of its ids aside."""
        return [plan.model_dump(exclude={"objective", "bound"}) for own in self.plans for plan in own.weeks]

    @property
    def cadence(self) -> Any:
        return [own.cadence for own in self.plans]

    @property
    def left_out(self) -> Any:
        return not_planned(self.run)

    @property
    def calendars(self) -> Any:
        names, days = Names(self.run), list(planned_days(self.run))
        return [
            calendar_of(self.run, names, b.id, [d for d in days if d.buddy == b.id], Speaker("de"))
            for b in self.problem.buddies
        ]

    @property
    def publish_by(self) -> Any:
        """The day that the head of the report names."""
        return self.run.publish_by

    @property
    def adopted_at_night(self) -> Any:
        """Whether the nightly run gives a company without a buddy its first one."""
        day = date(2026, 11, 23)
        first = Adoption(day, (Succession("mill", "", "anna", None),), 0, ())
        return additions(first, self.problem.policy).successions

    @property
    def names(self) -> Any:
        """The identities, which every list, address and export of a person reads."""
        return self.reading.identities

    @property
    def summary(self) -> Any:
        return summary(self.run, figures(self.run))

    @property
    def tally(self) -> Any:
        return figures(self.run)

    @property
    def outcome(self) -> Any:
        """The figures of a scenario."""
        return counted(self.run, self.problem, (), self.made).figures

    @property
    def promises(self) -> Any:
        return [promises_of(self.problem, self.run.weeks)]

    @property
    def aggregates(self) -> Any:
        return aggregates(self.run)

    @property
    def funding(self) -> Any:
        """Every cell of the funding reports."""
        first, last = date(2026, 1, 1), date(2026, 12, 31)
        reports = [
            funding_report(self.problem, self.problem.history, h.id, first, last) for h in self.problem.hosts
        ]
        gazetteer, names = default_sources().gazetteer, self.reading.identities
        books = [funding_workbook(each, self.problem, names, gazetteer, Speaker("de")) for each in reports]
        read = [CalamineWorkbook.from_filelike(io.BytesIO(book)) for book in books]
        return [book.get_sheet_by_name(name).to_python() for book in read for name in book.sheet_names]


@dataclass(frozen=True)
class Entry:
    """In the first row of the table: a value, what shows it, and the tables that replace those of `BASE`."""

    value: str
    shows: str
    tables: Tables

    def __init__(self, value: str, shows: str, **tables: list[dict[str, str]]) -> None:
        for name, held in (("value", value), ("shows", shows), ("tables", tables)):
            object.__setattr__(self, name, held)


def anna(**cells: str) -> list[dict[str, str]]:
    return [BASE["buddies"][0] | cells, BASE["buddies"][1]]


def mill(**cells: str) -> list[dict[str, str]]:
    return [BASE["companies"][0] | cells, BASE["companies"][1]]


NO_POSTCODE = {"postcode": ""}
A_WEEK = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "08:00-16:00")

ENTRIES: dict[tuple[str, str], Entry] = {
    ("hosts", "id"): Entry("Chamber2", "findings"),
    ("hosts", "name"): Entry("Handwerkskammer", "funding", history=[HISTORY]),
    ("hosts", "seat"): Entry("Halle", "names"),
    ("hosts", "cross_host"): Entry("no", "matching", companies=mill(host="guild")),
    ("hosts", "grant_ref"): Entry("ABC-1", "funding", history=[HISTORY]),
    ("hosts", "grant_from"): Entry("2026-11-25", "weeks", companies=mill(tue="08:00-16:00")),
    ("hosts", "grant_to"): Entry("2026-11-22", "matching"),
    ("buddies", "id"): Entry("anne", "weeks"),
    ("buddies", "name"): Entry("Anna B.", "calendars"),
    ("buddies", "host"): Entry(
        "guild", "matching", hosts=[{"id": "chamber", "cross_host": "no"}, {"id": "guild"}]
    ),
    ("buddies", "street"): Entry("Markt 1", "names"),
    ("buddies", "postcode"): Entry("39104", "matching"),
    ("buddies", "town"): Entry("Magdeburg", "matching", buddies=anna(**NO_POSTCODE, town="Halle (Saale)")),
    ("buddies", "lat"): Entry("52.1", "matching", buddies=anna(lat="51.5", lon="11.9")),
    ("buddies", "lon"): Entry("11.2", "matching", buddies=anna(lat="51.5", lon="11.9")),
    ("buddies", "mandate"): Entry(
        "both", "matching", buddies=anna(sectors="C", districts="15001"), **WITH_MAINS
    ),
    ("buddies", "districts"): Entry("15001", "matching", relations=[{"company": "mill", "buddy": "anna"}]),
    ("buddies", "sectors"): Entry("F", "matching", buddies=anna(mandate="sector"), relations=MAINS),
    ("buddies", "tags"): Entry("craft", "matching", buddies=anna(mandate="sector"), relations=MAINS),
    ("buddies", "languages"): Entry("en:B2", "matching", specialists=[GROUP]),
    ("buddies", "hours_per_week"): Entry("1", "matching", **WITH_MAINS),
    ("buddies", "max_days_per_week"): Entry("0", "left_out", **WITH_MAINS),
    ("buddies", "desk_hours_per_week"): Entry("40", "matching", **WITH_MAINS),
    ("buddies", "max_companies"): Entry("0", "matching"),
    ("buddies", "min_care_hours"): Entry("20", "levels"),
    ("buddies", "max_care_hours"): Entry("1", "matching"),
    ("buddies", "max_one_way_min"): Entry("1", "matching"),
    ("buddies", "vehicle"): Entry("bike", "findings"),
    ("buddies", "deputies"): Entry("ben", "weeks", requests=[REQUEST], availability=[AWAY], **WITH_MAINS),
    **{
        ("buddies", day): Entry(
            "-", "weeks", buddies=anna(**A_WEEK), companies=mill(**{day: "08:00-12:00"}), relations=MAINS
        )
        for day in ("mon", "tue", "wed", "thu", "fri")
    },
    ("buddies", "sat"): Entry(
        "08:00-12:00", "weeks", buddies=anna(**A_WEEK), companies=mill(sat="08:00-12:00"), relations=MAINS
    ),
    ("buddies", "sun"): Entry("08:00-12:00", "findings", buddies=anna(**A_WEEK)),
    ("buddies", "employed_from"): Entry("2026-12-07", "weeks", **WITH_MAINS),
    ("buddies", "employed_to"): Entry("2026-11-22", "matching"),
    ("companies", "id"): Entry("mill2", "weeks"),
    ("companies", "name"): Entry("Mühle", "calendars"),
    ("companies", "host"): Entry(
        "guild", "matching", hosts=[{"id": "chamber", "cross_host": "no"}, {"id": "guild"}]
    ),
    ("companies", "enterprise"): Entry(
        "group", "levels", companies=[mill()[0], mill()[1] | {"enterprise": "group"}], relations=MAINS
    ),
    ("companies", "street"): Entry("Markt 1", "calendars"),
    ("companies", "postcode"): Entry("06217", "matching"),
    ("companies", "town"): Entry(
        "Magdeburg", "matching", companies=mill(**NO_POSTCODE, town="Halle (Saale)")
    ),
    ("companies", "lat"): Entry("51.6", "matching", companies=mill(lat="51.5", lon="11.9")),
    ("companies", "lon"): Entry("11.8", "matching", companies=mill(lat="51.5", lon="11.9")),
    ("companies", "sector"): Entry(
        "F41", "matching", buddies=anna(mandate="sector", sectors="C"), relations=MAINS
    ),
    ("companies", "tags"): Entry(
        "craft", "matching", buddies=anna(mandate="sector", tags="craft"), relations=MAINS
    ),
    ("companies", "priority"): Entry(
        "5", "levels", buddies=[{"id": "anna", "postcode": "06108", "max_companies": "0"}]
    ),
    ("companies", "state"): Entry("paused", "matching"),
    ("companies", "paused_from"): Entry("2026-11-24", "matching", companies=mill(paused_until="2027-12-08")),
    ("companies", "paused_until"): Entry("2026-12-01", "weeks", relations=MAINS),
    ("companies", "ended_on"): Entry("2026-11-20", "matching"),
    **{
        ("companies", day): Entry("08:00-12:00", "weeks", companies=mill(mon="-"))
        for day in ("mon", "tue", "wed", "thu", "fri")
    },
    ("companies", "sat"): Entry(
        "08:00-12:00", "weeks", buddies=anna(sat="08:00-12:00"), companies=mill(sun="-"), relations=MAINS
    ),
    ("companies", "sun"): Entry(
        "08:00-12:00",
        "weeks",
        buddies=anna(sun="08:00-12:00"),
        companies=mill(sat="-"),
        relations=MAINS,
        availability=[{"who": "anna", "from": "2026-11-29", "to": "2026-11-29", "open": "yes"}],
    ),
    ("companies", "contact_name"): Entry("Frau M.", "calendars"),
    ("companies", "contact_phone"): Entry("0345 1", "calendars"),
    ("companies", "contact_email"): Entry("m@example.org", "calendars"),
    ("companies", "specialists"): Entry("ar:3", "matching"),
    ("companies", "visits_per_4_weeks"): Entry("0", "weeks"),
    ("companies", "visit_min"): Entry("120", "weeks"),
    ("companies", "buddy"): Entry("ben", "matching"),
    ("companies", "buddy_since"): Entry(
        "2025-01-01",
        "cadence",
        companies=mill(buddy="anna"),
        history=[HISTORY | {"company": "yard", "date": "2024-12-01"}],
    ),
    ("specialists", "company"): Entry("yard", "matching", specialists=[GROUP]),
    ("specialists", "languages"): Entry("vi", "matching", specialists=[GROUP]),
    ("specialists", "count"): Entry("7", "tally", specialists=[GROUP]),
    ("specialists", "arrived"): Entry(
        "2026-11-23", "cadence", specialists=[GROUP], companies=mill(visits_per_4_weeks="1")
    ),
    ("specialists", "to"): Entry("2026-11-20", "matching", specialists=[GROUP]),
    ("care", "from"): Entry("2026-12-01", "cadence", care=[CARE], companies=mill(visits_per_4_weeks="")),
    ("care", "to"): Entry("2026-12-01", "cadence", care=[CARE], companies=mill(visits_per_4_weeks="")),
    ("care", "company"): Entry(
        "yard",
        "cadence",
        care=[CARE],
        companies=[row | {"visits_per_4_weeks": ""} for row in BASE["companies"]],
    ),
    ("care", "mode"): Entry("call", "weeks", care=[CARE], companies=mill(visits_per_4_weeks="")),
    ("care", "every_weeks"): Entry("4", "cadence", care=[CARE], companies=mill(visits_per_4_weeks="")),
    ("care", "times"): Entry("2", "cadence", care=[CARE], companies=mill(visits_per_4_weeks="")),
    ("care", "minutes"): Entry("120", "weeks", care=[CARE], companies=mill(visits_per_4_weeks="")),
    ("relations", "company"): Entry("yard", "matching", relations=[{"company": "mill", "buddy": "ben"}]),
    ("relations", "buddy"): Entry("anna", "matching", relations=[{"company": "mill", "buddy": "ben"}]),
    ("relations", "role"): Entry("cover", "matching", relations=[{"company": "mill", "buddy": "ben"}]),
    ("relations", "from"): Entry("2026-11-30", "weeks", relations=[COVER | {"to": "2026-12-04"}, *MAINS]),
    ("relations", "to"): Entry("2026-11-20", "matching", relations=[{"company": "mill", "buddy": "ben"}]),
    ("requests", "id"): Entry("r2", "weeks", requests=[REQUEST]),
    ("requests", "company"): Entry("yard", "weeks", requests=[REQUEST]),
    ("requests", "kind"): Entry("follow_up", "cadence", requests=[REQUEST | {"due": "2026-12-15"}]),
    ("requests", "raised"): Entry(
        "2026-11-15", "cadence", requests=[REQUEST | {"kind": "first_visit", "due": "2026-12-15"}]
    ),
    ("requests", "due"): Entry("2026-11-20", "cadence", requests=[REQUEST]),
    ("requests", "minutes"): Entry("90", "weeks", requests=[REQUEST]),
    ("requests", "state"): Entry("done", "weeks", requests=[REQUEST]),
    ("appointments", "id"): Entry("b", "weeks", appointments=[MEETING], places=[OFFICE]),
    ("appointments", "start"): Entry("2026-11-25 10:00", "weeks", appointments=[MEETING], places=[OFFICE]),
    ("appointments", "minutes"): Entry("90", "weeks", appointments=[MEETING], places=[OFFICE]),
    ("appointments", "place"): Entry("mill", "weeks", appointments=[MEETING], places=[OFFICE]),
    ("appointments", "kind"): Entry(
        "training", "left_out", appointments=[MEETING | {"start": "2026-11-24 20:00"}], places=[OFFICE]
    ),
    ("appointments", "company"): Entry(
        "yard", "left_out", appointments=[MEETING | {"start": "2026-11-24 20:00"}], places=[OFFICE]
    ),
    ("appointments", "buddies"): Entry("anna ben", "weeks", appointments=[MEETING], places=[OFFICE]),
    ("appointments", "every_weeks"): Entry(
        "1", "left_out", appointments=[MEETING | {"start": "2026-11-17 20:00"}], places=[OFFICE]
    ),
    ("appointments", "until"): Entry(
        "2026-11-20",
        "weeks",
        appointments=[MEETING | WEEKLY | {"start": "2026-11-17 10:00"}],
        places=[OFFICE],
    ),
    ("places", "id"): Entry("amt", "findings", appointments=[MEETING], places=[OFFICE]),
    ("places", "name"): Entry("Rathaus", "calendars", appointments=[MEETING], places=[OFFICE]),
    ("places", "address"): Entry(
        "Alter Markt 1, 39104 Magdeburg", "weeks", appointments=[MEETING], places=[OFFICE]
    ),
    ("places", "lat"): Entry(
        "51.6", "weeks", appointments=[MEETING], places=[OFFICE | {"lat": "51.5", "lon": "11.9"}]
    ),
    ("places", "lon"): Entry(
        "11.8", "weeks", appointments=[MEETING], places=[OFFICE | {"lat": "51.5", "lon": "11.9"}]
    ),
    ("availability", "who"): Entry("ben", "weeks", availability=[AWAY], relations=MAINS),
    ("availability", "from"): Entry("2026-11-25", "weeks", availability=[AWAY], relations=MAINS),
    ("availability", "to"): Entry("2026-11-25", "weeks", availability=[AWAY], relations=MAINS),
    ("availability", "weekdays"): Entry("mon", "weeks", availability=[AWAY], relations=MAINS),
    ("availability", "hours"): Entry("08:00-12:00", "weeks", availability=[AWAY], relations=MAINS),
    ("availability", "weeks"): Entry("odd", "weeks", availability=[AWAY], relations=MAINS),
    ("availability", "state"): Entry("declined", "weeks", availability=[AWAY], **WITH_MAINS),
    ("availability", "open"): Entry("yes", "weeks", availability=[AWAY], relations=MAINS),
    ("terms", "buddy"): Entry("ben", "matching", terms=[FEWER], **WITH_MAINS),
    ("terms", "from"): Entry("2027-11-01", "matching", terms=[FEWER], **WITH_MAINS),
    ("terms", "to"): Entry("2026-11-01", "matching", terms=[FEWER], **WITH_MAINS),
    ("terms", "hours_per_week"): Entry("1", "matching", terms=[LASTING], **WITH_MAINS),
    **{
        ("terms", day): Entry(
            "-", "weeks", companies=mill(**{day: "08:00-12:00"}), terms=[LASTING], relations=MAINS
        )
        for day in ("mon", "tue", "wed", "thu", "fri")
    },
    ("terms", "sat"): Entry(
        "08:00-12:00", "weeks", companies=mill(sat="08:00-12:00"), terms=[LASTING], relations=MAINS
    ),
    ("terms", "sun"): Entry(
        "08:00-12:00",
        "weeks",
        companies=mill(sun="08:00-12:00"),
        terms=[LASTING],
        relations=MAINS,
        availability=[{"who": "anna", "from": "2026-11-29", "to": "2026-11-29", "open": "yes"}],
    ),
    ("terms", "max_companies"): Entry("25", "matching", terms=[FEWER], **WITH_MAINS),
    ("terms", "max_care_hours"): Entry("0", "matching", terms=[LASTING], **WITH_MAINS),
    ("bases", "buddy"): Entry("ben", "weeks", bases=[ELSEWHERE], relations=MAINS),
    ("bases", "weekdays"): Entry("sun", "weeks", bases=[ELSEWHERE], relations=MAINS),
    ("bases", "place"): Entry("office", "weeks", bases=[ELSEWHERE], places=[OFFICE], relations=MAINS),
    ("bases", "postcode"): Entry("39104", "weeks", bases=[ELSEWHERE | {"town": ""}], relations=MAINS),
    ("bases", "town"): Entry("Halle (Saale)", "weeks", bases=[ELSEWHERE | NO_POSTCODE], relations=MAINS),
    ("bases", "lat"): Entry("52.1", "weeks", bases=[ELSEWHERE | AT_A_POINT], relations=MAINS),
    ("bases", "lon"): Entry("11.2", "weeks", bases=[ELSEWHERE | AT_A_POINT], relations=MAINS),
    ("bases", "from"): Entry("2027-01-01", "weeks", bases=[ELSEWHERE], relations=MAINS),
    ("bases", "to"): Entry("2026-01-01", "weeks", bases=[ELSEWHERE], relations=MAINS),
    ("pins", "buddy"): Entry("ben", "matching", pins=[{"buddy": "anna", "company": "mill"}]),
    ("pins", "company"): Entry("yard", "matching", pins=[{"buddy": "anna", "company": "mill"}]),
    ("bans", "buddy"): Entry("ben", "matching", bans=[{"buddy": "anna", "company": "mill"}]),
    ("bans", "company"): Entry("yard", "matching", bans=[{"buddy": "anna", "company": "mill"}]),
    ("companies", "last_contact"): Entry("2026-11-02", "funding", companies=mill(buddy="anna")),
    ("history", "company"): Entry("yard", "funding", history=[HISTORY]),
    ("history", "date"): Entry("2026-10-02", "funding", history=[HISTORY]),
    ("history", "buddy"): Entry("ben", "funding", history=[HISTORY]),
    ("history", "mode"): Entry("call", "funding", history=[HISTORY]),
    ("history", "minutes"): Entry("90", "funding", history=[HISTORY]),
    ("history", "outcome"): Entry("no_show", "funding", history=[HISTORY]),
    ("history", "specialists_met"): Entry("4", "funding", history=[HISTORY]),
    ("history", "travel_min"): Entry("30", "funding", history=[HISTORY]),
    ("history", "distance_m"): Entry("1500", "funding", history=[HISTORY]),
}


def made(folder: Path, tables: Tables, policy: str = "") -> Made:
    write_csv(folder, tables)
    (folder / "policy.toml").write_text(policy, encoding="utf-8")
    return Made(folder)


def test_every_column_has_an_entry_or_a_reason() -> None:
    columns = {(table, column.name) for table, held in COLUMNS.items() for column in held}
    assert ENTRIES.keys() | KEPT.keys() == columns and not ENTRIES.keys() & KEPT.keys()


@pytest.mark.parametrize(("table", "column"), ENTRIES, ids=map(".".join, ENTRIES))
def test_a_column_does_something(table: str, column: str, tmp_path: Path) -> None:
    entry = ENTRIES[table, column]
    tables: Tables = BASE | entry.tables
    (first, *others) = tables[table]
    changed = tables | {table: [first | {column: entry.value}, *others]}
    before, after = made(tmp_path / "before", tables), made(tmp_path / "after", changed)
    assert getattr(before, entry.shows) != getattr(after, entry.shows)


FIRST_VISIT = REQUEST | {"kind": "first_visit", "raised": "2026-11-20", "due": "2026-12-15"}
ONE_COMPANY = [row | {"max_companies": "1"} for row in BASE["buddies"][:1]]

TRAVEL_FIRST = '[[objectives]]\nname = "unserved"\n[[objectives]]\nname = "travel_min"'

KEYS: dict[str, tuple[str, Entry]] = {
    "objectives": ("", Entry('[[objectives]]\nname = "travel_min"', "levels")),
    "coverage_weight": ("", Entry('coverage_weight = "specialists"', "tally", specialists=[GROUP])),
    "language_level": ("", Entry('language_level = "C2"', "matching", specialists=[GROUP])),
    "language_required": ("", Entry("language_required = true", "matching", specialists=[GROUP])),
    "either_prefers_sector": (
        "",
        Entry(
            "either_prefers_sector = false",
            "levels",
            buddies=anna(sectors="F", districts="15002")[:1],
            companies=mill()[:1],
        ),
    ),
    "max_one_way_min": ("", Entry("max_one_way_min = 1", "matching")),
    "travel_percent": ("", Entry("travel_percent = 200", "matching")),
    "rematch": (TRAVEL_FIRST, Entry("rematch = true", "matching", relations=SWAPPED)),
    "max_changed_relations": (
        f"rematch = true\n{TRAVEL_FIRST}",
        Entry("max_changed_relations = 0", "matching", relations=SWAPPED),
    ),
    "district_floor_percent": ("", Entry("district_floor_percent = 0", "levels", buddies=ONE_COMPANY)),
    "first_visit_within_days": (
        "",
        Entry("first_visit_within_days = 5", "cadence", requests=[FIRST_VISIT]),
    ),
    "publish_days_ahead": ("", Entry("publish_days_ahead = 1", "publish_by")),
    "promise_min": ("", Entry("promise_min = 45", "promises")),
    "reserve_percent": ("", Entry("reserve_percent = 100", "cadence")),
    "min_gap_days": (
        "",
        Entry("min_gap_days = 28", "cadence", companies=mill(visits_per_4_weeks="2"), history=[HISTORY]),
    ),
    "first_break_after_min": (
        "",
        Entry("first_break_after_min = 240", "weeks", appointments=FULL_DAY, places=[OFFICE]),
    ),
    "drift_days": ("", Entry("[drift_days]\nweekly = 0", "cadence", history=[HISTORY])),
    "arrival": (
        "",
        Entry(
            "[arrival]\nvisits_per_week = 2",
            "cadence",
            specialists=[GROUP | {"arrived": "2026-11-23"}],
        ),
    ),
    "min_cell": ("", Entry("min_cell = 0", "aggregates")),
    "cost_cents_per_fte_year": ("", Entry("cost_cents_per_fte_year = 7000000", "outcome")),
    "cost_cents_per_km": ("", Entry("cost_cents_per_km = 50", "summary")),
    "closed_days": (
        "",
        Entry("closed_days = [2026-11-23, 2026-11-24, 2026-11-25, 2026-11-26, 2026-11-27]", "weeks"),
    ),
    "least_presence": ("", Entry("least_presence = 2", "findings", availability=[AWAY])),
    "budget_cents_per_year": ("", Entry("budget_cents_per_year = 7000000", "matching")),
    "nightly_adopts": ("", Entry("nightly_adopts = true", "adopted_at_night")),
}
"""For each key of the policy the rest of the file, and the line of the key."""


def test_every_key_has_an_entry() -> None:
    assert KEYS.keys() == Policy.model_fields.keys()


@pytest.mark.parametrize("key", KEYS)
def test_a_key_does_something(key: str, tmp_path: Path) -> None:
    rest, entry = KEYS[key]
    tables: Tables = BASE | entry.tables
    before = made(tmp_path / "before", tables, rest)
    after = made(tmp_path / "after", tables, f"{entry.value}\n{rest}")
    assert getattr(before, entry.shows) != getattr(after, entry.shows)
