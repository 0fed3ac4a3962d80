"""Convert checked rows into the entities of a problem and into identities, which are stored separately.

A column of the same name as an entity's field becomes that field; the functions name only the others.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

from data.base.entity import Entity
from data.model.dated import Appointment, Availability, Term
from data.model.history import Contact
from data.model.problem import Base, Buddy, Care, Company, Horizon, Place, Point, Request, SpecialistGroup
from data.model.programme import Host
from data.model.relation import Ban, Pin, Relation
from data.model.repeated import Occurring
from data.model.vocabulary import AbsenceState, CareMode, Mandate, WeekWindows
from data.tables.places import place_key
from data.tables.rows import Row, Tables
from data.tables.times import WEEKDAYS

Points = Mapping[str, Point]
"""Location of every buddy, company and place, by id."""

ORDER: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(
        ("hosts", "buddies", "companies", "requests", "appointments", "places"), lambda each: each.id
    ),
    "specialists": lambda g: (
        g.company,
        g.languages,
        g.kind,
        g.arrived or date.min,
        g.count,
        g.until or date.max,
    ),
    "care": lambda c: (
        c.company,
        c.mode,
        c.every_weeks,
        c.times,
        c.minutes,
        c.since or date.min,
        c.until or date.max,
    ),
    "relations": lambda r: (r.company, r.role, r.since or date.min, r.buddy),
    "availability": lambda a: a.who,
    "terms": lambda t: (t.buddy, t.first or date.min, t.last or date.max),
    "bases": lambda b: (b.buddy, b.since or date.min, b.until or date.max, b.weekdays, b.place, str(b.point)),
    "pins": lambda p: (p.company, p.buddy),
    "bans": lambda b: (b.company, b.buddy),
    "history": lambda c: (c.company, c.date, c.buddy, c.mode, c.outcome, c.minutes),
}
"""By what the entities of a problem are sorted; rows that are equal in it stay in the order of the file."""
# 8 visits in four weeks are two every week.
CARE_OF_VISITS = {1: (4, 1), 2: (2, 1), 4: (1, 1), 8: (1, 2)}


def hosts(tables: Tables) -> tuple[Host, ...]:
    """Return the hosts; without a hosts file, those named by buddies and companies, with defaults."""
    if not tables["hosts"]:
        named = {row["host"] for table in ("buddies", "companies") for row in tables[table]}
        return tuple(Host(id=key) for key in sorted(named - {""}))
    return tuple(Host(**_fields(Host, row)) for row in _by_id(tables["hosts"]))


def buddies(tables: Tables, points: Points, districts: Sequence[str]) -> tuple[Buddy, ...]:
    """Return the buddies; one without districts and sectors works in all districts."""
    return tuple(
        Buddy(
            base=points[row["id"]],
            districts=row["districts"] or (tuple(districts) if _everywhere(row) else ()),
            shifts=_week(row),
            week_work_min=row["hours_per_week"],
            desk_work_min=row["desk_hours_per_week"],
            min_care_min=row["min_care_hours"],
            max_care_min=row["max_care_hours"],
            **_fields(Buddy, row, "districts"),
        )
        for row in _by_id(tables["buddies"])
    )


def _everywhere(row: Row) -> bool:
    """Return whether empty districts mean all of them: yes, unless the mandate is by sector only."""
    if row["mandate"] is Mandate.EITHER:
        return not row["sectors"]
    return row["mandate"] is not Mandate.SECTOR


def companies(tables: Tables, points: Points, districts: Mapping[str, str]) -> tuple[Company, ...]:
    """Return the companies with the district of each; `districts` has no entry for those outside."""
    return tuple(
        Company(
            point=points[row["id"]],
            district=districts.get(row["id"], ""),
            opening=_week(row),
            **_fields(Company, row),
        )
        for row in _by_id(tables["companies"])
    )


def specialists(tables: Tables) -> tuple[SpecialistGroup, ...]:
    """Return the groups from the file and from the companies' shorthand, sorted by company."""
    groups = [
        SpecialistGroup(until=row["to"], **_fields(SpecialistGroup, row)) for row in tables["specialists"]
    ]
    groups += [
        SpecialistGroup(company=row["id"], languages=languages, count=count)
        for row in tables["companies"]
        for languages, count in row["specialists"]
    ]
    return tuple(sorted(groups, key=ORDER["specialists"]))


def care(tables: Tables) -> tuple[Care, ...]:
    """Return the care from the file and from the shorthand; companies without any get the default."""
    rows = [Care(since=row["from"], until=row["to"], **_fields(Care, row)) for row in tables["care"]]
    named = {row.company for row in rows}
    for row in tables["companies"]:
        visits = 1 if row["visits_per_4_weeks"] is None else row["visits_per_4_weeks"]
        if visits and row["id"] not in named:
            every_weeks, times = CARE_OF_VISITS[visits]
            rows.append(
                Care(
                    company=row["id"],
                    mode=CareMode.VISIT,
                    every_weeks=every_weeks,
                    times=times,
                    minutes=row["visit_min"],
                )
            )
    return tuple(sorted(rows, key=ORDER["care"]))


