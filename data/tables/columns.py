"""The files of a programme and their columns: one list shared by reader, writer and documentation."""

from collections.abc import Mapping
from dataclasses import replace

from data.model.dated import Appointment, Availability, Term
from data.model.history import Contact
from data.model.problem import Base, Buddy, Care, Company, Place, Request, SpecialistGroup
from data.model.programme import Host
from data.model.relation import Ban, Pin, Relation
from data.model.vocabulary import AbsenceState
from data.reference.words.values import VISITS
from data.tables.cells import DEGREES, ID, TAGS, TEXT, VISIT, hours, one_of, one_of_numbers, whole, words
from data.tables.codes import ALTERNATIVES, DISTRICTS, GROUPS, POSTCODE, SECTOR, SECTORS, SPOKEN
from data.tables.column import Column, column_of, table_of
from data.tables.times import DATE, HOURS, MOMENT, WEEKDAY_LIST, WEEKDAYS, WINDOWS

NEEDED_FILES = ("buddies", "companies")
MINUTES = whole(1, 600, "minutes")

_PLACE = table_of(
    "place",
    Column("street", TEXT),
    Column("postcode", POSTCODE),
    Column("town", TEXT),
    Column("lat", DEGREES),
    Column("lon", DEGREES),
)


def _week(usual: str, about: str) -> tuple[Column, ...]:
    usually = dict.fromkeys(WEEKDAYS, usual) | {"sat": "-", "sun": "-"}
    return tuple(Column(day, WINDOWS, usually[day], about=about) for day in WEEKDAYS)


COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "hosts": table_of(
        "hosts",
        column_of(Host, "id", ID),
        Column("name", TEXT),
        column_of(Host, "kind"),
        Column("seat", TEXT),
        column_of(Host, "cross_host"),
        column_of(Host, "grant_ref"),
        column_of(Host, "grant_from"),
        column_of(Host, "grant_to"),
    ),
    "buddies": table_of(
        "buddies",
        column_of(Buddy, "id"),
        Column("name", TEXT),
        column_of(Buddy, "host"),
        *_PLACE,
        column_of(Buddy, "mandate"),
        column_of(Buddy, "districts", DISTRICTS),
        column_of(Buddy, "sectors", SECTORS),
        column_of(Buddy, "tags", TAGS),
        column_of(Buddy, "languages", SPOKEN),
        column_of(Buddy, "week_work_min", hours(60), column="hours_per_week"),
        column_of(Buddy, "max_days_per_week", unit="days"),
        column_of(Buddy, "desk_work_min", hours(60), column="desk_hours_per_week"),
        column_of(Buddy, "max_companies", most=500),
        column_of(Buddy, "min_care_min", hours(240), column="min_care_hours"),
        column_of(Buddy, "max_care_min", hours(240), column="max_care_hours"),
        column_of(Buddy, "max_one_way_min", unit="minutes", most=600),
        column_of(Buddy, "vehicle"),
        column_of(Buddy, "deputies"),
        *_week("08:00-16:30", "buddies.weekday"),
        column_of(Buddy, "employed_from"),
        column_of(Buddy, "employed_to"),
    ),
    "companies": table_of(
        "companies",
        column_of(Company, "id"),
        Column("name", TEXT),
        column_of(Company, "host"),
        column_of(Company, "enterprise"),
        *_PLACE,
        column_of(Company, "sector", SECTOR),
        column_of(Company, "tags", TAGS),
        column_of(Company, "employees", most=100_000),
        column_of(Company, "priority"),
        column_of(Company, "state"),
        column_of(Company, "paused_from"),
        column_of(Company, "paused_until"),
        column_of(Company, "ended_on"),
        *_week("08:00-16:00", "companies.weekday"),
        Column("contact_name", TEXT),
        Column("contact_phone", TEXT),
        Column("contact_email", TEXT),
        Column("specialists", GROUPS),
        Column("visits_per_4_weeks", one_of_numbers(0, 1, 2, 4, 8, vocabulary=VISITS)),
        column_of(Care, "minutes", column="visit_min", unit="minutes"),
        Column("buddy", ID, refers=("buddies",)),
        Column("buddy_since", DATE),
        Column("last_contact", DATE),
    ),
    "specialists": table_of(
        "specialists",
        column_of(SpecialistGroup, "company"),
        column_of(SpecialistGroup, "languages", ALTERNATIVES),
        column_of(SpecialistGroup, "count", most=999),
        column_of(SpecialistGroup, "arrived"),
        column_of(SpecialistGroup, "kind", one_of("specialist", "apprentice", vocabulary="SpecialistKind")),
        column_of(SpecialistGroup, "until", column="to"),
    ),
    "care": table_of(
        "care",
        column_of(Care, "company"),
        column_of(Care, "mode"),
        column_of(Care, "every_weeks", unit="weeks"),
        column_of(Care, "times"),
        column_of(Care, "minutes", unit="minutes"),
        column_of(Care, "since", column="from"),
        column_of(Care, "until", column="to"),
    ),
    "relations": table_of(
        "relations",
        column_of(Relation, "company"),
        column_of(Relation, "buddy"),
        column_of(Relation, "role"),
        column_of(Relation, "since", column="from"),
        column_of(Relation, "until", column="to"),
    ),
    "requests": table_of(
        "requests",
        column_of(Request, "id", ID),
        column_of(Request, "company"),
        column_of(Request, "kind"),
        Column("raised", DATE),
        column_of(Request, "due"),
        column_of(Request, "minutes", unit="minutes"),
        column_of(Request, "state"),
    ),
    "appointments": table_of(
        "appointments",
        column_of(Appointment, "id"),
        column_of(Appointment, "start", MOMENT),
        Column("minutes", MINUTES, "60"),
        column_of(Appointment, "place"),
        column_of(Appointment, "kind"),
        column_of(Appointment, "company"),
        column_of(Appointment, "buddies"),
        Column("every_weeks", whole(1, 52, "weeks")),
        Column("until", DATE),
    ),
    "places": table_of(
        "places",
        column_of(Place, "id"),
        Column("name", TEXT),
        column_of(Place, "kind"),
        Column("address", TEXT),
        *_PLACE[3:],
    ),
    "availability": table_of(
        "availability",
        column_of(Availability, "who"),
        column_of(Availability, "first", column="from"),
        Column("to", DATE),
        column_of(Availability, "weekdays", WEEKDAY_LIST),
        column_of(Availability, "hours", HOURS),
        column_of(Availability, "weeks"),
        column_of(Availability, "open"),
        Column("state", words(AbsenceState), AbsenceState.CONFIRMED.value),
    ),
    "terms": table_of(
        "terms",
        column_of(Term, "buddy"),
        column_of(Term, "first", column="from"),
        column_of(Term, "last", column="to"),
        column_of(Term, "week_work_min", hours(60), column="hours_per_week"),
        *(Column(day, WINDOWS, about="terms.weekday") for day in WEEKDAYS),
        column_of(Term, "max_companies", most=500),
        column_of(Term, "max_care_min", hours(240), column="max_care_hours"),
    ),
    "bases": table_of(
        "bases",
        column_of(Base, "buddy"),
        column_of(Base, "weekdays", WEEKDAY_LIST),
        # Not at a buddy's: whose home it is could be read off the ways of another.
        replace(column_of(Base, "place"), refers=("companies", "places")),
        *_PLACE,
        column_of(Base, "since", column="from"),
        column_of(Base, "until", column="to"),
    ),
    "pins": table_of("pins", column_of(Pin, "buddy"), column_of(Pin, "company"), column_of(Pin, "reason")),
    "bans": table_of("bans", column_of(Ban, "buddy"), column_of(Ban, "company"), column_of(Ban, "reason")),
    "history": table_of(
        "history",
        column_of(Contact, "company"),
        column_of(Contact, "date"),
        column_of(Contact, "buddy"),
        column_of(Contact, "mode"),
        column_of(Contact, "minutes", unit="minutes", most=600),
        column_of(Contact, "outcome"),
        column_of(Contact, "specialists_met", most=1000),
        column_of(Contact, "topic"),
        column_of(Contact, "travel_min", unit="minutes", most=1440),
        column_of(Contact, "distance_m", unit="metres", most=2_000_000),
        Column("planned_visit", VISIT),
    ),
}
