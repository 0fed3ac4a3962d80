"""The week assigned to a contact of a company's care, or to a request."""

from datetime import date

from data.base.entity import Entity
from data.base.ids import CompanyId, VisitId
from data.model.vocabulary import CareMode, IsoWeek


class PlannedContact(Entity):
    """A contact in the horizon: its week, its approximate day, and the first and last day that are allowed.

    `row` is the position of its care among those of the company, None for a request. `off_days` are the days
    of deviation from the rhythm within the allowed drift; `overdue_days` those beyond it. A contact that is
    not `possible` has no open day; it is listed where it is due so that it is not lost.
    """

    id: VisitId
    company: CompanyId
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
