"""Generate invented programmes of any size from published figures; the same arguments give the same bytes.

Towns, districts and proportions (people, companies by size, foreign employees by section and nationality,
kinds and seats of hosts) are real, with sources in `data/reference/states/NOTICE.md`. Every host, firm and
person is invented; telephone numbers are from the range reserved for films, addresses end in `example.org`.
"""

from pathlib import Path

from data.base.dates import parse_week
from data.geo.gazetteer import Gazetteer
from data.invented.appointments import appointment_rows, offices
from data.invented.figures import Figures, figures_of
from data.invented.history import history_rows, relation_rows, ties
from data.invented.outline import Outline
from data.invented.people.firms import Firm, firms
from data.invented.people.staff import Colleague, staff
from data.invented.possible_pairs import Pairs
from data.invented.upcoming import absences, availability_rows, given_rows, request_rows
from data.reference.shipped import STATE_UNLESS_SAID
from data.reference.sources import Sources
from data.tables.writer import write_tables

Tables = dict[str, list[dict[str, str]]]
"""Table rows as text, by table, with the columns of `data.tables.columns`."""

DISTRICTS_PER_BUDDY = 0.7  # fewer buddies do not try to serve a whole state
RHYTHM = {1: (4, 1), 2: (2, 1), 4: (1, 1), 8: (1, 2)}  # by visits in four weeks: period in weeks, its visits

MARK = """# Erfunden / Invented

Alle Träger, Job-Buddys, Betriebe, Ansprechpersonen und Termine in diesem Ordner sind erfunden. Wirklich sind
nur die Orte, die Landkreise und die Größenordnungen.{german}

All hosts, job buddies, companies, contacts and appointments in this folder are invented. Only the towns, the
districts and the orders of magnitude are real.{english}
"""
ADVERTISED = {
    "german": """ Das Landesprogramm „Job-Buddys“ wurde 2024 geplant und
ausgeschrieben, aber nicht gefördert; diese Daten haben mit keinem seiner Bewerber zu tun.""",
    "english": """ The state programme was planned and advertised in 2024 but not
funded; these data have nothing to do with any of its applicants.""",
}
"""What is to be known of the programme of Sachsen-Anhalt."""

POLICY = """# What this invented programme wants; what is left out has its default.
coverage_weight = "companies"
language_level = "B1"
language_required = false
max_one_way_min = 75
district_floor_percent = 80
first_visit_within_days = 14
publish_days_ahead = 7
promise_min = 30
reserve_percent = 10

[arrival]
weeks = 4
visits_per_week = 1
"""


def generate(buddies: int, companies: int, seed: int, week: str, sources: Sources) -> Tables:
    """Return the tables of an invented programme, planned from an ISO week on.

    `sources` are those of a German state that ship, as the figures are about one.

    Raises ValueError for sizes below one and for a week that does not exist.
    """
    for name, size in (("buddies", buddies), ("companies", companies)):
        if size < 1:
            raise ValueError(f"{name} must be at least 1, got {size}")
    monday, places, travel = parse_week(week), sources.gazetteer, sources.travel
    figures = figures_of(places)
    figures = figures.within(_served(figures, places, buddies))
    colleagues = staff(buddies, companies, seed, monday, figures, places)
    pairs = Pairs.of(colleagues, firms(companies, seed, monday, figures, places), travel)
    outline = Outline(
        seed=seed,
        state=places.state,
        monday=monday,
        pairs=pairs,
        ties=ties(pairs, seed, monday),
        away=absences(len(colleagues), seed, monday),
    )
    where = offices(figures, places, colleagues)
    pins, bans = given_rows(outline)
    return {
        "hosts": _hosts(colleagues),
        "buddies": [colleague.row for colleague in colleagues],
        "companies": [firm.row for firm in pairs.firms],
        "specialists": [row for firm in pairs.firms for row in _specialists(firm)],
        "care": [row for firm in pairs.firms for row in _care(firm)],
        "relations": relation_rows(outline),
        "requests": request_rows(outline),
        "appointments": appointment_rows(outline, where, travel),
        "places": [office.row for office in where],
        "availability": availability_rows(outline, [o.id for o in where if o.kind == "authority"]),
        "pins": pins,
        "bans": bans,
        "history": history_rows(outline),
    }


def policy_text(state: str) -> str:
    """Return the text of the `policy.toml` of an invented programme in a state."""
    return POLICY if state == STATE_UNLESS_SAID else f'{POLICY}\n[programme]\nstate = "{state}"\n'


def write_programme(folder: Path, tables: Tables, state: str = STATE_UNLESS_SAID) -> None:
    """Write an invented programme in a state: its tables, its policy, and a note that it is invented."""
    write_tables(folder, tables)
    more = ADVERTISED if state == STATE_UNLESS_SAID else {"german": "", "english": ""}
    for name, text in (("policy.toml", policy_text(state)), ("INVENTED.md", MARK.format(**more))):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _served(figures: Figures, places: Gazetteer, buddies: int) -> set[str]:
    """Return the districts that so many buddies can serve: the one with the most demand, then neighbours."""
    demand = dict(figures.sites)
    served = {max(demand, key=lambda ags: demand[ags])}
    while len(served) < min(len(demand), buddies * DISTRICTS_PER_BUDDY):
        around = {ags for known in served for ags in places.neighbours(known)} - served
        served.add(max(sorted(around or demand.keys() - served), key=lambda ags: demand[ags]))
    return served


def _hosts(colleagues: list[Colleague]) -> list[dict[str, str]]:
    employing = {colleague.host.id: colleague.host for colleague in colleagues}
    return [host.row for _, host in sorted(employing.items())]


def _specialists(firm: Firm) -> list[dict[str, str]]:
    return [
        {
            "company": firm.id,
            "languages": group.languages,
            "count": str(group.count),
            "arrived": group.arrived.isoformat(),
            "kind": group.kind,
        }
        for group in firm.groups
    ]


def _care(firm: Firm) -> list[dict[str, str]]:
    every, times = RHYTHM[firm.need.visits]
    contacts = [("visit", every, times, firm.need.visit_min)]
    if firm.need.call_min:
        contacts.append(("call", 4, 1, firm.need.call_min))
    return [
        {
            "company": firm.id,
            "mode": mode,
            "every_weeks": str(weeks),
            "times": str(often),
            "minutes": str(minutes),
        }
        for mode, weeks, often, minutes in contacts
    ]
