"""Kinds of change about the policy."""

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import override

from data.base.message import message
from data.model.policy import Objective, ObjectiveName, Policy
from data.model.problem import Problem
from data.scenario.change import Change, Fields, Of
from data.scenario.rows import WrongChange, known, with_fields

FIELDS_OF_POLICY = (
    "rematch", "max_changed_relations", "max_one_way_min", "district_floor_percent", "language_required",
    "language_level", "coverage_weight", "reserve_percent", "objectives",
)  # fmt: skip


class Travel(Change):
    """Travel times scaled to a percentage, such as 120 in winter; distances stay."""

    kind: Literal["travel"] = "travel"
    percent: Annotated[int, Field(ge=1, le=1000)]

    @override
    def apply(self, problem: Problem) -> Problem:
        return problem.replace(policy=problem.policy.replace(travel_percent=self.percent))


class PolicyChange(Change):
    """Changed keys of `policy.toml`; `objectives` may be names alone, in their new order."""

    kind: Literal["policy"] = "policy"
    fields: Annotated[Fields, Of(Policy, FIELDS_OF_POLICY)]

    @override
    def apply(self, problem: Problem) -> Problem:
        fields = dict(self.fields)
        names = fields.get("objectives")
        if names == []:
            raise WrongChange("fields", "objectives", message("does_not_fit"), message("field_too_short"))
        if isinstance(names, list) and all(isinstance(each, str) for each in names):
            present = {objective.name: objective for objective in problem.policy.objectives}
            for name in names:
                known("objectives", name, [each.value for each in ObjectiveName])
            ordered = [present.get(name, Objective(name=name)) for name in map(ObjectiveName, names)]
            fields["objectives"] = [each.model_dump(mode="json") for each in ordered]
        return problem.replace(policy=with_fields(problem.policy, fields))