def relations(tables: Tables) -> tuple[Relation, ...]:
    """Return the relations from the file and from the companies' shorthand, sorted by company."""
    rows = [
        Relation(
            company=row["company"], buddy=row["buddy"], role=row["role"], since=row["from"], until=row["to"]
        )
        for row in tables["relations"]
    ]
    rows += [
        Relation(company=row["id"], buddy=row["buddy"], since=row["buddy_since"])
        for row in tables["companies"]
        if row["buddy"]
    ]
    return tuple(sorted(rows, key=ORDER["relations"]))


def requests(tables: Tables, first_day: date) -> tuple[Request, ...]:
    """Return the requests; without a date they count as raised on the first planned day."""
    return tuple(
        Request(
            raised=row["raised"] or min(first_day, row["due"]),
            **_fields(Request, row, "raised"),
        )
        for row in _by_id(tables["requests"])
    )


def appointments(tables: Tables, occurring: Occurring) -> tuple[Appointment, ...]:
    """Return the appointments; without a place they are at their company. Those that repeat are several."""
    found = [
        each
        for row in tables["appointments"]
        for each in occurring.of(appointment_of(row), row["every_weeks"], row["until"])
    ]
    return tuple(sorted(found, key=ORDER["appointments"]))


def occurring_of(tables: Tables, state: str, closed_days: Collection[date], horizon: Horizon) -> Occurring:
    """Return when appointments that repeat take place; rules that cannot be read close nothing."""
    own_ids = frozenset(row["id"] for row in tables["appointments"])
    readable = [row for row in tables["availability"] if not row.broken]
    return Occurring(state, closed_days, availability({"availability": readable}), own_ids, horizon)


def appointment_of(row: Row) -> Appointment:
    """Return the appointment of a row, the first one where it repeats."""
    return Appointment(
        place=row["place"] or row["company"],
        buddies=tuple(sorted(row["buddies"])),
        **_fields(Appointment, row, "place", "buddies"),
    )


def places(tables: Tables, points: Points) -> tuple[Place, ...]:
    """Return the places."""
    return tuple(Place(point=points[row["id"]], **_fields(Place, row)) for row in _by_id(tables["places"]))


def availability(tables: Tables) -> tuple[Availability, ...]:
    """Return the rules by whom they concern, then in file order, since later ones override earlier ones.

    What is only asked for, or was declined, is none.
    """
    return tuple(
        Availability(first=row["from"], last=row["to"] or row["from"], **_fields(Availability, row))
        for row in sorted(tables["availability"], key=lambda row: str(row["who"]))
        if row["state"] is AbsenceState.CONFIRMED
    )


def terms(tables: Tables) -> tuple[Term, ...]:
    """Return the terms by buddy and first day; a day that is not filled in stays the buddy's own."""
    rows = [
        Term(
            first=row["from"],
            last=row["to"],
            week_work_min=row["hours_per_week"],
            shifts=tuple(row[day] if row.written(day) else None for day in WEEKDAYS),
            max_care_min=row["max_care_hours"],
            **_fields(Term, row),
        )
        for row in tables["terms"]
    ]
    return tuple(sorted(rows, key=ORDER["terms"]))


def bases(tables: Tables, points: Points) -> tuple[Base, ...]:
    """Return the bases by buddy and first day; one without a place is at its own address."""
    rows = [
        Base(
            since=row["from"],
            until=row["to"],
            point=None if row["place"] else points[place_key(row)],
            **_fields(Base, row),
        )
        for row in tables["bases"]
    ]
    return tuple(sorted(rows, key=ORDER["bases"]))


def pins(tables: Tables) -> tuple[Pin, ...]:
    """Return the required pairs."""
    return tuple(Pin(**_fields(Pin, row)) for row in _by_pair(tables["pins"]))


def bans(tables: Tables) -> tuple[Ban, ...]:
    """Return the forbidden pairs."""
    return tuple(Ban(**_fields(Ban, row)) for row in _by_pair(tables["bans"]))


def history(tables: Tables) -> tuple[Contact, ...]:
    """Return the past contacts from the file and from the companies' shorthand, sorted by company and day."""
    contacts = [Contact(**_fields(Contact, row)) for row in tables["history"]]
    there = {(contact.company, contact.date) for contact in contacts}
    contacts += [
        Contact(company=row["id"], date=row["last_contact"], buddy=row["buddy"])
        for row in tables["companies"]
        if row["last_contact"] and (row["id"], row["last_contact"]) not in there
    ]
    return tuple(sorted(contacts, key=ORDER["history"]))


def _fields(entity: type[Entity], row: Row, *but: str) -> dict[str, Any]:
    """Return the fields of an entity that have a column of their name, except some."""
    return {name: row[name] for name in entity.model_fields if name in row and name not in but}


def _week(row: Row) -> WeekWindows:
    return tuple(row[day] for day in WEEKDAYS)


def _by_id(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: str(row["id"]))


def _by_pair(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (str(row["company"]), str(row["buddy"])))
