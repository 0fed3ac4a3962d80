"""A tree of one buddy's ways: the cost of reaching a company if those on the way to it are visited.

The parent of a place is a place nearer to the base, or the base itself, from which it is the smallest detour.
A week that visits some places drives the ways of the tree down to them, each once: a remote area costs its
long way once a week, however many companies there are visited. The tree only estimates travel for the choice
of weeks; it is never a route.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from data.travel.provider import Times


@dataclass(frozen=True)
class WayTree:
    """For each place its parent's position (-1: the base), and the detour in minutes.

    Parents come before their children.
    """

    places: tuple[str, ...]
    parent: tuple[int, ...]
    detour_min: tuple[int, ...]

    def travel_min(self, visited: set[int]) -> int:
        """Return the travel of a week that visits the places at these positions."""
        return sum(self.detour_min[place] for place in self.opened(visited))

    def opened(self, visited: set[int]) -> set[int]:
        """Return the positions of the visited places and of those on the way to them."""
        opened: set[int] = set()
        for place in visited:
            on_the_way = place
            while on_the_way >= 0 and on_the_way not in opened:
                opened.add(on_the_way)
                on_the_way = self.parent[on_the_way]
        return opened


def way_tree(base: str, places: Sequence[str], times: Times) -> WayTree:
    """Return the tree over places; of equally near ones those named first come first."""
    out = {place: times.minutes(base, place) + times.minutes(place, base) for place in places}
    order = sorted(dict.fromkeys(places), key=lambda place: out[place])
    parent, detour = list[int](), list[int]()
    for k, place in enumerate(order):
        best = (out[place], -1)
        for nearer, other in enumerate(order[:k]):
            between = times.minutes(other, place) + times.minutes(place, other)
            best = min(best, (max(0, (between + out[place] - out[other]) // 2), nearer))
        parent.append(best[1])
        detour.append(best[0])
    return WayTree(tuple(order), tuple(parent), tuple(detour))
