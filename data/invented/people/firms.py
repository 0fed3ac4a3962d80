"""Invented companies, spread over the districts in proportion to published figures."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from data.geo.gazetteer import Gazetteer
from data.invented.draws import deal, draw, source
from data.invented.figures import Figures
from data.invented.homes import Spot, moved, spots
from data.invented.people.names import firm_names, people, street, telephone
from data.invented.people.specialists import Group, Need, groups, need
from data.invented.people.trades import OPENING, TRADES
from data.model.problem import Point

PRIORITIES = [(1, 5), (2, 15), (3, 55), (4, 18), (5, 7)]
STATES = [("active", 965), ("paused", 15), ("prospect", 15), ("ended", 5)]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WITHOUT_COORDINATES = 0.05  # the others are located by postcode and town
SECOND_SITES = 0.02


@dataclass(frozen=True)
class Firm:
    """One invented company; `placed` says whether its table row has coordinates."""

    id: str
    name: str
    spot: Spot
    point: Point
    placed: bool
    sector: str
    tags: str
    employees: int
    priority: int
    state: str
    opening: tuple[str, ...]
    groups: tuple[Group, ...]
    need: Need
    contact: str
    street: str
    phone: str
    enterprise: str = ""
    host: str = ""

    @property
    def row(self) -> dict[str, str]:
        """The company as a table row."""
        return {
            "id": self.id,
            "name": self.name,
            "host": self.host,
            "enterprise": self.enterprise,
            "street": self.street,
            "postcode": self.spot.postcode,
            "town": self.spot.town,
            "lat": str(self.point.lat) if self.placed else "",
            "lon": str(self.point.lon) if self.placed else "",
            "sector": self.sector,
            "tags": self.tags,
            "employees": str(self.employees),
            "priority": str(self.priority),
            "state": self.state,
            **dict(zip(WEEKDAYS, self.opening, strict=True)),
            "contact_name": self.contact,
            "contact_phone": self.phone,
            "contact_email": f"kontakt@{self.id}.example.org",
        }


def firms(count: int, seed: int, monday: date, figures: Figures, places: Gazetteer) -> list[Firm]:
    """Return `count` invented companies, sorted by id."""
    rng, towns = source(seed, "companies"), spots(places)
    where = deal(rng, count, figures.sites)
    trades = [draw(rng, TRADES[section]) for section in deal(rng, count, figures.sections)]
    names = firm_names(rng, [name for _, name, _, _ in trades])
    sizes, states = deal(rng, count, figures.sizes), deal(rng, count, STATES)
    contacts = people(rng, count)
    width = max(4, len(str(count)))
    made = []
    for i, (sector, _, tags, hours) in enumerate(trades):
        spot = draw(rng, [(town, town.people) for town in towns[where[i]]])
        point, placed = _point(rng, spot, places)
        employees = rng.randint(*sizes[i])
        specialists = groups(rng, employees, monday, figures)
        made.append(
            Firm(
                id=f"c{i + 1:0{width}d}",
                name=next(names),
                spot=spot,
                point=point,
                placed=placed,
                sector=sector if rng.random() < 0.9 else sector[0],
                tags=tags,
                employees=max(employees, sum(group.count for group in specialists)),
                priority=draw(rng, PRIORITIES),
                state=states[i],
                opening=draw(rng, OPENING[hours]),
                groups=specialists,
                need=need(rng, specialists, monday),
                contact=contacts[i],
                street=street(rng),
                phone=telephone(rng),
            )
        )
    return _with_second_sites(rng, made)


def _point(rng: Random, spot: Spot, places: Gazetteer) -> tuple[Point, bool]:
    """Return a company's location, and whether the table must give it beside postcode and town."""
    if rng.random() < WITHOUT_COORDINATES:
        found = places.find(spot.postcode, spot.town)
        if len(found) == 1 and found[0].exact and places.district_of(found[0].point) == spot.district:
            return found[0].point, False
    return moved(rng, spot, places), True


def _with_second_sites(rng: Random, made: list[Firm]) -> list[Firm]:
    """Turn some companies into second sites of another company in the same trade."""
    changed = {firm.id: firm for firm in made}
    for number, firm in enumerate(rng.sample(made, int(len(made) * SECOND_SITES)), start=1):
        same = [
            other
            for other in changed.values()
            if other.sector == firm.sector and other.id != firm.id and not other.enterprise
        ]
        if same and not changed[firm.id].enterprise:
            other, enterprise = rng.choice(same), f"enterprise-{number:02d}"
            name = f"{firm.name}, Standort {other.spot.town}"
            changed[firm.id] = replace(changed[firm.id], enterprise=enterprise)
            changed[other.id] = replace(other, enterprise=enterprise, name=name)
    return list(changed.values())
