"""Which contact of a company's care, or which request, lies in which week."""

from datetime import date

from data.base.entity import Entity
from data.model.vocabulary import CareMode, IsoWeek


class PlannedContact(Entity):
    """A contact of the horizon: its week, about which day, and the first and last day that the rules allow.

    `row` is the position of its care among those of the company, None for a request. `off_days` lie between
    the day and the one that the rhythm asks for, within the drift; `overdue_days` beyond it. One that is not
    `possible` has no open day, and stands where it is due so that it is seen.
    """

    id: str
    company: str
    week: IsoWeek
    mode: CareMode = CareMode.VISIT
    row: int | None = None
    request: str = ""
    day: date
    first_day: date
    last_day: date | None = None
    off_days: int = 0
    overdue_days: int = 0
    possible: bool = True
