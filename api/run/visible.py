"""A run as one reader sees it: without other hosts' rows."""

import json
from dataclasses import replace
from typing import TypeVar

from api.run.run import Run
from data.access import Sight
from data.base.entity import Entity
from data.model.identity import Identities

Model = TypeVar("Model", bound=Entity)


def visible_run(run: Run, sight: Sight) -> Run:
    """Return the run without the buddies and companies hidden from the reader, and without their data."""
    if not sight.hidden:
        return run
    people = tuple(one for one in run.identities.people if one.id not in sight.hidden)
    return replace(
        run,
        problem=_masked(run.problem, sight),
        identities=Identities(people=people, invented=run.identities.invented),
        matching=run.matching and _masked(run.matching, sight),
        refinement=run.refinement and _masked(run.refinement, sight),
        explanations=run.explanations and _masked(run.explanations, sight),
        weeks=tuple(_masked(own, sight) for own in run.weeks if own.buddy in sight.buddies),
        replannings=tuple(_masked(one, sight) for one in run.replannings),
    )


def _masked(model: Model, sight: Sight) -> Model:
    shown = sight.masked(model.model_dump(mode="json", by_alias=True))
    return type(model).model_validate_json(json.dumps(shown))
