"""A small programme with a published plan for the week before this one, this one and the next."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from api.http.accounts.passwords import password_hash
from api.service.settings import Settings
from api.service.sources import default_sources
from api.service.wiring import wired
from data.base.dates import aware, days_of, iso_week
from data.model.dated import Appointment
from data.model.identity import Identities, Identity
from data.model.problem import Care, Company, Horizon, Place, Point, Problem, SpecialistGroup
from data.model.programme import District, Host, Programme
from data.model.vocabulary import CareMode
from data.register.first_rows import fill_register
from data.results.solution import BuddyWeeks
from data.store.people.users import NewUser, Role, add_user
from data.store.work.matchings import keep_matching
from data.store.work.plans import NewPlan, keep_draft, plan_of
from data.store.work.problems import keep_import, keep_problem, packed
from data.store.work.programmes import keep_programme
from data.travel.provider import times_of
from matching.solve import match
from scheduling.plan.plan_weeks import plan_weeks
from tests.builders import HALLE, MAGDEBURG, STENDAL, buddy, company, speaks

PASSWORD = "correct horse battery"
USERS = {
    "coordinator": NewUser("koordination", Role.COORDINATOR, "test"),
    "colleague": NewUser("vertretung", Role.COORDINATOR, "test"),
    "chamber": NewUser("kammer", Role.COORDINATOR, "test", host="kammer"),
    "host": NewUser("traeger", Role.COORDINATOR, "test", host="another"),
    "buddy": NewUser("anna", Role.BUDDY, "test", buddy="anna"),
    "other": NewUser("bert", Role.BUDDY, "test", buddy="bert"),
    "new": NewUser("neu", Role.BUDDY, "test", buddy="nobody-yet"),
    "planner": NewUser("planung", Role.PLANNER, "test"),
    "viewer": NewUser("auswertung", Role.VIEWER, "test"),
}
FIRMS = {
    "baecker": ("Bäckerei Kruste", "C10", "15003"),
    "metall": ("Metallbau Funke & Söhne", "C25", "15003"),
    "pflege": ("Pflegedienst Abendrot", "Q88", "15003"),
    "logistik": ("Spedition Elbe-Cargo", "H49", "15003"),
    "hotel": ("Hotel zum Dom", "I55", "15002"),
    "klinik": ("Klinik am Saaleufer", "Q86", "15002"),
    "dach": ("Dachdeckerei Ziegel", "F43", "15002"),
    "garten": ("Gärtnerei Grünkohl", "A01", "15002"),
    "holz": ("Tischlerei Astloch", "C31", "15090"),
    "milch": ("Molkerei Altmark", "C10", "15090"),
    "heim": ("Seniorenheim Uchtehof", "Q87", "15090"),
    "tief": ("Tiefbau Wische", "F42", "15090"),
    "gast": ("Gasthaus Roland", "I56", "15090"),
    "wind": ("Windkraft Nord", "D35", "15090"),
}
CENTRES = {"15003": MAGDEBURG, "15002": HALLE, "15090": STENDAL}
TOWNS = {
    "15003": ("39104", "Magdeburg"),
    "15002": ("06108", "Halle (Saale)"),
    "15090": ("39576", "Stendal"),
}


@dataclass(frozen=True)
class Office:
    """The contents of the store: the three weeks, and each buddy's visits in them."""

    before: str
    this: str
    after: str
    weeks: dict[str, BuddyWeeks]

    def visits(self, week: str, buddy: str = "anna") -> list[tuple[date, str]]:
        """Day and id of each visit at a company that a buddy makes in a week, in order."""
        own = next(each for each in self.weeks[buddy].weeks if each.week == week)
        days = zip(days_of(week), own.days, strict=True)
        return [(day, stop.id) for day, route in days if route for stop in route.stops if stop.place in FIRMS]


