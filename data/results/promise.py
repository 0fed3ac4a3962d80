"""Time windows that companies were told, and what became of them."""

import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from data.base.entity import Entity


class PromiseState(StrEnum):
    """Only a confirmed promise weighs heavily; in a declined window the visit cannot take place."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class Promise(Entity):
    """The window in which a visit was said to start: `from_min` to `to_min` after midnight of `date`."""

    visit: str
    company: str
    date: datetime.date
    from_min: Annotated[int, Field(ge=0, le=1440)]
    to_min: Annotated[int, Field(ge=0, le=1440)]
    state: PromiseState = PromiseState.PROPOSED
