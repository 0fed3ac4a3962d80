"""Invented appointments at real places that fit into the buddies' shifts, at most one a day."""

from dataclasses import dataclass
from datetime import date, timedelta

from data.geo.gazetteer import Gazetteer
from data.invented.draws import source
from data.invented.figures import Figures
from data.invented.outline import Outline
from data.invented.people.staff import Colleague
from data.model.problem import Point
from data.travel.provider import TravelTimes

AUTHORITY_DATES = 1.2  # per buddy in four weeks
AUTHORITY_MIN, MEETING_MIN = 60, 90
AUTHORITY_STARTS = (540, 570, 600, 630, 780, 810)  # never during its lunch break
OPEN_WEEKDAYS = (0, 1, 3)  # authorities are closed on Wednesdays and Fridays
MEETING_START = 600
SPARE_MIN = 15


@dataclass(frozen=True)
class Office:
    """A place used by appointments: an authority of a district, or the office of a host."""

    id: str
    name: str
    kind: str
    point: Point

    @property
    def row(self) -> dict[str, str]:
        """The place as a table row."""
        return {
            "id": self.id,
            "name": self.name,
            "kind": self.kind,
            "lat": str(self.point.lat),
            "lon": str(self.point.lon),
        }


def offices(figures: Figures, places: Gazetteer, staff: list[Colleague]) -> list[Office]:
    """Return an authority for each district and an office for each host with several buddies, at its seat."""
    hosts = {colleague.host.id: colleague.host for colleague in staff}
    several = [host for key, host in sorted(hosts.items()) if sum(c.host.id == key for c in staff) > 1]
    return [
        Office(
            id=f"amt-{ags}",
            name=f"Ausländerbehörde {places.district_name(ags)}",
            kind="authority",
            point=places.find(town=seat)[0].point,
        )
        for ags, seat in figures.seats.items()
    ] + [Office(f"office-{h.id}", h.name, "office", places.find(town=h.seat)[0].point) for h in several]


def appointment_rows(outline: Outline, at: list[Office], travel: TravelTimes) -> list[dict[str, str]]:
    """Return one meeting for each host with several buddies, and authority visits with a company."""
    rng, pairs, monday = source(outline.seed, "appointments"), outline.pairs, outline.monday
    office = {place.id: place for place in at}
    taken: set[tuple[int, date]] = set()
    rows: list[dict[str, str]] = []

    def free(i: int, day: date, start: int, minutes: int, place: Office) -> bool:
        if outline.is_holiday(day) or outline.is_away(i, day) or (i, day) in taken:
            return False
        way = int(travel.matrices([pairs.staff[i].base], [place.point])[0][0, 0]) + SPARE_MIN
        return _within_shift(pairs.staff[i], day, start, minutes, way)

    for place in at:
        if place.kind == "office":
            day = monday + timedelta(days=7 * rng.randrange(4) + rng.randrange(4))
            members = [i for i, c in enumerate(pairs.staff) if place.id == f"office-{c.host.id}"]
            who = [i for i in members if free(i, day, MEETING_START, MEETING_MIN, place)]
            if len(who) > 1:
                taken.update((i, day) for i in who)
                row = _row(place, day, MEETING_START, MEETING_MIN)
                rows.append(
                    row | {"kind": "team_meeting", "buddies": " ".join(pairs.staff[i].id for i in who)}
                )
    ties = list(outline.ties.values())
    for _ in range(round(AUTHORITY_DATES * len(pairs.staff)) if ties else 0):
        tie = rng.choice(ties)
        firm, buddy = pairs.firms[tie.firm], pairs.staff[tie.buddy]
        day = monday + timedelta(days=7 * rng.randrange(4) + rng.choice(OPEN_WEEKDAYS))
        start, place = rng.choice(AUTHORITY_STARTS), office[f"amt-{firm.spot.district}"]
        if firm.state == "active" and free(tie.buddy, day, start, AUTHORITY_MIN, place):
            taken.add((tie.buddy, day))
            named = rng.choice(("", buddy.id))
            row = _row(place, day, start, AUTHORITY_MIN)
            rows.append(row | {"kind": "authority", "company": firm.id, "buddies": named})
    return [{"id": f"a{number:03d}"} | row for number, row in enumerate(rows, start=1)]


def _row(place: Office, day: date, start: int, minutes: int) -> dict[str, str]:
    moment = f"{day.isoformat()} {start // 60:02d}:{start % 60:02d}"
    return {"start": moment, "minutes": str(minutes), "place": place.id}


def _within_shift(buddy: Colleague, day: date, start: int, minutes: int, way: int) -> bool:
    """Return whether the trip there and back fits into the shift, with some slack."""
    shift = buddy.week.shifts[day.weekday()]
    if shift == "-":
        return False
    opens, closes = (int(text[:2]) * 60 + int(text[3:]) for text in shift.split("-"))
    return opens + way <= start and start + minutes + way <= closes
