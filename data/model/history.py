"""Contact history: one record for each contact with a company."""

from datetime import date
from typing import Annotated

from pydantic import Field

from data.base.entity import Entity
from data.base.ids import BuddyId, CompanyId
from data.model.vocabulary import CareMode, Outcome


class Contact(Entity):
    """One past contact."""

    company: CompanyId
    date: date
    buddy: BuddyId = ""
    mode: CareMode = CareMode.VISIT
    minutes: Annotated[int, Field(ge=0)] = 0
    outcome: Outcome = Outcome.DONE
    specialists_met: Annotated[int, Field(ge=0)] = 0
    topic: str = ""
    travel_min: Annotated[int, Field(ge=0)] = 0
    distance_m: Annotated[int, Field(ge=0)] = 0