def open_office(settings: Settings, today: date) -> Office:
    """Fill an empty store and return its contents."""
    names = [iso_week(today + timedelta(weeks=shift)) for shift in (-1, 0, 1)]
    small = small_programme(names[0], aware(days_of(names[2])[2], 600))
    minutes = times_of(small, default_sources().travel)
    matching = match(small, minutes)
    weeks = plan_weeks(small, matching, minutes, 3)
    service = wired(settings)
    hashed = password_hash(PASSWORD)
    with service.store.writing() as c:
        keep_programme(c, small.programme, identities())
        keep_import(c, "test", keep_problem(c, packed(small, minutes, None)), 0, 0, "u")
        fill_register(c, "test")
        key = keep_matching(c, "test", matching, None, None, "u")
        plan = keep_draft(c, NewPlan("test", key, names[0], 3, weeks, "u"))
        for user in USERS.values():
            add_user(c, user, hashed)
    with service.store.writing() as c:
        from api.published.publishing import published_now
        from api.run.stored import StoredRuns

        published_now(c, plan_of(c, plan), StoredRuns().of_plan(c, plan), "u")
    service.close()
    return Office(*names, {own.buddy: own for own in weeks})


def small_programme(first_week: str, meeting: datetime) -> Problem:
    """Two buddies, fourteen companies in three districts, a meeting in the last week; three have no buddy."""
    firms = tuple(_firm(key, number) for number, key in enumerate(FIRMS))
    given: dict[str, Any] = {
        "programme": Programme(
            id="test", state="ST", districts=tuple(District(ags=ags) for ags in sorted(CENTRES))
        ),
        "horizon": Horizon(first_week=first_week, weeks=3),
        "hosts": (Host(id="kammer"),),
        "buddies": (
            buddy("anna", districts=("15003", "15090"), max_companies=7, languages=speaks(ar="C1", de="C2")),
            buddy("bert", HALLE, districts=("15002",), languages=speaks(uk="B2", de="C2")),
        ),
        "companies": firms,
        "care": (
            *(Care(company=key, every_weeks=1, minutes=60) for key in FIRMS),
            Care(company="baecker", mode=CareMode.CALL, every_weeks=1, minutes=20),
        ),
        "specialists": tuple(
            SpecialistGroup(company=key, languages=("ar",) if number % 2 else ("ru", "uk"), count=2)
            for number, key in enumerate(FIRMS)
        ),
        "places": (Place(id="buero", point=MAGDEBURG),),
        "appointments": (
            Appointment(id="team", start=meeting, minutes=60, place="buero", buddies=("anna", "bert")),
        ),
    }
    return Problem(**given)


def _firm(key: str, number: int) -> Company:
    _, sector, district = FIRMS[key]
    centre = CENTRES[district]
    point = Point(lat=centre.lat + 0.02 * (number % 3), lon=centre.lon + 0.03 * (number % 4))
    return company(key, point, sector=sector, district=district, host="kammer")


def identities() -> Identities:
    """The names; all are invented."""
    people = [
        Identity(id="anna", name="Anna Ahorn", town="Magdeburg"),
        Identity(id="bert", name="Bert Birke", town="Halle (Saale)"),
        Identity(id="kammer", name="Handwerkskammer Musterstadt"),
        Identity(
            id="buero", name="Koordinationsbüro", street="Domplatz 1", postcode="39104", town="Magdeburg"
        ),
    ]
    for number, (key, (name, _, district)) in enumerate(FIRMS.items(), start=1):
        postcode, town = TOWNS[district]
        people.append(
            Identity(
                id=key,
                name=name,
                street=f"Am Markt {number}",
                postcode=postcode,
                town=town,
                contact_name="Dilnoza Petrowa",
                contact_phone=f"0391 5550{number:02d}",
                contact_email=f"{key}@example.org",
            )
        )
    return Identities(invented=True, people=tuple(sorted(people, key=lambda person: person.id)))


def settings_for(folder: Path, port: int) -> Settings:
    """The settings of a small service on this machine."""
    return Settings(data_dir=folder / "data", port=port, plain_http=True, workers=1)
