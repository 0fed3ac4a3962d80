"""The choice of weeks for one buddy in integers: candidates, and the cost of a choice.

Costs are in minutes of travel or equivalents, so that they can be added up. The prices follow the priorities
of the programme: work that does not fit into its week, overdue contacts, uneven spacing, unbalanced weeks,
travel.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from data.model.vocabulary import CareMode
from scheduling.cadence.contacts import Contact, Contacts
from scheduling.cadence.rhythm import Chain
from scheduling.cadence.way_tree import WayTree

OVERLOAD_PRICE = 40
"""Per minute of work beyond the room of its week: that visit would not take place."""
OVERDUE_PRICE = 60
"""Per day overdue, times the priority: a week late costs less than missing room, and more than any travel."""
LONG_DAYS, LONG_PRICE = 14, 400
"""Extra price per day overdue beyond LONG_DAYS: nobody waits for ever behind higher priorities."""
SHORT_PRICE = 120
"""Per required contact that is postponed beyond the horizon, times the priority."""
OFF_PRICE = 4
"""Per day off the due day within the drift."""
UNLEVEL_PRICE = 1
"""Per minute of work above the balanced level."""
LEVEL_PERCENT = 110
"""A week is balanced up to this percentage of its share of the total work, by days worked."""

Placed = Sequence[Sequence[Contact]]
"""The contacts of each choice, in order."""


@dataclass(frozen=True)
class Choice:
    """All ways to place the contacts of one chain: contacts as nodes, each with its possible successors.

    `first` are the start nodes; a node without successors is the last contact due. `depth[k]` is the number
    of contacts on a way that ends with node k, `asked` the number that the rhythm requires. `place` is the
    position in the way tree, None for calls and videos.
    """

    chain: Chain
    contacts: tuple[Contact, ...]
    first: tuple[int, ...]
    following: tuple[tuple[int, ...], ...]
    depth: tuple[int, ...]
    asked: int
    place: int | None = None

    def at(self, place: int) -> "Choice":
        """Return the choice with its place in a way tree; calls and videos have none."""
        return self if self.chain.mode is not CareMode.VISIT else replace(self, place=place)

    def price(self, node: int) -> int:
        """Return the cost of placing a contact at a node, and of ending there if it has no successors."""
        short = self.short_price(self.depth[node]) if not self.following[node] else 0
        return self.contact_price(self.contacts[node]) + short

    def contact_price(self, contact: Contact) -> int:
        """Return the cost of a contact by itself."""
        overdue = contact.overdue_days
        urgent = LONG_PRICE * max(0, overdue - LONG_DAYS)
        return OVERDUE_PRICE * self.chain.priority * overdue + urgent + OFF_PRICE * contact.off_days

    def short_price(self, count: int) -> int:
        """Return the cost of having only `count` contacts in the horizon."""
        return SHORT_PRICE * self.chain.priority * max(0, self.asked - count)

    def minutes(self, contact: Contact) -> int:
        """Return the minutes that a contact takes of the buddy's week; none if impossible or covered."""
        return self.chain.minutes if contact.own else 0


@dataclass(frozen=True)
class WeekRoom:
    """One week: minutes of work that fit, its share of usual days, and minutes and places of appointments."""

    room_min: int
    share: int
    fixed_min: int = 0
    fixed_places: frozenset[int] = frozenset()


@dataclass(frozen=True)
class CadenceInstance:
    """The choices for one buddy: one way through each of them."""

    choices: tuple[Choice, ...]
    weeks: tuple[WeekRoom, ...]
    tree: WayTree

    @cached_property
    def level_min(self) -> tuple[int, ...]:
        """The balanced level of each week in minutes: its share of all work, plus a tenth.

        All work is the sum over each chain alone; otherwise a choice with more work would look more balanced.
        """
        work = sum(self.load_min([cheapest_way(choice) for choice in self.choices]))
        shares = sum(week.share for week in self.weeks)
        return tuple(LEVEL_PERCENT * work * week.share // (100 * max(1, shares)) for week in self.weeks)

    def load_min(self, placed: Placed) -> list[int]:
        """Return each week's minutes of care, appointments and expected travel."""
        load = [week.fixed_min for week in self.weeks]
        for choice, contacts in zip(self.choices, placed, strict=True):
            for contact in contacts:
                load[contact.week] += choice.minutes(contact)
        return [minutes + way for minutes, way in zip(load, self.travel_min(placed), strict=True)]

    def travel_min(self, placed: Placed) -> list[int]:
        """Return each week's expected travel."""
        visited = [set(week.fixed_places) for week in self.weeks]
        for choice, contacts in zip(self.choices, placed, strict=True):
            for contact in contacts:
                if choice.place is not None and contact.own:
                    visited[contact.week].add(choice.place)
        return [self.tree.travel_min(places) for places in visited]

    def cost(self, placed: Placed) -> int:
        """Return the total cost of placed contacts, one sequence per choice."""
        cost = 0
        for choice, contacts in zip(self.choices, placed, strict=True):
            cost += choice.short_price(len(contacts)) + sum(map(choice.contact_price, contacts))
        for load, week, level in zip(self.load_min(placed), self.weeks, self.level_min, strict=True):
            cost += UNLEVEL_PRICE * max(0, load - level) + OVERLOAD_PRICE * max(0, load - week.room_min)
        return cost + sum(self.travel_min(placed))


def choice_of(contacts: Contacts, buddy: str, chain: Chain) -> Choice:
    """List every way to place the contacts of a chain."""
    number: dict[tuple[int, Contact], int] = {}
    following: list[tuple[int, ...]] = []

    def numbered(depth: int, options: tuple[Contact, ...]) -> tuple[int, ...]:
        return tuple(number.setdefault((depth, contact), len(number)) for contact in options)

    first = numbered(1, contacts.following(buddy, chain, None))
    while len(following) < len(number):
        depth, contact = list(number)[len(following)]
        following.append(numbered(depth + 1, contacts.following(buddy, chain, contact)))
    depths, nodes = zip(*number, strict=True) if number else ((), ())
    return Choice(chain, nodes, first, tuple(following), depths, contacts.asked(chain))


def cheapest_way(choice: Choice) -> tuple[Contact, ...]:
    """Return the cheapest way through a choice by itself; in a tie the earliest."""
    rest = [0] * len(choice.contacts)
    after = [-1] * len(choice.contacts)

    def cost(node: int) -> int:
        return choice.price(node) + rest[node]

    # A node comes before its successors.
    for node in reversed(range(len(rest))):
        if choice.following[node]:
            after[node] = min(choice.following[node], key=cost)
            rest[node] = cost(after[node])
    node = min(choice.first, key=cost, default=-1)
    way = list[Contact]()
    while node >= 0:
        way.append(choice.contacts[node])
        node = after[node]
    return tuple(way)
