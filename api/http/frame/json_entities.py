"""Entities in request bodies: they validate strictly, as JSON, where a date is text.

One that is an entity already is kept as it is.
"""

import json
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, TypeAdapter

from api.planning.week_input import week_that_is
from api.studies.stress.rates import Rates
from data.base.dates import in_reach
from data.base.entity import Entity
from data.results.replanning import Disruption
from data.scenario.kinds import ScenarioChange

WEEKS = ("first_week",)
"""Fields that hold an ISO week."""


def _from_json(kind: Any) -> BeforeValidator:
    adapter: TypeAdapter[Any] = TypeAdapter(kind)

    def read(sent: Any) -> Any:
        entity = sent if isinstance(sent, Entity) else adapter.validate_json(json.dumps(sent))
        for name in type(entity).model_fields:
            value = getattr(entity, name)
            if isinstance(value, date):
                in_reach(value)
            elif name in WEEKS:
                week_that_is(value)
        return entity

    return BeforeValidator(read, json_schema_input_type=kind)


SentRates = Annotated[Rates, _from_json(Rates)]
SentDisruption = Annotated[Disruption, _from_json(Disruption)]
SentChange = Annotated[ScenarioChange, _from_json(ScenarioChange)]
