"""Candidate positions of a programme: district seats × kinds of hosts × mandates × languages."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from statistics import median_low

from data.geo.distance import km_between
from data.geo.gazetteer import Gazetteer
from data.invented.figures import seats_of
from data.invented.people.hosts import MANDATES
from data.invented.people.staff import SECTORS
from data.model.problem import Buddy, Company, Point, Problem
from data.model.programme import Host

USUAL_PERCENT = 30
"""A mandate is tried at a kind of host if at least this percentage of its buddies have it."""
SECTOR_CHOICES = 3
LANGUAGE_CHOICES = 3
LANGUAGES = 3
"""Numbers of sector bundles, of language bundles, and of languages in a bundle: the most needed ones."""
KIND = "chamber"
"""The kind assumed for a host of unknown kind."""
MIDDLE = {"hours_per_week": ("week_work_min", 60), "desk_hours_per_week": ("desk_work_min", 60),
          "max_companies": ("max_companies", 1), "max_care_hours": ("max_care_min", 60)}  # fmt: skip
"""Column and field of what a position takes from the present buddies: their median."""


def candidate_positions(problem: Problem, gazetteer: Gazetteer) -> list[dict[str, str]]:
    """Return candidate positions as rows of `positions.csv`.

    At every district seat: each kind of host with the mandates usual for it, the sectors of most nearby
    companies, and the languages of most nearby specialists. Rows that would serve nobody better than another
    row are left out: of the hosts of a kind all but the one with most companies nearby, and further language
    bundles if the policy requires no language.
    """
    rows = []
    for ags, seat, point in _seats(problem, gazetteer):
        neighbours = next(d.neighbours for d in problem.programme.districts if d.ags == ags)
        districts = sorted({ags, *neighbours})
        around = [company for company in problem.companies if company.district in districts]
        own = {"town": seat, "lat": str(point.lat), "lon": str(point.lon)}
        choices = (
            (host, mandate, sectors, languages)
            for host in _hosts(problem, around)
            for mandate in _mandates(host)
            for sectors in (("",) if mandate == "region" else _sectors(around))
            for languages in _languages(problem, around)
        )
        for number, (host, mandate, sectors, languages) in enumerate(choices, start=1):
            reach = "" if mandate == "sector" else " ".join(districts)
            told = {"mandate": mandate, "districts": reach, "sectors": sectors, "languages": languages}
            row = {"id": f"p{ags}-{number:02d}", "host": host.id if host else "", **own, **told}
            rows.append({**row, **_contract(problem.buddies)})
    return rows


def _seats(problem: Problem, gazetteer: Gazetteer) -> Iterator[tuple[str, str, Point]]:
    """Yield each district that has companies, with its seat; if unknown, with its most central company."""
    seats = seats_of(gazetteer)
    for ags in sorted({company.district for company in problem.companies} - {""}):
        inside = [company for company in problem.companies if company.district == ags]
        found = gazetteer.find(town=seats[ags]) if ags in seats else ()
        if len(found) == 1 and found[0].district == ags:
            yield ags, seats[ags], found[0].point
        else:
            yield ags, "", _central(inside)


def _central(inside: Sequence[Company]) -> Point:
    return min(inside, key=lambda one: (sum(km_between(one.point, c.point) for c in inside), one.id)).point


def _hosts(problem: Problem, around: Sequence[Company]) -> list[Host | None]:
    """Return the host of each kind with the most companies nearby; None if there are no hosts."""
    companies = Counter(company.host for company in around)
    first: dict[str, Host] = {}
    for host in sorted(problem.hosts, key=lambda host: (-companies[host.id], host.id)):
        first.setdefault(host.kind, host)
    return [first[kind] for kind in sorted(first)] or [None]


def _mandates(host: Host | None) -> list[str]:
    usual = MANDATES.get(host.kind if host else KIND, MANDATES[KIND])
    return sorted(mandate for mandate, percent in usual if percent >= USUAL_PERCENT)


def _sectors(around: Sequence[Company]) -> list[str]:
    def theirs(bundle: str) -> int:
        codes = tuple(bundle.split())
        return sum(company.priority for company in around if company.sector.startswith(codes))

    bundles = [bundle for bundle, _ in SECTORS]
    return sorted(bundles, key=lambda bundle: (-theirs(bundle), bundle))[:SECTOR_CHOICES]


def _languages(problem: Problem, around: Sequence[Company]) -> list[str]:
    """Return German, and the languages most needed nearby, three at a time."""
    asked: Counter[str] = Counter()
    for group in chain.from_iterable(problem.specialists_of[company.id] for company in around):
        asked.update({code: group.count for code in group.languages if code != "de"})
    ranked = sorted(asked, key=lambda code: (-asked[code], code))
    choices = LANGUAGE_CHOICES if problem.policy.language_required else 1
    parts = [ranked[i * LANGUAGES : (i + 1) * LANGUAGES] for i in range(choices)]
    level = problem.policy.language_level
    bundles = (" ".join(["de:C1", *(f"{code}:{level}" for code in sorted(part))]) for part in parts if part)
    return list(bundles) or ["de:C1"]


def _contract(buddies: Sequence[Buddy]) -> dict[str, str]:
    return {
        column: f"{median_low(getattr(buddy, name) for buddy in buddies) / unit:g}"
        for column, (name, unit) in MIDDLE.items()
        if buddies
    }
