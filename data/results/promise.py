"""Time windows promised to companies, and their answers."""

import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from data.base.entity import Entity
from data.base.ids import CompanyId, VisitId


class PromiseState(StrEnum):
    """Only a confirmed promise weighs heavily; a visit cannot take place in a declined window."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class Promise(Entity):
    """The promised window for the start of a visit: `from_min` to `to_min` after midnight of `date`."""

    visit: VisitId
    company: CompanyId
    date: datetime.date
    from_min: Annotated[int, Field(ge=0, le=1440)]
    to_min: Annotated[int, Field(ge=0, le=1440)]
    state: PromiseState = PromiseState.PROPOSED
