"""Reduces a study for readers who see only aggregates: the same form, with fewer details.

No id of a company or of a present buddy remains, and no figure about fewer companies than `min_cell`; see
`api.run.aggregated.small_cells` for what that protects from. Positions are invented, so their ids and places
stay.
"""

from collections.abc import Iterator

from api.studies.hire.result import HireStudy, Place
from api.studies.stress.result import Stress
from data.model.problem import Problem
from data.results.frontier import Frontier, FrontierPoint
from matching.eligibility.needs import active_companies

FEWEST_DRAWS = 20
"""Fewer draws reveal single events; percentiles of at least this many do not."""


def shared_frontier(frontier: Frontier, problem: Problem) -> Frontier:
    """Return the points without who serves whom.

    A point stays only if each of these counts is 0 or at least `min_cell`: companies served, companies not
    served, and the difference in companies served from the last point that stays. Its gain is counted from
    that point.
    """
    least, active = problem.policy.min_cell, len(active_companies(problem))
    points: list[FrontierPoint] = []
    for point in frontier.points:
        before = points[-1] if points else None
        counts = (
            point.companies,
            active - point.companies,
            abs(point.companies - before.companies) if before else 0,
        )
        if any(0 < count < least for count in counts):
            continue
        gain = point.served - before.served if before else 0
        points.append(point.replace(marginal=gain, buddy_of=()))
    present = tuple(f"({number})" for number in range(1, len(frontier.present) + 1))
    return frontier.replace(present=present, points=tuple(points))


def shared_hire(study: HireStudy, problem: Problem) -> HireStudy:
    """Return the districts where one more buddy serves at least `min_cell` more companies, and displaces none
    or at least as many.

    Other districts are not listed, so as not to reveal a single company's need. The totals are shown if they
    stand for enough companies.
    """
    least = problem.policy.min_cell
    return study.replace(places=tuple(_places(study, least)))


def _places(study: HireStudy, least: int) -> Iterator[Place]:
    for place in study.places:
        resolved = place.hire.resolved
        if len(resolved.gained) < least or 0 < len(resolved.displaced) < least:
            continue
        # The price per level may count single companies or specialists.
        less = resolved.replace(price=(), gained=(), displaced=())
        yield place.replace(hire=place.hire.replace(base_at="", resolved=less))


def shared_stress(stress: Stress, problem: Problem) -> Stress | None:
    """Return percentiles without draws; None if there are few draws or few companies."""
    if stress.draws < FEWEST_DRAWS or len(active_companies(problem)) < problem.policy.min_cell:
        return None
    return stress.replace(scenarios=tuple(each.replace(draws=()) for each in stress.scenarios))
