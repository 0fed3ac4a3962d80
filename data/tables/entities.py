"""Convert checked rows into the entities of a problem and into identities, which are stored separately.

A column of the same name as an entity's field becomes that field; the functions name only the others.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from data.base.entity import Entity
from data.model.history import Contact
from data.model.identity import Identity
from data.model.problem import (
    Appointment,
    Availability,
    Buddy,
    Care,
    Company,
    Host,
    Place,
    Point,
    Request,
    SpecialistGroup,
)
from data.model.relation import Ban, Pin, Relation
from data.model.vocabulary import AbsenceState, CareMode, Mandate, WeekWindows
from data.tables.checks.tables import Tables
from data.tables.rows import Row
from data.tables.times import WEEKDAYS

Points = Mapping[str, Point]
"""Location of every buddy, company and place, by id."""

ORDER: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(
        ("hosts", "buddies", "companies", "requests", "appointments", "places"), lambda each: each.id
    ),
    "specialists": lambda g: (g.company, g.languages, g.kind, g.arrived or date.min, g.count),
    "care": lambda c: (c.company, c.mode, c.every_weeks, c.times, c.minutes),
    "relations": lambda r: (r.company, r.role, r.since or date.min, r.buddy),
    "availability": lambda a: a.who,
    "pins": lambda p: (p.company, p.buddy),
    "bans": lambda b: (b.company, b.buddy),
    "history": lambda c: (c.company, c.date, c.buddy, c.mode, c.outcome, c.minutes),
}
"""By what the entities of a problem are sorted; rows that are equal in it stay in the order of the file."""
# 8 visits in four weeks are two every week.
CARE_OF_VISITS = {1: (4, 1), 2: (2, 1), 4: (1, 1), 8: (1, 2)}
PERSONAL = ("name", "street", "postcode", "town", "contact_name", "contact_phone", "contact_email")


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
    groups = [SpecialistGroup(**_fields(SpecialistGroup, row)) for row in tables["specialists"]]
    groups += [
        SpecialistGroup(company=row["id"], languages=languages, count=count)
        for row in tables["companies"]
        for languages, count in row["specialists"]
    ]
    return tuple(sorted(groups, key=ORDER["specialists"]))


def care(tables: Tables) -> tuple[Care, ...]:
    """Return the care from the file and from the shorthand; companies without any get the default."""
    rows = [Care(**_fields(Care, row)) for row in tables["care"]]
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


def appointments(tables: Tables) -> tuple[Appointment, ...]:
    """Return the appointments; without a place they are at their company."""
    return tuple(
        Appointment(
            place=row["place"] or row["company"],
            buddies=tuple(sorted(row["buddies"])),
            **_fields(Appointment, row, "place", "buddies"),
        )
        for row in _by_id(tables["appointments"])
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


def identities(tables: Tables) -> tuple[Identity, ...]:
    """Return the identities of buddies, companies, hosts and places, sorted by id.

    If a host shares its id with a buddy, company or place, the identity is that of the other.
    """
    found: dict[str, Identity] = {}
    for table in ("hosts", "places", "companies", "buddies"):
        for row in tables[table]:
            fields = {name: row[name] for name in PERSONAL if name in row}
            if table == "hosts":
                fields["town"] = row["seat"]
            if table == "places":
                fields["street"] = row["address"]
            if row["id"]:
                found[row["id"]] = Identity(id=row["id"], **fields)
    return tuple(found[key] for key in sorted(found))


def _fields(entity: type[Entity], row: Row, *but: str) -> dict[str, Any]:
    """Return the fields of an entity that have a column of their name, except some."""
    return {name: row[name] for name in entity.model_fields if name in row and name not in but}


def _week(row: Row) -> WeekWindows:
    return tuple(row[day] for day in WEEKDAYS)


def _by_id(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: str(row["id"]))


def _by_pair(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (str(row["company"]), str(row["buddy"])))
