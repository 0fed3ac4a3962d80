"""What became of a plan in one draw."""

from data.base.entity import Entity
from data.base.stored_message import KeptMessage


class DrawOutcome(Entity):
    """The result of the plan in one draw.

    `served` is the weight of the companies that got all contacts due in these weeks, none overdue, of the
    `whole` weight of all active ones. `contacts_due` are visits and calls, first visits among them; `broken`
    are promises that a replanning did not keep, `covers` visits that a colleague made, `extra_travel_min` the
    travel beyond the plan's, `unproved` replannings without proof, and `faults` what the judge found.
    """

    draw: int
    served: int
    whole: int
    contacts_due: int
    contacts_made: int
    unplanned: int
    broken: int
    covers: int
    extra_travel_min: int
    spells: int
    absent_days: int
    arrivals: int
    called_off: int
    replannings: int
    unproved: int
    faults: tuple[KeptMessage, ...] = ()
