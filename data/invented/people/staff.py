"""Invented buddies: base, mandate, languages and working hours."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from data.geo.gazetteer import Gazetteer
from data.invented.draws import Weighted, deal, draw, source
from data.invented.figures import Figures
from data.invented.homes import Spot, moved, spots
from data.invented.people.hosts import EMPLOYS, MANDATES, Host, hosts
from data.invented.people.names import people
from data.model.problem import Point

FULL_TIME_HOURS = 40
SPARE_PLACES = 1.055  # places in all caseloads per company
LARGEST_CASELOAD = 30
CASELOAD_HABITS = [(0.88, 20), (0.96, 20), (1.0, 20), (1.04, 20), (1.12, 20)]
CARE_SHARE = 0.5  # maximum share of contract hours: the rest is travel and desk work
LATE, LEAVING = 0.06, 0.02
DESK_HOURS = [("6", 30), ("7", 40), ("8", 30)]
ONE_WAY_MIN = [(45, 25), (60, 55), (75, 20)]
SECTORS: Weighted[str] = [
    ("C E N78", 18),
    ("C16 C25 C31 F G45 S95", 16),
    ("F M71 N81", 14),
    ("G H N78 N82", 20),
    ("C10 G47 I R", 14),
    ("P Q", 10),
    ("A C10 G46", 8),
]
FIRST_LEVELS = [("B2", 20), ("C1", 40), ("C2", 40)]
LEVELS = [("A2", 8), ("B1", 18), ("B2", 27), ("C1", 30), ("C2", 17)]
FURTHER_LANGUAGES = [(0, 10), (1, 40), (2, 35), (3, 15)]
UNDERSTOOD = {"B1", "B2", "C1", "C2"}  # the level that the policy requires, and better


@dataclass(frozen=True)
class Week:
    """A usual working week: its shifts from Monday to Friday, breaks included, and its contract hours."""

    shifts: tuple[str, ...]
    hours: int


WEEKS = [
    (Week(("08:00-16:30",) * 5, 40), 58),
    (Week(("07:00-15:30",) * 5, 40), 12),
    (Week(("08:00-17:00",) * 4 + ("08:00-14:30",), 40), 12),
    (Week(("07:30-17:00",) * 4 + ("-",), 36), 8),
    (Week(("08:00-14:30",) * 5, 30), 6),
    (Week(("08:30-17:00",) * 3 + ("-",) * 2, 24), 4),
]


@dataclass(frozen=True)
class Colleague:
    """One invented buddy; `sectors` are WZ codes, `languages` pairs of code and level."""

    id: str
    name: str
    host: Host
    spot: Spot
    base: Point
    mandate: str
    districts: tuple[str, ...]
    sectors: tuple[str, ...]
    languages: tuple[tuple[str, str], ...]
    week: Week
    desk_hours: str
    max_companies: int
    max_one_way_min: int
    begins: date | None = None
    ends: date | None = None

    @property
    def max_care_min(self) -> int:
        """Maximum care minutes in four weeks."""
        return int(4 * self.week.hours * CARE_SHARE) * 60

    def understands(self, alternatives: str) -> bool:
        """Return whether the buddy speaks one of a group's languages well enough."""
        spoken = {language for language, level in self.languages if level in UNDERSTOOD}
        return bool(spoken & set(alternatives.split("/")))

    @property
    def row(self) -> dict[str, str]:
        """The buddy as a table row."""
        monday, tuesday, wednesday, thursday, friday = self.week.shifts
        return {
            "id": self.id,
            "name": self.name,
            "host": self.host.id,
            "postcode": self.spot.postcode,
            "town": self.spot.town,
            "lat": str(self.base.lat),
            "lon": str(self.base.lon),
            "mandate": self.mandate,
            "districts": " ".join(self.districts),
            "sectors": " ".join(self.sectors),
            "languages": " ".join(f"{language}:{level}" for language, level in self.languages),
            "hours_per_week": str(self.week.hours),
            "max_days_per_week": str(sum(shift != "-" for shift in self.week.shifts)),
            "desk_hours_per_week": self.desk_hours,
            "max_companies": str(self.max_companies),
            "min_care_hours": str(self.max_care_min // 60 // 4),
            "max_care_hours": str(self.max_care_min // 60),
            "max_one_way_min": str(self.max_one_way_min),
            "vehicle": "car",
            "mon": monday,
            "tue": tuesday,
            "wed": wednesday,
            "thu": thursday,
            "fri": friday,
            "sat": "-",
            "sun": "-",
            "employed_from": self.begins.isoformat() if self.begins else "",
            "employed_to": self.ends.isoformat() if self.ends else "",
        }

    def employed(self, day: date) -> bool:
        """Return whether the buddy is employed on a day."""
        return (self.begins is None or self.begins <= day) and (self.ends is None or day <= self.ends)


def staff(
    count: int, companies: int, seed: int, monday: date, figures: Figures, places: Gazetteer
) -> list[Colleague]:
    """Return `count` invented buddies whose caseloads together hold slightly more than all companies.

    If there are many buddies, a few start after the first four weeks, and fewer leave soon after them.
    """
    rng, towns, employers = source(seed, "buddies"), spots(places), hosts(figures)
    names, homes = people(rng, count), deal(rng, count, figures.sites)
    weeks, kinds = deal(rng, count, WEEKS), deal(rng, count, EMPLOYS)
    sectors, first = deal(rng, count, SECTORS), deal(rng, count, figures.languages)
    caseloads = _caseloads(rng, companies, [week.hours for week in weeks])
    width = max(2, len(str(count)))
    made = []
    for i in range(count):
        spot = draw(rng, [(town, town.people) for town in towns[homes[i]]])
        mandate = draw(rng, MANDATES[kinds[i]])
        made.append(
            Colleague(
                id=f"b{i + 1:0{width}d}",
                name=names[i],
                host=_host(rng, employers, kinds[i], figures.seats[homes[i]]),
                spot=spot,
                base=moved(rng, spot, places),
                mandate=mandate,
                districts=_districts(rng, mandate, homes[i], places),
                sectors=() if mandate == "region" else tuple(sectors[i].split()),
                languages=_languages(rng, first[i], figures),
                week=weeks[i],
                desk_hours=draw(rng, DESK_HOURS),
                max_companies=caseloads[i],
                max_one_way_min=draw(rng, ONE_WAY_MIN),
            )
        )
    order = rng.sample(range(count), count)
    late, leaving = int(count * LATE), int(count * LEAVING)
    for i in order[:late]:
        made[i] = replace(made[i], begins=monday + timedelta(days=42))
    for i in order[late : late + leaving]:
        made[i] = replace(made[i], ends=monday + timedelta(days=39))
    return made


def _caseloads(rng: Random, companies: int, hours: list[int]) -> list[int]:
    """Return caseload places roughly in proportion to contract hours, limited to what a person can manage."""
    for_each_hour = companies * SPARE_PLACES / sum(hours)
    habits = deal(rng, len(hours), CASELOAD_HABITS)
    return [
        max(1, min(LARGEST_CASELOAD, round(h * for_each_hour * habit)))
        for h, habit in zip(hours, habits, strict=True)
    ]


def _host(rng: Random, employers: list[Host], kind: str, seat: str) -> Host:
    """Return a host of a kind, preferably the one with its seat in the home district."""
    fitting = [host for host in employers if host.kind == kind]
    return rng.choice([host for host in fitting if host.seat == seat] or fitting)


def _districts(rng: Random, mandate: str, home: str, places: Gazetteer) -> tuple[str, ...]:
    """Return the home district and some of its neighbours; none if only the sector counts."""
    around = list(places.neighbours(home))
    few = rng.randint(0, 1)
    further = {"sector": 0, "either": few, "region": 1 + few, "both": len(around)}[mandate]
    if mandate == "sector":
        return ()
    return tuple(sorted([home, *rng.sample(around, min(further, len(around)))]))


def _languages(rng: Random, first: str, figures: Figures) -> tuple[tuple[str, str], ...]:
    """Return German, English, a language in demand at a good level, and up to three more."""
    found = {language: draw(rng, FIRST_LEVELS) for language in first.split("/")}
    found |= {"de": draw(rng, [("C1", 25), ("C2", 75)]), "en": draw(rng, LEVELS)}
    for _ in range(draw(rng, FURTHER_LANGUAGES)):
        for language in draw(rng, figures.languages).split("/"):
            if language not in found:
                found[language] = draw(rng, LEVELS)
    return tuple(sorted(found.items()))
